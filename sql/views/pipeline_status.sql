-- How far the work is: one row a stage, state and error code. books: how many; mean_seconds: of their last runs.
create or replace view pipeline_status as
select
  w.stage, w.state, w.error_code, count(*) as books, avg(w.seconds) as mean_seconds, max(w.updated_at) as last_change
from work w
group by w.stage, w.state, w.error_code;
comment on view pipeline_status is 'Books by stage, state and error code, with mean seconds';
comment on column pipeline_status.books is 'how many';
comment on column pipeline_status.mean_seconds is 'of their last runs';
comment on column pipeline_status.last_change is 'of any of these rows';
