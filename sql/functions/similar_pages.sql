-- Pages like given ones, those left out: nearest to the mean of the likes' vectors, away from that of the unlikes
-- by unlike_weight times it, see like_vector(). Spaces, filters, order and columns as in nearest_pages().
--   similar_pages(812)   similar_pages(812, unlikes => array[7])   similar_pages(likes => array[812, 813])
-- No rows where none of them is there or has a vector in the space.
create or replace function similar_pages(
  of_page bigint default null,
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
  max_hits integer default 10,
  likes bigint[] default '{}',
  unlikes bigint[] default '{}',
  unlike_weight double precision default 0.5
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
      'pages', similar_pages.space,
      like_vector(
        'pages', similar_pages.space, similar_pages.likes || similar_pages.of_page, similar_pages.unlikes, similar_pages.unlike_weight),
      similar_pages.of_series, similar_pages.of_publisher, similar_pages.of_type, similar_pages.with_character,
      similar_pages.in_language, similar_pages.year_from, similar_pages.year_to, similar_pages.min_panels, similar_pages.max_panels,
      similar_pages.max_distance, similar_pages.max_hits,
      similar_pages.likes || similar_pages.unlikes || similar_pages.of_page) n
  )
  select
    l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.width, l.height,
    l.page_type, l.text,
    n.distance::real, n.rank, n.exact
  from near n
  left join page_listing l on l.page_id = n.id
  order by n.rank;
end;
comment on function similar_pages is 'Pages like given ones and unlike others, the given ones left out';
