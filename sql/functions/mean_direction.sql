-- The mean of the unit vectors of some owners in one table of vectors; null where none of them has one.
-- An id given twice counts once. Vectors of length 0 do not count.
create or replace function mean_direction(vectors text, owner text, model_id smallint, ids bigint[]) returns vector
language plpgsql stable
as $$
declare
  mean vector;
begin
  if cardinality(mean_direction.ids) > 0 then
    execute format(
        'select avg(l2_normalize(e.v::vector)) from %I e'
          ' where e.%I = any ($1) and e.model_id = $2 and l2_norm(e.v) > 0',
        mean_direction.vectors, mean_direction.owner || '_id')
      into mean using mean_direction.ids, mean_direction.model_id;
  end if;
  return mean;
end
$$;
comment on function mean_direction is 'Mean of the unit vectors of some panels, pages or strips';
