-- How fast each stage goes now and what is left of it: one row a stage, stage_pace with stage_states.
-- left_to_do: waiting, ready and leased, without what waits for something that failed.
create or replace view work_pace as
select
  s.place, s.queue, s.stage, s.waiting - s.blocked + s.ready + s.leased as left_to_do,
  p.works_a_minute, p.pages_a_minute, p.mean_seconds, p.workers_busy
from stage_states s
join stage_pace p on p.stage = s.stage;
comment on view work_pace is 'Rate of each stage in the last ten minutes, and what is left of it';
comment on column work_pace.left_to_do is 'waiting, ready and under way; not what waits for something that failed';
comment on column work_pace.works_a_minute is 'books that finished this stage, a minute';
comment on column work_pace.pages_a_minute is 'pages of those books, a minute';
comment on column work_pace.mean_seconds is 'a book takes in this stage; null: none was done yet';
comment on column work_pace.workers_busy is 'workers kept busy by it on average: seconds of work a second';
comment on column work_pace.stage is 'as work.stage';
