-- The vector of a concept: the mean of its pages' vectors, of length 1; null when none of them has one.
-- balance: mean of each book first, then of the books, so that a long run does not outweigh the rest.
-- centred: minus the mean of the whole library made in the same way, since all pages resemble each other; null when
-- nothing is left, as for a concept that is the whole library. space: page, visual or semantic.
-- In a query over many rows write (select concept_vector('Vampirella')), so that it is computed once.
create or replace function concept_vector(
  name text,
  space text default 'page',
  balance boolean default true,
  centred boolean default true,
  narrative_only boolean default true
) returns halfvec
language sql stable
begin atomic
  with cells as materialized (
    select * from concept_cells(array[concept_vector.name], concept_vector.space, concept_vector.narrative_only)
    where pages > 0
  ),
  means as materialized (
    select belongs, avg(scaled(total, 1.0 / pages)) as mean
    from (
      select false as belongs, sum(total) as total, sum(pages) as pages
      from cells
      group by case when concept_vector.balance then book_id end
      union all
      select true, sum(total), sum(pages)
      from cells
      where members <> '{}'
      group by case when concept_vector.balance then book_id end
    ) groups
    group by belongs
  )
  select direction_from(
    scaled(library.mean, case when concept_vector.centred then 1 else 0 end), concept.mean)::halfvec
  from means library
  join means concept on concept.belongs and not library.belongs;
end;
comment on function concept_vector is 'Mean vector of a concept, balanced over books and centred on the library; null when nothing matches';
