-- A number from 1 to n drawn for a place in a round: the same for the same seed, whenever and wherever asked.
create or replace function drawn(n bigint, round integer, place integer, seed bigint) returns integer
language sql immutable parallel safe
begin atomic
  select (1 + (hashint8extended((drawn.round::bigint << 32) + drawn.place, drawn.seed)
    & 9223372036854775807) % drawn.n)::integer;
end;
comment on function drawn is 'A number from 1 to n, random but the same for the same seed';
