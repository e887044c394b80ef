-- How far each stage is: one row a stage, its work counted by state, stages without work too.
-- blocked: of those that wait, how many wait for a stage of their book that failed or was given up: nothing happens to
-- them until that one is tried again.  Each count is a scan of its own of the index on (state, stage): a
-- third of the time of grouping.
create or replace view stage_states as
select
  q.place, q.queue, q.stage,
  (select count(*) from work w where w.state = 'waiting' and w.stage = q.stage) as waiting,
  coalesce(x.works, 0) as blocked,
  (select count(*) from work w where w.state = 'ready' and w.stage = q.stage) as ready,
  (select count(*) from work w where w.state = 'leased' and w.stage = q.stage) as leased,
  (select count(*) from work w where w.state = 'done' and w.stage = q.stage) as done,
  (select count(*) from work w where w.state = 'failed' and w.stage = q.stage) as failed,
  (select count(*) from work w where w.state = 'quarantined' and w.stage = q.stage) as quarantined
from stage_queues q
left join (
  select k.stage, count(*) as works
  from (select distinct f.book_id from work f where f.state in ('failed', 'quarantined')) f
  join work k on k.book_id = f.book_id and k.state = 'waiting'
  group by k.stage
) x on x.stage = q.stage;
comment on view stage_states is 'Work by stage, counted by state';
comment on column stage_states.waiting is 'for an earlier stage of the same book';
comment on column stage_states.blocked is 'of those waiting: the earlier stage failed or was given up';
comment on column stage_states.ready is 'can be taken by a worker';
comment on column stage_states.leased is 'under way';
comment on column stage_states.done is 'finished';
comment on column stage_states.failed is 'the stage said why; tried again when asked';
comment on column stage_states.quarantined is 'given up after several attempts';
comment on column stage_states.stage is 'as work.stage';
