-- What in the library is most like a concept, the concept's own pages left out.
--   select * from concept_neighbours('Dracula', 20);
-- kind: 'pages', 'panels', 'series' (mean of its books), or 'concepts' (those defined, by concept_pairs()).
-- space: one of view vector_space. A page with several vectors in it (panels, strips) is as near as the nearest of
-- them; panels are compared in panel for page, feature for visual, panel_semantic for semantic, and so on.
-- similarity is cosine, -1 to 1, both sides measured from the library's mean where centred; other options as in
-- concept_vector(). pages and books count what stands behind a series or concept; percentile, low, high and note are
-- those of concept_pairs(), for concepts. Narrative pages only by default.
-- Order: similarity, best first, then ids. No rows when nothing matches the name.
create or replace function concept_neighbours(
  name text,
  max_hits integer default 10,
  kind text default 'pages',
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true,
  rounds integer default 200,
  seed bigint default 0
) returns table (
  similarity real, label text, page_id bigint, panel_id bigint, series_id bigint, pages integer, books integer,
  percentile real, percentile_among text, low real, high real, note text
)
language sql stable
set work_mem = '64MB'
begin atomic
  with asked as materialized (
    select
      checked_option(concept_neighbours.kind, array['pages', 'panels', 'series', 'concepts'], 'kind') as kind,
      space_table(concept_neighbours.space) as vector_table,
      greatest(coalesce(concept_neighbours.max_hits, 10), 0) as hits
  ),
  aim as materialized (
    select m.origin, direction_from(m.origin, m.mean) as direction
    from (
      select
        scaled(
          library_mean(concept_neighbours.space, concept_neighbours.balance, concept_neighbours.narrative_only),
          case when concept_neighbours.centred then 1 else 0 end) as origin,
        concept_mean(
          concept_neighbours.name, concept_neighbours.space, concept_neighbours.balance,
          concept_neighbours.narrative_only) as mean
      from asked a
      where a.kind <> 'concepts' and a.vector_table is not null
      offset 0
    ) m
  ),
  eligible as (
    select p.id as page_id
    from page p
    where not p.low_information
      and (not concept_neighbours.narrative_only
        or p.page_type = any (array(select t.name from page_type t where t.is_narrative)))
      and p.id not in (
        select n.page_id from named_pages(array[concept_neighbours.name], concept_neighbours.narrative_only) n)
  ),
  near_pages as (
    select
      min((l2_normalize(e.v::vector) - (select origin from aim)) <=> (select direction from aim)) as away, e.page_id
    from space_vectors(concept_neighbours.space) e
    join eligible p on p.page_id = e.page_id
    where (select a.kind from asked a) = 'pages' and (select direction from aim) is not null and l2_norm(e.v) > 0
    group by e.page_id
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  near_panels as (
    select
      (l2_normalize(e.v::vector) - (select origin from aim)) <=> (select direction from aim) as away,
      e.page_id, e.owner_id as panel_id
    from space_vectors(case concept_neighbours.space
      when 'page' then 'panel' when 'visual' then 'feature' when 'semantic' then 'panel_semantic'
      when 'strip' then 'context' when 'strip_semantic' then 'panel_semantic'
      else concept_neighbours.space end) e
    join eligible p on p.page_id = e.page_id
    where (select a.kind from asked a) = 'panels' and (select direction from aim) is not null and l2_norm(e.v) > 0
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  own as materialized (
    select s.*
    from concept_shares(
      array[concept_neighbours.name], concept_neighbours.space, concept_neighbours.narrative_only) s
    where (select a.kind from asked a) = 'series'
  ),
  series_books as (
    select
      b.series_id, t.book_id, sum(t.pages) - coalesce(o.pages, 0) as pages,
      sum(t.vectors) - coalesce(o.vectors, 0) as vectors,
      case when o.total is null then sum(t.total) else sum(t.total) - o.total end as total
    from book_totals(concept_neighbours.space, concept_neighbours.narrative_only) t
    join book b on b.id = t.book_id
    left join own o on o.book_id = t.book_id
    where (select a.kind from asked a) = 'series' and b.series_id is not null and not coalesce(o.is_whole, false)
    group by b.series_id, t.book_id, o.pages, o.vectors, o.total
  ),
  series_means as (
    select
      series_id, sum(pages) as pages, count(*) as books,
      case when concept_neighbours.balance
        then scaled(sum(scaled(total, 1.0 / vectors)), 1.0 / count(*))
        else scaled(sum(total), 1.0 / sum(vectors))
      end as mean
    from series_books
    where vectors > 0
    group by series_id
  ),
  found as (
    select
      1 - n.away as similarity,
      concat_ws(' ', l.series, '#' || l.number, 'page ' || l.page_seq + 1) as label,
      n.page_id, null::bigint as panel_id, null::bigint as series_id, null::integer as pages, null::integer as books,
      null::real as percentile, null::text as percentile_among, null::real as low, null::real as high,
      null::text as note
    from near_pages n
    join page_listing l on l.page_id = n.page_id
    union all
    select
      1 - n.away,
      concat_ws(' ', l.series, '#' || l.number, 'page ' || l.page_seq + 1, 'panel ' || l.panel_seq + 1),
      n.page_id, n.panel_id, null, null, null, null, null, null, null, null
    from near_panels n
    join panel_listing l on l.panel_id = n.panel_id
    union all
    select
      1 - (direction_from(a.origin, m.mean) <=> a.direction), s.name, null, null, s.id,
      m.pages::integer, m.books::integer, null, null, null, null,
      case when m.books < 3 then format('fewer than 3 books of %s', s.name) end
    from aim a
    cross join series_means m
    join series s on s.id = m.series_id
    union all
    select
      p.similarity, p.right_name, null, null, null, p.right_pages, p.right_books,
      p.percentile, p.percentile_among, p.low, p.high, p.note
    from concept_pairs(
      case when (select a.kind from asked a) = 'concepts' then concept_neighbours.name || array(
        select c.name from concept c
        where lower(c.name) <> lower(btrim(concept_neighbours.name)) order by c.name)
      end,
      concept_neighbours.space, concept_neighbours.balance, concept_neighbours.centred,
      concept_neighbours.narrative_only, concept_neighbours.rounds, concept_neighbours.seed, first_only => true) p
  )
  select
    similarity::real, label, page_id, panel_id, series_id, pages, books, percentile, percentile_among, low, high, note
  from found
  where similarity is not null and similarity <> 'NaN'
  order by found.similarity desc, page_id, panel_id, series_id, label
  limit (select hits from asked);
end;
comment on function concept_neighbours is 'Pages, panels, series or defined concepts most like a concept, its own pages left out';
