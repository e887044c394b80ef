-- The pages that show the same picture as one page, as of now: by Hamming distance (<~>) over all comparable_pages,
-- no stored groups. within: bits. Pictures whose width / height differ by more than a tenth are left out.
-- Order: distance, then page_id. No rows for a page that is blank or has not been read.
create or replace function near_pages(of_page bigint, within integer default duplicate_distance())
returns table (page_id bigint, book_id bigint, page_seq integer, same_bytes boolean, distance integer)
language sql stable
begin atomic
  with this as materialized (
    select c.page_id, c.md5, c.phash, ln(c.width::float8 / c.height) as shape
    from comparable_pages c
    where c.page_id = near_pages.of_page
  )
  select c.page_id, c.book_id, c.page_seq, c.md5 = this.md5, (c.phash <~> this.phash)::integer
  from this
  join comparable_pages c on c.page_id <> this.page_id
  where c.phash <~> this.phash <= near_pages.within
    and abs(ln(c.width::float8 / c.height) - this.shape) <= 0.1
  order by c.phash <~> this.phash, c.page_id;
end;
comment on function near_pages is 'The pages that show the same picture as one page, compared now';
