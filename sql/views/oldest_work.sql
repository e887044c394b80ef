-- How long work has been where it is: one row a stage and state, for work that is ready, under way or given up.
-- since: of the oldest: ready since, lease began, given up.  overdue: leases whose time is up: the next sweep gives
-- them back.
create or replace view oldest_work as
select
  q.place, q.queue, q.stage, w.state, w.works, w.since,
  extract(epoch from now() - w.since)::double precision as age_seconds, w.overdue
from stage_queues q
cross join lateral (
  select 'ready' as state, count(*) as works, min(k.updated_at) as since, 0::bigint as overdue
  from work k
  where k.state = 'ready' and k.stage = q.stage
  union all
  select 'leased', count(*), min(k.updated_at), count(*) filter (where k.lease_until < now())
  from work k
  where k.state = 'leased' and k.stage = q.stage
  union all
  select 'quarantined', count(*), min(k.updated_at), 0
  from work k
  where k.state = 'quarantined' and k.stage = q.stage
) w
where w.works > 0;
comment on view oldest_work is 'How long the oldest work of each stage has been ready, under way or given up';
comment on column oldest_work.state is 'ready, leased (under way) or quarantined (given up)';
comment on column oldest_work.works is 'how many there are';
comment on column oldest_work.since is 'when the oldest came into this state';
comment on column oldest_work.age_seconds is 'of the oldest in this state';
comment on column oldest_work.overdue is 'leases whose time is up';
comment on column oldest_work.stage is 'as work.stage';
