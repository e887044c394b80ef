-- What in the library is most like a concept, the concept's own pages left out.
-- kind: 'pages', 'panels', 'series' (mean of its books), or 'concepts' (those defined, by concept_pairs()).
-- space: page, visual or semantic; panels are compared in fused, feature or semantic, the same spaces a panel at a time.
-- similarity is cosine, -1 to 1, both sides measured from the library's mean where centred; other options as in
-- concept_vector(). pages and books count what stands behind a series or concept. Narrative pages only by default.
-- Order: similarity, best first, then ids. No rows when nothing matches the name.
create or replace function concept_neighbours(
  name text,
  max_hits integer default 10,
  kind text default 'pages',
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true
) returns table (
  similarity real, label text, page_id bigint, panel_id bigint, series_id bigint, pages integer, books integer
)
language sql stable
begin atomic
  with asked as materialized (
    select
      checked_option(concept_neighbours.kind, array['pages', 'panels', 'series', 'concepts'], 'kind') as kind,
      checked_option(concept_neighbours.space, array['page', 'visual', 'semantic'], 'space') as space,
      greatest(coalesce(concept_neighbours.max_hits, 10), 0) as hits
  ),
  cells as materialized (
    select c.*, b.series_id
    from concept_cells(
      array[concept_neighbours.name], concept_neighbours.space, concept_neighbours.narrative_only) c
    join book b on b.id = c.book_id
    where c.pages > 0
  ),
  means as materialized (
    select belongs, avg(scaled(total, 1.0 / pages)) as mean
    from (
      select false as belongs, sum(total) as total, sum(pages) as pages
      from cells
      group by case when concept_neighbours.balance then book_id end
      union all
      select true, sum(total), sum(pages)
      from cells
      where members <> '{}'
      group by case when concept_neighbours.balance then book_id end
    ) groups
    group by belongs
  ),
  aim as materialized (
    select origin, direction_from(origin, mean) as direction
    from (
      select
        concept.mean, scaled(library.mean, case when concept_neighbours.centred then 1 else 0 end) as origin
      from means library
      join means concept on concept.belongs and not library.belongs
    ) both_means
  ),
  eligible as (
    select p.id as page_id
    from page p
    left join page_type t on t.name = p.page_type
    where not p.low_information and (coalesce(t.is_narrative, false) or not concept_neighbours.narrative_only)
      and p.id not in (
        select n.page_id from named_pages(array[concept_neighbours.name], concept_neighbours.narrative_only) n)
  ),
  near_pages as (
    select
      (l2_normalize(e.v::vector) - (select origin from aim)) <=> (select direction from aim) as away, e.page_id
    from page_vectors(concept_neighbours.space) e
    join eligible p on p.page_id = e.page_id
    where (select a.kind from asked a) = 'pages' and (select direction from aim) is not null
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  near_panels as (
    select
      (l2_normalize(e.v::vector) - (select origin from aim)) <=> (select direction from aim) as away,
      o.page_id, e.panel_id
    from panel_vectors(case concept_neighbours.space
      when 'page' then 'fused' when 'visual' then 'feature' else concept_neighbours.space end) e
    join panel o on o.id = e.panel_id
    join eligible p on p.page_id = o.page_id
    where (select a.kind from asked a) = 'panels' and (select direction from aim) is not null
    order by away
    fetch first (select hits from asked) rows with ties
  ),
  series_means as (
    select series_id, sum(pages) as pages, sum(books) as books, avg(scaled(total, 1.0 / pages)) as mean
    from (
      select series_id, sum(total) as total, sum(pages) as pages, count(distinct book_id) as books
      from cells
      where members = '{}' and series_id is not null and (select a.kind from asked a) = 'series'
      group by series_id, case when concept_neighbours.balance then book_id end
    ) groups
    group by series_id
  ),
  found as (
    select
      1 - n.away as similarity,
      concat_ws(' ', l.series, '#' || l.number, 'page ' || l.page_seq + 1) as label,
      n.page_id, null::bigint as panel_id, null::bigint as series_id, null::integer as pages, null::integer as books
    from near_pages n
    join page_listing l on l.page_id = n.page_id
    union all
    select
      1 - n.away,
      concat_ws(' ', l.series, '#' || l.number, 'page ' || l.page_seq + 1, 'panel ' || l.panel_seq + 1),
      n.page_id, n.panel_id, null, null, null
    from near_panels n
    join panel_listing l on l.panel_id = n.panel_id
    union all
    select
      1 - (direction_from(a.origin, m.mean) <=> a.direction), s.name, null, null, s.id,
      m.pages::integer, m.books::integer
    from aim a
    cross join series_means m
    join series s on s.id = m.series_id
    union all
    select p.similarity, p.right_name, null, null, null, p.right_pages, p.right_books
    from concept_pairs(
      concept_neighbours.name || array(
        select c.name from concept c
        where lower(c.name) <> lower(btrim(concept_neighbours.name)) order by c.name),
      concept_neighbours.space, concept_neighbours.balance, concept_neighbours.centred,
      concept_neighbours.narrative_only) p
    where (select a.kind from asked a) = 'concepts' and p.left_name = concept_neighbours.name
  )
  select similarity::real, label, page_id, panel_id, series_id, pages, books
  from found
  where similarity is not null and similarity <> 'NaN'
  order by found.similarity desc, page_id, panel_id, series_id, label
  limit (select hits from asked);
end;
comment on function concept_neighbours is 'Pages, panels, series or defined concepts most like a concept, its own pages left out';
