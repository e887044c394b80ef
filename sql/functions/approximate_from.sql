-- How many vectors an HNSW index must hold before a search uses it: below, reading them all is as quick to a person
-- (docs/benchmarks.md) and exact.
create or replace function approximate_from() returns integer
language sql immutable parallel safe
begin atomic
  select 50000;
end;
comment on function approximate_from is 'Number of vectors from which on a search uses an HNSW index';
