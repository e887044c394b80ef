-- Pages that show the same picture, in groups of two or more; one row a page.
-- within: bits by which a page's pHash may differ from the canonical page's. Groups are those stored in page_group
-- for that distance; none are if 'warehouse dupes pages --max-distance N' was not run. stale: pages have come, gone
-- or changed since computed_at; the same command computes them again.
-- same_bytes_only: groups of the same MD5 instead, always computed now (computed_at is null, stale false).
-- of_series: groups with a page in a series of these words, all pages of them. max_groups: null for all.
-- same_bytes: as the canonical page. pages: in the group. books: they are in. page_seq is 0-based.
-- Order: groups with the most pages first, then canonical_page_id; the canonical page, then distance, then page_id.
create or replace function duplicate_pages(
  within integer default duplicate_distance(),
  same_bytes_only boolean default false,
  of_series text default null,
  max_groups integer default 20
) returns table (
  canonical_page_id bigint, page_id bigint, is_canonical boolean, same_bytes boolean, distance integer,
  book_id bigint, series text, number text, title text, path text, page_seq integer, width integer, height integer,
  pages bigint, books bigint, computed_at timestamptz, stale boolean
)
language sql stable
begin atomic
  with grouped as (
    select g.page_id, g.canonical_page_id, g.distance::integer as distance, r.computed_at, r.state
    from page_group g
    join page_grouping r on r.max_distance = g.max_distance
    where not duplicate_pages.same_bytes_only and g.max_distance = duplicate_pages.within
    union all
    select e.page_id, e.canonical_page_id, 0, null, null
    from exact_groups e
    where duplicate_pages.same_bytes_only
  ),
  wanted as (
    select g.canonical_page_id, count(*) as pages, count(distinct p.book_id) as books
    from grouped g
    join page p on p.id = g.page_id
    join book b on b.id = p.book_id
    left join series s on s.id = b.series_id
    group by g.canonical_page_id
    having duplicate_pages.of_series is null or bool_or(mentions(s.name, duplicate_pages.of_series))
    order by count(*) desc, g.canonical_page_id
    limit duplicate_pages.max_groups
  )
  select
    g.canonical_page_id, g.page_id, g.page_id = g.canonical_page_id, p.md5 = c.md5, g.distance,
    p.book_id, s.name, b.number, b.title, b.path, p.seq, p.width, p.height,
    w.pages, w.books, g.computed_at, coalesce(g.state <> (select library_state()), false)
  from wanted w
  join grouped g on g.canonical_page_id = w.canonical_page_id
  join page c on c.id = g.canonical_page_id
  join page p on p.id = g.page_id
  join book b on b.id = p.book_id
  left join series s on s.id = b.series_id
  order by w.pages desc, w.canonical_page_id, g.page_id <> g.canonical_page_id, g.distance, g.page_id;
end;
comment on function duplicate_pages is 'Pages that show the same picture, in groups around one canonical page';
