-- The pages nearest to a vector. space, see page_vectors(): page, visual, semantic.
-- distance is cosine distance, 0 to 2. Filters: see pages_within(). max_distance: farther ones are left out.
-- Order: distance, then page_id. A zero vector is at no distance from anything: no rows, nor for a null one.
-- A vector of another width than the space's raises; in space 'visual' rows of another width are left out.
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
  distance real
)
language sql stable
begin atomic
  with asked as materialized (
    select
      checked_option(nearest_pages.space, array['page', 'visual', 'semantic'], 'space') as space,
      greatest(coalesce(nearest_pages.max_hits, 10), 0) as hits
  ),
  near as (
    select e.page_id, e.v <=> nearest_pages.v as away
    from page_vectors(nearest_pages.space) e
    join pages_within(
      nearest_pages.of_series, nearest_pages.of_publisher, nearest_pages.of_type, nearest_pages.with_character,
      nearest_pages.in_language, nearest_pages.year_from, nearest_pages.year_to,
      nearest_pages.min_panels, nearest_pages.max_panels) w on w.page_id = e.page_id
    where nearest_pages.v is not null and (select space from asked) is not null
      and (nearest_pages.space <> 'visual' or vector_dims(e.v) = vector_dims(nearest_pages.v))
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  best as (
    select page_id, away
    from near
    where away <> 'NaN' and (nearest_pages.max_distance is null or away <= nearest_pages.max_distance)
    order by away, page_id
    limit (select hits from asked)
  )
  select
    l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.width, l.height,
    l.page_type, l.text,
    b.away::real
  from best b
  join page_listing l on l.page_id = b.page_id
  order by b.away, b.page_id;
end;
comment on function nearest_pages is 'Pages nearest to a vector by cosine distance, in one of the page spaces, with filters';
