-- Strips for a typed query. mode: 'hybrid', 'semantic' or 'keyword'.
-- keyword: full text, see text_query(). semantic: cosine distance of the sentence vectors, see query_vector().
-- hybrid: both, fused by reciprocal rank: the sum of 1 / (60 + rank) over the lists a hit is in.
-- A strip is found by keyword when one of its panels is; its semantic vector is of its whole text.
-- Filters: see pages_within(). max_distance: a semantic hit farther away is left out, 0 to 2.
-- exact: all candidates' meanings were compared; otherwise an index was asked, see nearest_ids().
-- Order: reciprocal_rank, best first, then strip_id. Ranks are 1-based, null where a list does not hold the hit.
-- distance is of the semantic vectors, null in keyword mode or where the strip has none.
create or replace function search_strips(
  query text,
  mode text default 'hybrid',
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
  keyword_rank integer, semantic_rank integer, distance real, reciprocal_rank real, exact boolean
)
language sql stable
begin atomic
  with asked as materialized (
    select
      checked_option(search_strips.mode, array['hybrid', 'semantic', 'keyword'], 'mode') as mode,
      library_query(search_strips.query, search_strips.in_language) as words,
      btrim(search_strips.query, E' \t\r\n') <> '' as is_question,
      greatest(coalesce(search_strips.max_hits, 10), 0) as hits,
      greatest(100, 5 * coalesce(search_strips.max_hits, 10)::bigint) as depth
  ),
  meaning as (
    select case
      when (select mode from asked) <> 'keyword' and (select is_question from asked)
        and exists (select from strip_semantic_current)
      then query_vector(search_strips.query)
    end as v
  ),
  keyword as (
    select strip_id, row_number() over (order by weight desc, strip_id) as rank
    from (
      select o.id as strip_id, sum(ts_rank(pa.text_search, (select words from asked), 1)) as weight
      from panel pa
      join strip o on o.page_id = pa.page_id and pa.seq between o.first_panel and o.last_panel
      join pages_within(
        search_strips.of_series, search_strips.of_publisher, search_strips.of_type, search_strips.with_character,
        search_strips.in_language, search_strips.year_from, search_strips.year_to,
        search_strips.min_panels, search_strips.max_panels) w on w.page_id = o.page_id
      where (select mode from asked) <> 'semantic' and pa.text_search @@ (select words from asked)
      group by o.id
      order by weight desc, o.id
      limit (select depth from asked)
    ) best
  ),
  semantic as (
    select n.id as strip_id, row_number() over (order by n.distance, n.id) as rank, n.exact
    from nearest_ids(
      'strips', 'semantic', (select v from meaning),
      search_strips.of_series, search_strips.of_publisher, search_strips.of_type, search_strips.with_character,
      search_strips.in_language, search_strips.year_from, search_strips.year_to,
      search_strips.min_panels, search_strips.max_panels,
      search_strips.max_distance, least((select depth from asked), 2147483647)::integer) n
  ),
  fused as (
    select strip_id, min(k) as keyword_rank, min(s) as semantic_rank, sum(1.0 / (60 + coalesce(k, s))) as reciprocal
    from (
      select strip_id, rank as k, null::bigint as s from keyword
      union all
      select strip_id, null, rank from semantic
    ) lists
    group by strip_id
    order by reciprocal desc, strip_id
    limit (select hits from asked)
  )
  select
    l.strip_id, l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.first_panel,
    l.last_panel, l.x, l.y, l.w, l.h, l.page_type, l.text,
    f.keyword_rank::integer, f.semantic_rank::integer,
    case when (select mode from asked) <> 'keyword' then (
      select nullif(e.v <=> (select v from meaning), 'NaN')
      from strip_semantic_current e
      where e.strip_id = f.strip_id
      limit 1
    ) end::real,
    f.reciprocal::real,
    coalesce((select bool_and(s.exact) from semantic s), true)
  from fused f
  join strip_listing l on l.strip_id = f.strip_id
  where (select mode from asked) is not null
  order by f.reciprocal desc, f.strip_id;
end;
comment on function search_strips is 'Strips for a typed query: full text and sentence vectors fused by reciprocal rank, with filters';
