-- How fast work is done over time, by stage: for time series.  One row a stage and step between since and until, steps
-- without work too; the step that is still running is left out, since its rate would look like a fall.
-- time: begin of the step.  works_a_minute: stages of books finished.  pages_a_minute: pages of those books.
-- mean_seconds: a book takes in that stage; null where none was done.  Order: time, then stages as they run.
create or replace function work_rate(since timestamptz, until timestamptz, step interval)
returns table (
  "time" timestamptz, stage text, works_a_minute double precision, pages_a_minute double precision,
  mean_seconds double precision
)
language sql stable
begin atomic
  with steps as materialized (
    select
      extract(epoch from work_rate.step)::double precision as width,
      floor(extract(epoch from work_rate.since) / extract(epoch from work_rate.step))::bigint as first,
      floor(extract(epoch from least(work_rate.until, now())) / extract(epoch from work_rate.step))::bigint - 1 as last
  ),
  finished as materialized (
    select
      floor(extract(epoch from w.updated_at)::double precision / s.width)::bigint as number,
      w.stage, count(*) as works, sum(b.page_count) as pages, avg(w.seconds) as mean_seconds
    from steps s
    cross join work w
    join book b on b.id = w.book_id
    where w.state = 'done'
      and w.updated_at >= to_timestamp(s.first * s.width) and w.updated_at < to_timestamp((s.last + 1) * s.width)
    group by 1, w.stage
  )
  select
    to_timestamp(n.number * s.width), q.stage, coalesce(f.works, 0) * 60 / s.width,
    coalesce(f.pages, 0) * 60 / s.width, f.mean_seconds
  from steps s
  cross join stage_queues q
  cross join lateral generate_series(s.first, s.last) n (number)
  left join finished f on f.number = n.number and f.stage = q.stage
  order by n.number, q.place;
end;
comment on function work_rate is 'Stages of books and pages done a minute, by stage, over time';
