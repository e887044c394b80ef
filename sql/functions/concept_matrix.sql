-- The similarity of every concept with every other, in long form for a heat map: concept_pairs() in both directions
-- and the diagonal, 1 where the concept has a vector. pages and books are those of row_name that were compared.
-- percentile, percentile_among, low, high, rounds, seed: see concept_pairs().
-- Order: as the names were given, rows then columns.
create or replace function concept_matrix(
  names text[],
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true,
  rounds integer default 200,
  seed bigint default 0
) returns table (
  row_name text, column_name text, similarity real, pages integer, books integer, shared_books integer,
  percentile real, percentile_among text, low real, high real, note text
)
language sql stable
begin atomic
  with named as materialized (
    select n.ordinal, n.name from unnest(concept_matrix.names) with ordinality n (name, ordinal)
  ),
  pairs as materialized (
    select p.*, i.l, i.r
    from (
      select q.*, row_number() over () as n
      from concept_pairs(
        concept_matrix.names, concept_matrix.space, concept_matrix.balance, concept_matrix.centred,
        concept_matrix.narrative_only, concept_matrix.rounds, concept_matrix.seed) q
    ) p
    join (
      select l.ordinal as l, r.ordinal as r, row_number() over (order by l.ordinal, r.ordinal) as n
      from named l join named r on l.ordinal < r.ordinal
    ) i on i.n = p.n
  ),
  own as (
    select s.ordinal, sum(s.pages)::integer as pages, count(*)::integer as books
    from concept_shares(concept_matrix.names, concept_matrix.space, concept_matrix.narrative_only) s
    group by s.ordinal
  ),
  entries as (
    select
      l, r, left_name, right_name, similarity, left_pages as pages, left_books as books, shared_books, percentile,
      percentile_among, low, high, note
    from pairs
    union all
    select
      r, l, right_name, left_name, similarity, right_pages, right_books, shared_books, percentile,
      percentile_among, low, high, note
    from pairs
    union all
    select
      n.ordinal, n.ordinal, n.name, n.name, case when o.pages > 0 then 1 end::real,
      coalesce(o.pages, 0), coalesce(o.books, 0), coalesce(o.books, 0), null, null, null, null,
      case
        when o.pages is null then 'no page of it has a vector in this space'
        when o.books < 3 then format('fewer than 3 books of %s', n.name)
      end
    from named n
    left join own o on o.ordinal = n.ordinal
  )
  select
    left_name, right_name, similarity, pages, books, shared_books, percentile, percentile_among, low, high, note
  from entries
  order by l, r;
end;
comment on function concept_matrix is 'Similarity of every concept with every other, in long form, for a heat map';
