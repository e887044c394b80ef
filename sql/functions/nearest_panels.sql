-- The panels nearest to a vector. space: fused, vision, text, composition, context, feature, semantic.
-- distance is cosine distance, 0 to 2. Filters: see pages_within(). max_distance: farther ones are left out.
-- exact: every candidate was compared; otherwise an index was asked, see nearest_ids(). rank is 1-based.
-- Order: distance, then panel_id. A zero vector is at no distance from anything: no rows, nor for a null one.
-- A vector of another width than the space's raises. In space 'feature' rows of another width are left out.
create or replace function nearest_panels(
  v halfvec,
  space text default 'fused',
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
  panel_id bigint, page_id bigint, book_id bigint, series text, number text, title text, year integer,
  page_seq integer, panel_seq integer, x integer, y integer, w integer, h integer, page_type text, text text,
  distance real, rank integer, exact boolean
)
language sql stable
begin atomic
  with near as (
    select n.id, n.distance, n.exact, row_number() over (order by n.distance, n.id)::integer as rank
    from nearest_ids(
      'panels', nearest_panels.space, nearest_panels.v,
      nearest_panels.of_series, nearest_panels.of_publisher, nearest_panels.of_type, nearest_panels.with_character,
      nearest_panels.in_language, nearest_panels.year_from, nearest_panels.year_to, nearest_panels.min_panels, nearest_panels.max_panels,
      nearest_panels.max_distance, nearest_panels.max_hits) n
  )
  select
    l.panel_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.panel_seq,
    l.x, l.y, l.w, l.h, l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join panel_listing l on l.panel_id = n.id
  order by n.rank;
end;
comment on function nearest_panels is 'Panels nearest to a vector by cosine distance, in one of the panel spaces, with filters';
