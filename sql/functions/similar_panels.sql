-- Panels like given ones, those left out: nearest to the mean of the likes' vectors, away from that of the unlikes
-- by unlike_weight times it, see like_vector(). Spaces, filters, order and columns as in nearest_panels().
--   similar_panels(812)   similar_panels(812, unlikes => array[7])   similar_panels(likes => array[812, 813])
-- No rows where none of them is there or has a vector in the space.
create or replace function similar_panels(
  of_panel bigint default null,
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
  max_hits integer default 10,
  likes bigint[] default '{}',
  unlikes bigint[] default '{}',
  unlike_weight double precision default 0.5
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
      'panels', similar_panels.space,
      like_vector(
        'panels', similar_panels.space, similar_panels.likes || similar_panels.of_panel, similar_panels.unlikes, similar_panels.unlike_weight),
      similar_panels.of_series, similar_panels.of_publisher, similar_panels.of_type, similar_panels.with_character,
      similar_panels.in_language, similar_panels.year_from, similar_panels.year_to, similar_panels.min_panels, similar_panels.max_panels,
      similar_panels.max_distance, similar_panels.max_hits,
      similar_panels.likes || similar_panels.unlikes || similar_panels.of_panel) n
  )
  select
    l.panel_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.panel_seq,
    l.x, l.y, l.w, l.h, l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join panel_listing l on l.panel_id = n.id
  order by n.rank;
end;
comment on function similar_panels is 'Panels like given ones and unlike others, the given ones left out';
