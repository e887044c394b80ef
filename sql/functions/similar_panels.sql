-- Panels like a given one, itself left out: nearest_panels() of its own vector, same spaces, filters and order.
-- No rows when there is no such panel or it has no vector in the space.
create or replace function similar_panels(
  of_panel bigint,
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
  select
    n.panel_id, n.page_id, n.book_id, n.series, n.number, n.title, n.year, n.page_seq, n.panel_seq,
    n.x, n.y, n.w, n.h, n.page_type, n.text,
    n.distance
  from nearest_panels(
    (select e.v from panel_vectors(similar_panels.space) e where e.panel_id = similar_panels.of_panel limit 1),
    similar_panels.space,
    similar_panels.of_series, similar_panels.of_publisher, similar_panels.of_type, similar_panels.with_character,
    similar_panels.in_language, similar_panels.year_from, similar_panels.year_to,
    similar_panels.min_panels, similar_panels.max_panels, similar_panels.max_distance,
    least(greatest(coalesce(similar_panels.max_hits, 10), 0), 2147483646) + 1
  ) n
  where n.panel_id <> similar_panels.of_panel
  order by n.distance, n.panel_id
  limit greatest(coalesce(similar_panels.max_hits, 10), 0);
end;
comment on function similar_panels is 'Panels like a given one, itself left out';
