-- The vector with every component multiplied by a factor; null for a null vector.
create or replace function scaled(v vector, factor double precision) returns vector
language sql immutable parallel safe
begin atomic
  select scaled.v * array_fill(scaled.factor::real, array[coalesce(vector_dims(scaled.v), 1)])::vector;
end;
comment on function scaled is 'A vector times a number';
