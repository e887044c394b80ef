-- The vector with every component multiplied by a factor; null for a null vector or factor.
create or replace function scaled(v vector, factor double precision) returns vector
language sql immutable parallel safe
begin atomic
  select case
    when scaled.v is not null and scaled.factor is not null
      then scaled.v * array_fill(scaled.factor::real, array[vector_dims(scaled.v)])::vector
  end;
end;
comment on function scaled is 'A vector times a number';
