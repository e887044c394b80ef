-- Pages for a typed query. mode: 'hybrid', 'semantic' or 'keyword'.
-- keyword: full text, see text_query(). semantic: cosine distance of the sentence vectors, see query_vector().
-- hybrid: both, fused by reciprocal rank: the sum of 1 / (60 + rank) over the lists a hit is in.
-- A page's text is all of it, outside panels too.
-- Filters: see pages_within(). max_distance: a semantic hit farther away is left out, 0 to 2.
-- exact: all candidates' meanings were compared; otherwise an index was asked, see nearest_ids().
-- Order: reciprocal_rank, best first, then page_id. Ranks are 1-based, null where a list does not hold the hit.
-- distance is of the semantic vectors, null in keyword mode or where the page has none.
create or replace function search_pages(
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
  page_id bigint, book_id bigint, series text, number text, title text, year integer,
  page_seq integer, width integer, height integer, page_type text, text text,
  keyword_rank integer, semantic_rank integer, distance real, reciprocal_rank real, exact boolean
)
language sql stable
begin atomic
  with asked as materialized (
    select
      checked_option(search_pages.mode, array['hybrid', 'semantic', 'keyword'], 'mode') as mode,
      library_query(search_pages.query, search_pages.in_language) as words,
      btrim(search_pages.query, E' \t\r\n') <> '' as is_question,
      greatest(coalesce(search_pages.max_hits, 10), 0) as hits,
      greatest(100, 5 * coalesce(search_pages.max_hits, 10)::bigint) as depth
  ),
  meaning as (
    select case
      when (select mode from asked) <> 'keyword' and (select is_question from asked)
        and exists (select from page_semantic_current)
      then query_vector(search_pages.query)
    end as v
  ),
  keyword as (
    select page_id, row_number() over (order by weight desc, page_id) as rank
    from (
      select o.id as page_id, ts_rank(o.text_search, (select words from asked), 1) as weight
      from page o
      join pages_within(
        search_pages.of_series, search_pages.of_publisher, search_pages.of_type, search_pages.with_character,
        search_pages.in_language, search_pages.year_from, search_pages.year_to,
        search_pages.min_panels, search_pages.max_panels) w on w.page_id = o.id
      where (select mode from asked) <> 'semantic' and o.text_search @@ (select words from asked)
      order by weight desc, o.id
      limit (select depth from asked)
    ) best
  ),
  semantic as (
    select n.id as page_id, row_number() over (order by n.distance, n.id) as rank, n.exact
    from nearest_ids(
      'pages', 'semantic', (select v from meaning),
      search_pages.of_series, search_pages.of_publisher, search_pages.of_type, search_pages.with_character,
      search_pages.in_language, search_pages.year_from, search_pages.year_to,
      search_pages.min_panels, search_pages.max_panels,
      search_pages.max_distance, least((select depth from asked), 2147483647)::integer) n
  ),
  fused as (
    select page_id, min(k) as keyword_rank, min(s) as semantic_rank, sum(1.0 / (60 + coalesce(k, s))) as reciprocal
    from (
      select page_id, rank as k, null::bigint as s from keyword
      union all
      select page_id, null, rank from semantic
    ) lists
    group by page_id
    order by reciprocal desc, page_id
    limit (select hits from asked)
  )
  select
    l.page_id, l.book_id, l.series, l.number, l.title, l.year, l.page_seq, l.width, l.height,
    l.page_type, l.text,
    f.keyword_rank::integer, f.semantic_rank::integer,
    case when (select mode from asked) <> 'keyword' then (
      select nullif(e.v <=> (select v from meaning), 'NaN')
      from page_semantic_current e
      where e.page_id = f.page_id
      limit 1
    ) end::real,
    f.reciprocal::real,
    coalesce((select bool_and(s.exact) from semantic s), true)
  from fused f
  join page_listing l on l.page_id = f.page_id
  where (select mode from asked) is not null
  order by f.reciprocal desc, f.page_id;
end;
comment on function search_pages is 'Pages for a typed query: full text and sentence vectors fused by reciprocal rank, with filters';
