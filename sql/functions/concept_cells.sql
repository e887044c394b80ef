-- The one pass over the vectors behind every concept answer: the library's pages counted and summed by book and by
-- which of the given concepts they belong to. Means of any of them, any book and the whole library follow from it.
-- members: places of the names (from 1) the pages belong to; mentions: those their text names; matched: pages;
-- pages: those of them with a vector in the space; total: sum of their unit vectors, null without any.
-- space: page, visual or semantic, see page_vectors(). No order.
create or replace function concept_cells(names text[], space text, narrative_only boolean default true)
returns table (
  book_id bigint, members integer[], mentions integer[], matched integer, pages integer, total vector
)
language sql stable
begin atomic
  with belonging as (
    select
      n.page_id,
      array_agg(n.ordinal order by n.ordinal) as members,
      coalesce(array_agg(n.ordinal order by n.ordinal) filter (where n.is_mentioned), '{}') as mentions
    from named_pages(concept_cells.names, concept_cells.narrative_only) n
    group by n.page_id
  )
  select
    p.book_id, coalesce(b.members, '{}'), coalesce(b.mentions, '{}'), count(*)::integer, count(e.v)::integer,
    sum(l2_normalize(e.v::vector))
  from page p
  left join page_type t on t.name = p.page_type
  left join belonging b on b.page_id = p.id
  left join page_vectors(concept_cells.space) e on e.page_id = p.id
  where (select checked_option(concept_cells.space, array['page', 'visual', 'semantic'], 'space')) is not null
    and not p.low_information and (coalesce(t.is_narrative, false) or not concept_cells.narrative_only)
  group by p.book_id, 2, 3;
end;
comment on function concept_cells is 'Pages and sums of page vectors by book and concept: the one pass behind concept answers';
