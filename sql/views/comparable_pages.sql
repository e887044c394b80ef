-- The pages that can be told by their picture: read, hashed, and with something on them. Blank and near-blank pages
-- (low_information) are never anyone's duplicate.
-- Of several pages with the same picture the canonical one comes first by: pixels, largest first; book_rank (the
-- book's status: 1 ready, 2 partial, 3 new, 4 error); page_id.
create or replace view comparable_pages as
select
  p.id as page_id, p.book_id, p.seq as page_seq, p.md5, p.phash, p.width, p.height,
  p.width::bigint * p.height as pixels,
  case b.status when 'ready' then 1 when 'partial' then 2 when 'new' then 3 else 4 end as book_rank
from page p
join book b on b.id = p.book_id
where p.status = 'ready' and not p.low_information and p.md5 is not null and p.phash is not null
  and p.width > 0 and p.height > 0;
comment on view comparable_pages is 'Pages with a picture that can be compared, and what makes one canonical';
comment on column comparable_pages.page_id is 'page.id';
comment on column comparable_pages.page_seq is 'page.seq, 0-based';
comment on column comparable_pages.pixels is 'width times height';
comment on column comparable_pages.book_rank is 'by the book''s status: 1 ready, 2 partial, 3 new, 4 error';
