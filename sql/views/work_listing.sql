-- Every piece of work with its book: ask with a state, since all of it is long.
-- since: when it came into its state; age_seconds: how long ago that is.
create or replace view work_listing as
select
  w.book_id, s.name as series, b.number, b.title, b.path, q.queue, w.stage, w.state, w.attempts, w.worker,
  w.updated_at as since, extract(epoch from now() - w.updated_at)::double precision as age_seconds,
  w.lease_until, w.seconds, w.error_code, w.error
from work w
join book b on b.id = w.book_id
left join series s on s.id = b.series_id
left join stage_queues q on q.stage = w.stage;
comment on view work_listing is 'Every piece of work with its book, its worker and its error';
comment on column work_listing.series is 'name of the series';
comment on column work_listing.queue is 'that carries the stage';
comment on column work_listing.since is 'when it came into its state';
comment on column work_listing.age_seconds is 'how long it has been in its state';
comment on column work_listing.stage is 'as work.stage';
