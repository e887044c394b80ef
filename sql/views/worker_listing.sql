-- The worker processes that are there: what each holds, what it did in the last ten minutes, and when it was last seen.
-- One row a worker.  A row whose seen_seconds grows is of a process that was killed or lost its machine.
create or replace view worker_listing as
select
  w.name, w.host, w.pid, array_to_string(w.queues, ', ') as queues, w.started_at, w.seen_at,
  extract(epoch from now() - w.seen_at)::double precision as seen_seconds,
  coalesce(h.held, 0) as held, h.oldest_seconds, coalesce(d.done, 0) as done
from worker w
left join (
  select
    k.worker, count(*) as held, extract(epoch from now() - min(k.updated_at))::double precision as oldest_seconds
  from work k
  where k.state = 'leased'
  group by k.worker
) h on h.worker = w.name
left join (
  select k.worker, count(*) as done
  from work k
  where k.state = 'done' and k.updated_at > now() - interval '10 minutes'
  group by k.worker
) d on d.worker = w.name;
comment on view worker_listing is 'Worker processes: what each holds and does, and when it was last seen';
comment on column worker_listing.queues is 'that it serves';
comment on column worker_listing.seen_seconds is 'since it last gave a sign of life';
comment on column worker_listing.held is 'pieces of work it has a lease on';
comment on column worker_listing.oldest_seconds is 'how long it has held the oldest of them';
comment on column worker_listing.done is 'pieces of work it finished in the last ten minutes';
