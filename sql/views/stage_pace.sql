-- How fast each stage goes now: one row a stage.
-- The rates are of the last ten minutes, or of the time since the first piece of work in them began, where that is
-- less.  mean_seconds: a book takes in this stage, of the last ten minutes, else of some that were done earlier; null
-- where none was ever done.  Books are looked up one by one: few are recent, and the planner thinks many are.
create or replace view stage_pace as
with recent as materialized (
  select
    w.stage, w.seconds, w.updated_at, (select b.page_count from book b where b.id = w.book_id) as page_count
  from work w
  where w.state = 'done' and w.updated_at > now() - interval '10 minutes'
),
watched as materialized (
  select
    greatest(
      extract(epoch from now() - greatest(
        min(r.updated_at - make_interval(secs => coalesce(r.seconds, 0))), now() - interval '10 minutes')), 1
    )::double precision as seconds
  from recent r
),
done as (
  select
    r.stage, count(*) as works, sum(r.page_count) as pages, sum(r.seconds)::double precision as seconds,
    avg(r.seconds) as mean_seconds
  from recent r
  group by r.stage
)
select
  q.place, q.queue, q.stage,
  coalesce(d.works, 0) * 60 / t.seconds as works_a_minute,
  coalesce(d.pages, 0) * 60 / t.seconds as pages_a_minute,
  coalesce(d.mean_seconds, e.mean_seconds) as mean_seconds,
  coalesce(d.seconds, 0) / t.seconds as workers_busy
from stage_queues q
cross join watched t
left join done d on d.stage = q.stage
left join lateral (
  select avg(k.seconds) as mean_seconds
  from (select w.seconds from work w where w.state = 'done' and w.stage = q.stage limit 100) k
  where d.stage is null
) e on true;
comment on view stage_pace is 'Rate of each stage in the last ten minutes';
comment on column stage_pace.works_a_minute is 'books that finished this stage, a minute';
comment on column stage_pace.pages_a_minute is 'pages of those books, a minute';
comment on column stage_pace.mean_seconds is 'a book takes in this stage; null: none was done yet';
comment on column stage_pace.workers_busy is 'workers kept busy by it on average: seconds of work a second';
comment on column stage_pace.stage is 'as work.stage';
