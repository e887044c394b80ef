-- Which book contains which: one row where at least min_share of the pages of a book (inside_*) are in another one
-- too. Both ways where both hold.
-- Pages are the same where they are in one group of page_group at the distance `within`: see duplicate_pages(), for
-- stale too. Blank pages neither count nor match. matched: pages of the inside book that are in the other one;
-- pages: all of its that count; share: matched / pages, 0 to 1. first_seq, last_seq: where in the containing book
-- they are, 0-based. in_order: share of the steps from one matched page to the next that lead forward there, too;
-- null for a single page.
-- A page that stands in more than 1,000 books (a scanner's tag, a house advert) counts where two books share other
-- pages as well, but makes no two books alike by itself.
-- of_series: one of the two books is in a series of these words.
-- Order: share, then matched, both falling, then inside_book_id, book_id.
create or replace function duplicate_books(
  min_share double precision default 0.5,
  within integer default duplicate_distance(),
  of_series text default null,
  max_hits integer default 20
) returns table (
  book_id bigint, series text, number text, title text, path text,
  inside_book_id bigint, inside_series text, inside_number text, inside_title text, inside_path text,
  share double precision, matched bigint, pages bigint, first_seq integer, last_seq integer,
  in_order double precision, computed_at timestamptz, stale boolean
)
language sql stable
begin atomic
  with grouped as materialized (
    select g.canonical_page_id as picture, p.book_id, p.seq
    from page_group g
    join page p on p.id = g.page_id
    where g.max_distance = duplicate_books.within
  ),
  held as materialized (
    select picture, book_id, min(seq) as seq from grouped group by picture, book_id
  ),
  spread as materialized (
    select picture, count(*) as books from held group by picture having count(*) > 1
  ),
  counted as materialized (
    select
      c.book_id, count(*) as pages,
      greatest(ceil(count(*) * duplicate_books.min_share - 0.000001), 1) as needed
    from comparable_pages c
    group by c.book_id
  ),
  -- Rarest pages first. Of the n pages that a book shares with any other, k must be in the same one, so one of the
  -- rarest n - k + 1 is: only those are looked up, not the pages that stand in every book.
  shared as materialized (
    select
      g.book_id, g.seq, g.picture, s.books, c.pages, c.needed,
      count(*) over (partition by g.book_id) as candidates,
      row_number() over (partition by g.book_id order by s.books, g.picture, g.seq) as rarity
    from grouped g
    join spread s on s.picture = g.picture
    join counted c on c.book_id = g.book_id
  ),
  pair as materialized (
    select distinct a.book_id as inside_id, h.book_id
    from shared a
    join held h on h.picture = a.picture and h.book_id <> a.book_id
    where a.candidates >= a.needed and a.rarity <= a.candidates - a.needed + 1 and a.books <= 1000
  ),
  met as (
    select
      x.inside_id, x.book_id, a.pages, a.needed, h.seq,
      lag(h.seq) over (partition by x.inside_id, x.book_id order by a.seq) as before
    from pair x
    join shared a on a.book_id = x.inside_id
    join held h on h.picture = a.picture and h.book_id = x.book_id
  ),
  found as (
    select
      m.inside_id, m.book_id, m.pages, count(*) as matched, min(m.seq) as first_seq, max(m.seq) as last_seq,
      avg((m.seq >= m.before)::integer)::double precision as in_order
    from met m
    group by m.inside_id, m.book_id, m.pages, m.needed
    having count(*) >= m.needed
  )
  select
    f.book_id, so.name, o.number, o.title, o.path, f.inside_id, si.name, i.number, i.title, i.path,
    f.matched::double precision / f.pages, f.matched, f.pages, f.first_seq, f.last_seq, f.in_order,
    r.computed_at, r.state <> (select library_state())
  from found f
  join book o on o.id = f.book_id
  left join series so on so.id = o.series_id
  join book i on i.id = f.inside_id
  left join series si on si.id = i.series_id
  join page_grouping r on r.max_distance = duplicate_books.within
  where duplicate_books.of_series is null
    or mentions(so.name, duplicate_books.of_series) or mentions(si.name, duplicate_books.of_series)
  order by f.matched::double precision / f.pages desc, f.matched desc, f.inside_id, f.book_id
  limit duplicate_books.max_hits;
end;
comment on function duplicate_books is 'Which book contains which, by the share of pages that show the same pictures';
