-- What failed and why: one row a stage, state (failed or quarantined) and error code, see docs/errors.md.
-- for_example: the newest one's book, and what was said of it.
create or replace view failures_by_code as
select
  q.place, q.queue, w.stage, w.state, w.error_code, w.works, w.first_at, w.last_at, b.path as for_example,
  w.error
from (
  select
    k.stage, k.state, k.error_code, count(*) as works, min(k.updated_at) as first_at, max(k.updated_at) as last_at,
    (array_agg(k.book_id order by k.updated_at desc, k.book_id))[1] as book_id,
    (array_agg(k.error order by k.updated_at desc, k.book_id))[1] as error
  from work k
  where k.state in ('failed', 'quarantined')
  group by k.stage, k.state, k.error_code
) w
join stage_queues q on q.stage = w.stage
join book b on b.id = w.book_id;
comment on view failures_by_code is 'Failed and given up work by stage and error code, each with an example';
comment on column failures_by_code.state is 'failed (the stage said why) or quarantined (given up)';
comment on column failures_by_code.works is 'books with this failure';
comment on column failures_by_code.first_at is 'when the first of them failed';
comment on column failures_by_code.last_at is 'when the last of them failed';
comment on column failures_by_code.for_example is 'path of the book that failed last';
comment on column failures_by_code.error is 'what was said of that one';
comment on column failures_by_code.stage is 'as work.stage';
