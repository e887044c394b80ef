-- The strips nearest to a vector. space: strip, semantic.
-- distance is cosine distance, 0 to 2. Filters: see pages_within(). max_distance: farther ones are left out.
-- exact: every candidate was compared; otherwise an index was asked, see nearest_ids(). rank is 1-based.
-- Order: distance, then strip_id. A zero vector is at no distance from anything: no rows, nor for a null one.
-- A vector of another width than the space's raises.
create or replace function nearest_strips(
  v halfvec,
  space text default 'strip',
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
  strip_id bigint, page_id bigint, book_id bigint, series text, number text, title text, year integer,
  page_seq integer, first_panel integer, last_panel integer, x integer, y integer, w integer, h integer,
  page_type text, text text,
  distance real, rank integer, exact boolean
)
language sql stable
begin atomic
  with near as (
    select n.id, n.distance, n.exact, row_number() over (order by n.distance, n.id)::integer as rank
    from nearest_ids(
      'strips', nearest_strips.space, nearest_strips.v,
      nearest_strips.of_series, nearest_strips.of_publisher, nearest_strips.of_type, nearest_strips.with_character,
      nearest_strips.in_language, nearest_strips.year_from, nearest_strips.year_to, nearest_strips.min_panels, nearest_strips.max_panels,
      nearest_strips.max_distance, nearest_strips.max_hits) n
  )
  select
    l.strip_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.first_panel,
    l.last_panel, l.x, l.y, l.w, l.h, l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join strip_listing l on l.strip_id = n.id
  order by n.rank;
end;
comment on function nearest_strips is 'Strips nearest to a vector by cosine distance, in one of the strip spaces, with filters';
