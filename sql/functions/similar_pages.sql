-- Pages like a given one, itself left out: nearest_pages() of its own vector, same spaces, filters and order.
-- No rows when there is no such page or it has no vector in the space.
create or replace function similar_pages(
  of_page bigint,
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
  select
    n.page_id, n.book_id, n.series, n.number, n.title, n.year, n.page_seq, n.width, n.height,
    n.page_type, n.text,
    n.distance
  from nearest_pages(
    (select e.v from page_vectors(similar_pages.space) e where e.page_id = similar_pages.of_page limit 1),
    similar_pages.space,
    similar_pages.of_series, similar_pages.of_publisher, similar_pages.of_type, similar_pages.with_character,
    similar_pages.in_language, similar_pages.year_from, similar_pages.year_to,
    similar_pages.min_panels, similar_pages.max_panels, similar_pages.max_distance,
    least(greatest(coalesce(similar_pages.max_hits, 10), 0), 2147483646) + 1
  ) n
  where n.page_id <> similar_pages.of_page
  order by n.distance, n.page_id
  limit greatest(coalesce(similar_pages.max_hits, 10), 0);
end;
comment on function similar_pages is 'Pages like a given one, itself left out';
