-- The mean of a concept's vectors in one space, of any length and not centred: of books first where balance, then of
-- the books. Null when nothing matches. Books with equally many vectors are summed before they are divided.
create or replace function concept_mean(
  name text, space text default 'page', balance boolean default true, narrative_only boolean default true
) returns vector
language sql stable
set work_mem = '64MB'
begin atomic
  with alike as (
    select s.vectors, sum(s.total) as total, count(*) as books
    from concept_shares(array[concept_mean.name], concept_mean.space, concept_mean.narrative_only) s
    group by s.vectors
  )
  select case
    when concept_mean.balance then sum(scaled(total, 1.0 / (vectors * (select sum(books) from alike))))
    else scaled(sum(total), 1.0 / (select sum(vectors * books) from alike))
  end
  from alike
  where (select space_table(concept_mean.space)) is not null;
end;
comment on function concept_mean is 'Mean of a concept''s vectors in one space, balanced over books';
