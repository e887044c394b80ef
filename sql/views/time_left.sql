-- How long the pipeline still takes, in one row: the seconds of work that are left, by what a book takes in each stage,
-- over the seconds of work done a second in the last ten minutes.  It holds while the workers stay as they are and the
-- books to come are like those done.  seconds_left is null while nothing was done in the last ten minutes, 0 when
-- nothing is left.  unknown_stages: stages with work left of which none was ever done: their time is missing in it.
create or replace view time_left as
select
  sum(p.left_to_do)::bigint as left_to_do, sum(p.works_a_minute) as works_a_minute,
  max(p.pages_a_minute) as pages_a_minute,
  case
    when sum(p.left_to_do) = 0 then 0
    else sum(p.left_to_do * p.mean_seconds) / nullif(sum(p.workers_busy), 0)
  end as seconds_left,
  count(*) filter (where p.left_to_do > 0 and p.mean_seconds is null) as unknown_stages
from work_pace p;
comment on view time_left is 'What is left to do, at which rate, and how long it still takes';
comment on column time_left.left_to_do is 'stages of books, as in work_pace';
comment on column time_left.works_a_minute is 'stages of books done a minute, in the last ten';
comment on column time_left.pages_a_minute is 'pages a minute of the fastest stage, in the last ten';
comment on column time_left.seconds_left is 'at the pace of the last ten minutes; null: nothing is being done';
comment on column time_left.unknown_stages is 'stages with work left that were never run: not in seconds_left';
