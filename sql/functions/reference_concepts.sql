-- The defined concepts that pairs are held against: all of them, or 40 chosen by the seed; none where fewer than 7
-- are defined, which make too few pairs to say anything. Order: name.
create or replace function reference_concepts(seed bigint default 0) returns text[]
language sql stable
begin atomic
  select case when count(*) >= 7 then array_agg(chosen.name order by chosen.name) else '{}' end
  from (
    select c.name from concept c
    order by hashtextextended(c.name, reference_concepts.seed), c.name
    limit 40
  ) chosen;
end;
comment on function reference_concepts is 'The defined concepts whose pairs a similarity is held against';
