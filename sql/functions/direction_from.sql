-- The unit vector that points from an origin to a mean; null where the two are as good as equal
-- (closer than 0.0001), since the rest is rounding.
create or replace function direction_from(origin vector, mean vector) returns vector
language sql immutable parallel safe
begin atomic
  select case
    when vector_norm(direction_from.mean - direction_from.origin) > 0.0001
      then l2_normalize(direction_from.mean - direction_from.origin)
  end;
end;
comment on function direction_from is 'Unit vector from an origin to a mean, null where they are equal';
