-- The panels nearest to a vector. space, see panel_vectors(): fused, vision, text, composition, context, feature, semantic.
-- distance is cosine distance, 0 to 2. Filters: see pages_within(). max_distance: farther ones are left out.
-- Order: distance, then panel_id. A zero vector is at no distance from anything: no rows, nor for a null one.
-- A vector of another width than the space's raises; in space 'feature' rows of another width are left out.
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
  distance real
)
language sql stable
begin atomic
  with asked as materialized (
    select
      checked_option(nearest_panels.space, array[
        'fused', 'vision', 'text', 'composition', 'context', 'feature', 'semantic'], 'space') as space,
      greatest(coalesce(nearest_panels.max_hits, 10), 0) as hits
  ),
  near as (
    select e.panel_id, e.v <=> nearest_panels.v as away
    from panel_vectors(nearest_panels.space) e
    join panel o on o.id = e.panel_id
    join pages_within(
      nearest_panels.of_series, nearest_panels.of_publisher, nearest_panels.of_type, nearest_panels.with_character,
      nearest_panels.in_language, nearest_panels.year_from, nearest_panels.year_to,
      nearest_panels.min_panels, nearest_panels.max_panels) w on w.page_id = o.page_id
    where nearest_panels.v is not null and (select space from asked) is not null
      and (nearest_panels.space <> 'feature' or vector_dims(e.v) = vector_dims(nearest_panels.v))
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  best as (
    select panel_id, away
    from near
    where away <> 'NaN' and (nearest_panels.max_distance is null or away <= nearest_panels.max_distance)
    order by away, panel_id
    limit (select hits from asked)
  )
  select
    l.panel_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.panel_seq,
    l.x, l.y, l.w, l.h, l.page_type, l.text,
    b.away::real
  from best b
  join panel_listing l on l.panel_id = b.panel_id
  order by b.away, b.panel_id;
end;
comment on function nearest_panels is 'Panels nearest to a vector by cosine distance, in one of the panel spaces, with filters';
