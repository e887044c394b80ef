-- How fast each stage goes now and what is left of it: one row a stage.
-- left_to_do: waiting, ready and leased, without what waits for something that failed.
-- The rates are of the last ten minutes, or of the time since the first piece of work in them began, where that is
-- less.  mean_seconds: a book takes in this stage, of the last ten minutes, else of some that were done earlier; null
-- where none was ever done.
create or replace view work_pace as
with recent as materialized (
  select w.stage, w.seconds, w.updated_at, b.page_count
  from work w
  join book b on b.id = w.book_id
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
  s.place, s.queue, s.stage, s.waiting - s.blocked + s.ready + s.leased as left_to_do,
  coalesce(d.works, 0) * 60 / t.seconds as works_a_minute,
  coalesce(d.pages, 0) * 60 / t.seconds as pages_a_minute,
  coalesce(d.mean_seconds, e.mean_seconds) as mean_seconds,
  coalesce(d.seconds, 0) / t.seconds as workers_busy
from stage_states s
cross join watched t
left join done d on d.stage = s.stage
left join lateral (
  select avg(k.seconds) as mean_seconds
  from (select w.seconds from work w where w.state = 'done' and w.stage = s.stage limit 100) k
  where d.stage is null
) e on true;
comment on view work_pace is 'Rate of each stage in the last ten minutes, and what is left of it';
comment on column work_pace.left_to_do is 'waiting, ready and under way; not what waits for something that failed';
comment on column work_pace.works_a_minute is 'books that finished this stage, a minute';
comment on column work_pace.pages_a_minute is 'pages of those books, a minute';
comment on column work_pace.mean_seconds is 'a book takes in this stage; null: none was done yet';
comment on column work_pace.workers_busy is 'workers kept busy by it on average: seconds of work a second';
comment on column work_pace.stage is 'as work.stage';
