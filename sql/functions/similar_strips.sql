-- Strips like given ones, those left out: nearest to the mean of the likes' vectors, away from that of the unlikes
-- by unlike_weight times it, see like_vector(). Spaces, filters, order and columns as in nearest_strips().
--   similar_strips(812)   similar_strips(812, unlikes => array[7])   similar_strips(likes => array[812, 813])
-- No rows where none of them is there or has a vector in the space.
create or replace function similar_strips(
  of_strip bigint default null,
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
  max_hits integer default 10,
  likes bigint[] default '{}',
  unlikes bigint[] default '{}',
  unlike_weight double precision default 0.5
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
      'strips', similar_strips.space,
      like_vector(
        'strips', similar_strips.space, similar_strips.likes || similar_strips.of_strip, similar_strips.unlikes, similar_strips.unlike_weight),
      similar_strips.of_series, similar_strips.of_publisher, similar_strips.of_type, similar_strips.with_character,
      similar_strips.in_language, similar_strips.year_from, similar_strips.year_to, similar_strips.min_panels, similar_strips.max_panels,
      similar_strips.max_distance, similar_strips.max_hits,
      similar_strips.likes || similar_strips.unlikes || similar_strips.of_strip) n
  )
  select
    l.strip_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.first_panel,
    l.last_panel, l.x, l.y, l.w, l.h, l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join strip_listing l on l.strip_id = n.id
  order by n.rank;
end;
comment on function similar_strips is 'Strips like given ones and unlike others, the given ones left out';
