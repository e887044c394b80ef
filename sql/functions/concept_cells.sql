-- The pages of some books counted and summed by book and by which of the given concepts they belong to: the look at
-- single pages that is needed where two concepts share books.
-- members: places of the names (from 1) the pages belong to; mentions: those their text names; pages: those with a
-- vector in the space; total: sum of the vectors, each of length 1. Pages of none of them are left out. No order.
create or replace function concept_cells(
  names text[], space text, book_ids bigint[], narrative_only boolean default true
) returns table (
  book_id bigint, members integer[], mentions integer[], pages integer, vectors integer, total vector
)
language sql stable
begin atomic
  with pages as materialized (
    select p.id as page_id, p.book_id
    from page p
    where p.book_id = any (concept_cells.book_ids) and not p.low_information
      and (not concept_cells.narrative_only
        or p.page_type = any (array(select t.name from page_type t where t.is_narrative)))
  ),
  whole as materialized (
    select n.ordinal, n.book_id from named_books(concept_cells.names) n
    where n.book_id = any (concept_cells.book_ids)
  ),
  spoken as materialized (
    select s.ordinal, p.page_id
    from spoken_pages(
      case when cardinality(concept_cells.book_ids) > 0 then concept_cells.names else '{}' end,
      concept_cells.narrative_only) s
    join pages p on p.page_id = s.page_id
  ),
  belonging as materialized (
    select
      page_id,
      array_agg(distinct ordinal order by ordinal) as members,
      coalesce(array_agg(ordinal order by ordinal) filter (where is_mentioned), '{}') as mentions
    from (
      select p.page_id, w.ordinal, false as is_mentioned from pages p join whole w on w.book_id = p.book_id
      union all
      select s.page_id, s.ordinal, true from spoken s
    ) ways
    group by page_id
  )
  select
    p.book_id, b.members, b.mentions, count(distinct p.page_id)::integer, count(*)::integer,
    sum(l2_normalize(e.v::vector))
  from belonging b
  join pages p on p.page_id = b.page_id
  cross join lateral (
    select e.v from space_vectors(concept_cells.space) e where e.page_id = p.page_id offset 0
  ) e
  where l2_norm(e.v) > 0
  group by p.book_id, b.members, b.mentions;
end;
comment on function concept_cells is 'Pages of some books, summed by book and by which concepts they belong to';
