-- The pages nearest to a vector. space: page, visual, semantic.
-- distance is cosine distance, 0 to 2. Filters: see pages_within(). max_distance: farther ones are left out.
-- exact: every candidate was compared; otherwise an index was asked, see nearest_ids(). rank is 1-based.
-- Order: distance, then page_id. A zero vector is at no distance from anything: no rows, nor for a null one.
-- A vector of another width than the space's raises. In space 'visual' rows of another width are left out.
create or replace function nearest_pages(
  v halfvec,
  space text default 'page',
  of_series text default null,
  of_publisher text default null,
  of_type text default null,
  with_character text default null,
  in_language text default null,
  year_from integer default null,
  year_to integer default null,
  min_panels integer default null,
  max_panels integer default null,
  max_distance double precision default null,
  max_hits integer default 10
) returns table (
  page_id bigint, book_id bigint, series text, number text, title text, year integer,
  page_seq integer, width integer, height integer, page_type text, text text,
  distance real, rank integer, exact boolean
)
language sql stable
begin atomic
  with near as (
    select n.id, n.distance, n.exact, row_number() over (order by n.distance, n.id)::integer as rank
    from nearest_ids(
      'pages', nearest_pages.space, nearest_pages.v,
      nearest_pages.of_series, nearest_pages.of_publisher, nearest_pages.of_type, nearest_pages.with_character,
      nearest_pages.in_language, nearest_pages.year_from, nearest_pages.year_to, nearest_pages.min_panels, nearest_pages.max_panels,
      nearest_pages.max_distance, nearest_pages.max_hits) n
  )
  select
    l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.width, l.height,
    l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join page_listing l on l.page_id = n.id
  order by n.rank;
end;
comment on function nearest_pages is 'Pages nearest to a vector by cosine distance, in one of the page spaces, with filters';
