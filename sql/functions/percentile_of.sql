-- The share of the others that lie below a value, 0 to 100; those equal to it count half. Null without others.
create or replace function percentile_of(v double precision, others double precision[]) returns double precision
language sql immutable parallel safe
begin atomic
  select 100 * avg(case when o < percentile_of.v then 1.0 when o = percentile_of.v then 0.5 else 0 end)
  from unnest(percentile_of.others) o
  where percentile_of.v is not null;
end;
comment on function percentile_of is 'Share of others below a value, 0 to 100';
