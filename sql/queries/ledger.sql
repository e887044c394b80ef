-- add_work --
-- The stages of a book that are not in the ledger yet.
insert into work (book_id, stage)
select %(book_id)s, stage
from unnest(%(stages)s::text[]) as stage
on conflict do nothing

-- settle_work --
-- Of what is not done, the first stage of a book is ready, and those behind it wait for it.
update work w
set state = s.state, sent_at = null, updated_at = now()
from (
    select e.stage,
           case
               when bool_and(e.state = 'done') over (
                   order by array_position(%(stages)s::text[], e.stage)
                   rows between unbounded preceding and 1 preceding
               ) is not false then 'ready'
               else 'waiting'
           end as state
    from work e
    where e.book_id = %(book_id)s
) s
where w.book_id = %(book_id)s and w.stage = s.stage and w.state in ('ready', 'waiting') and w.state <> s.state

-- reset_work --
-- Make these stages of a book undone: their input has changed.
update work
set state = 'waiting', attempts = 0, lease_token = null, lease_until = null, lease_pid = null, lease_session = null,
    sent_at = null, error_code = null, error = null, updated_at = now()
where book_id = %(book_id)s
  and stage = any(%(stages)s)
  and (state not in ('ready', 'waiting') or attempts > 0)

-- reopen_work --
-- Another version of a book is to be read. What later stages have done stays done until its pages are known to differ.
update work
set state = 'waiting', attempts = 0, lease_token = null, lease_until = null, lease_pid = null, lease_session = null,
    sent_at = null, error_code = null, error = null, updated_at = now()
where book_id = %(book_id)s and (stage = 'pages' or state <> 'done')

-- claim_work --
-- Take one stage of one book, if it is free and all before it are done.
-- A lease is free again when its time is up or the database session that took it is gone, as long as it may be tried.
-- Where the server itself has begun anew since, no session tells anything: then only the time counts.
update work
set state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + %(lease)s, lease_pid = pg_backend_pid(),
    lease_session = (select backend_start from pg_stat_activity where pid = pg_backend_pid()),
    worker = %(worker)s, error_code = null, error = null, updated_at = now()
where (book_id, stage) = (
    select w.book_id, w.stage
    from work w
    where w.book_id = %(book_id)s
      and w.stage = %(stage)s
      and (
          w.state = 'ready'
          or w.state = 'leased' and w.attempts < %(attempts)s and (
              w.lease_until < now()
              or w.lease_session >= pg_postmaster_start_time() and not exists (
                  select from pg_stat_activity a
                  where a.pid = w.lease_pid and (a.backend_start is null or a.backend_start = w.lease_session)
              )
          )
      )
      and not exists (
          select from work e
          where e.book_id = w.book_id and e.stage = any(%(before)s) and e.state <> 'done'
      )
    for update skip locked
)
returning lease_token, attempts

-- renew_lease --
-- Also by another session than the one that took it: connections break and are made again.
update work
set lease_until = now() + %(lease)s, lease_pid = pg_backend_pid(),
    lease_session = (select backend_start from pg_stat_activity where pid = pg_backend_pid())
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- release_lease --
-- Give work back undone, as if it had not been taken.
update work
set state = 'ready', attempts = greatest(attempts - 1, 0), lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, sent_at = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- release_session --
-- The same for everything this session holds.
update work
set state = 'ready', attempts = greatest(attempts - 1, 0), lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, sent_at = null, updated_at = now()
where state = 'leased'
  and lease_pid = pg_backend_pid()
  and lease_session = (select backend_start from pg_stat_activity where pid = pg_backend_pid())

-- complete_work --
update work
set state = 'done', revision = %(revision)s, seconds = %(seconds)s, lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, error_code = null, error = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- fail_work --
-- again: what went wrong may be chance, so the stage is ready again until it has been tried often enough.
update work
set state = case when not %(again)s then 'failed' when attempts < %(attempts)s then 'ready' else 'quarantined' end,
    error_code = %(code)s, error = %(error)s, seconds = %(seconds)s, lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, sent_at = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'
returning state

-- lose_worker --
-- A process that died, or must: what it holds is ready again, or given up after several attempts. What the sweep has
-- taken from it before anybody knew why is told why.
update work w
set state = case when w.attempts < %(attempts)s then 'ready' else 'quarantined' end,
    error_code = %(code)s, error = format('stage %%s %%s in attempt %%s', w.stage, %(what)s::text, w.attempts),
    lease_token = null, lease_until = null, lease_pid = null, lease_session = null, sent_at = null,
    updated_at = case when w.state = 'leased' then now() else w.updated_at end
where w.worker = %(worker)s
  and (w.state = 'leased' or w.state in ('ready', 'quarantined') and w.error_code = 'worker-lost')
returning w.book_id, w.stage, w.state, w.error_code, w.error

-- lose_leases --
-- The same for leases whose time is up or whose session is gone, without a word from their holder. Where the server
-- has begun anew since it was renewed, that was no fault of the work: the attempt does not count.
update work w
set state = case
        when w.attempts < %(attempts)s or w.lease_session < pg_postmaster_start_time() then 'ready'
        else 'quarantined'
    end,
    attempts = w.attempts - (w.lease_session < pg_postmaster_start_time())::integer,
    error_code = 'worker-lost',
    error = format(
        'stage %%s ended without a word %%s, the last time on %%s', w.stage,
        case when w.attempts = 1 then 'once' else w.attempts || ' times' end, coalesce(w.worker, 'a process unknown')
    ),
    lease_token = null, lease_until = null, lease_pid = null, lease_session = null, sent_at = null, updated_at = now()
where (w.book_id, w.stage) in (
    select l.book_id, l.stage
    from work l
    where l.state = 'leased' and (
        l.lease_until < now()
        or l.lease_session >= pg_postmaster_start_time() and not exists (
            select from pg_stat_activity a
            where a.pid = l.lease_pid and (a.backend_start is null or a.backend_start = l.lease_session)
        )
    )
    for update skip locked
)
returning w.book_id, w.stage, w.state, w.error_code, w.error

-- end_still_writers --
-- A lease whose time is up can be locked by its holder, paused in the middle of writing: no timeout of the server
-- notices that within a COPY. Its session is ended, and with it the lock.
select pg_terminate_backend(a.pid)
from work w
join pg_stat_activity a on a.application_name = left(w.worker, 63)
where w.state = 'leased'
  and w.lease_until < now()
  and a.datname = current_database()
  and a.xact_start < now() - %(lease)s

-- outdated_stages --
-- The first stage of each of these books that was done by another revision.
select w.book_id, w.stage
from work w
join unnest(%(stages)s::text[], %(revisions)s::text[]) as r (stage, revision) using (stage)
where w.book_id = any(%(book_ids)s) and w.state = 'done' and w.revision is distinct from r.revision

-- work_of_book --
select stage, state, revision, error_code, error, seconds, updated_at, attempts
from work
where book_id = %(book_id)s

-- unsent_work --
-- The books with a stage of these ready that nobody has been told of, or not for a while, and that they now have been.
update work w
set sent_at = now()
where (w.book_id, w.stage) in (
    select r.book_id, r.stage
    from work r
    where r.stage = any(%(stages)s) and r.state = 'ready'
      and (r.sent_at is null or r.sent_at < now() - %(after)s::interval)
    order by r.sent_at nulls first
    limit %(most)s
    for update skip locked
)
returning w.book_id

-- forget_sent --
-- The broker has lost all messages. Rows that somebody is just claiming need none.
update work
set sent_at = null
where (book_id, stage) in (
    select s.book_id, s.stage
    from work s
    where s.state = 'ready' and s.sent_at is not null
    for update skip locked
)

-- ready_books --
-- Of these books, those with a stage of these that is ready, and that workers have been told of now.
update work w
set sent_at = now()
where w.book_id = any(%(book_ids)s) and w.stage = any(%(stages)s) and w.state = 'ready'
returning w.book_id

-- companions --
-- Books whose next stage is one of these and that have never gone wrong, to be worked on beside another.
select w.book_id
from work w
where w.stage = any(%(stages)s) and w.state = 'ready' and w.attempts = 0 and w.book_id <> %(book_id)s
order by w.sent_at
limit %(most)s

-- sign_on --
insert into worker (name, host, pid, queues)
values (%(name)s, %(host)s, %(pid)s, %(queues)s)
on conflict (name) do update
set queues = excluded.queues, seen_at = now()

-- sign_off --
delete from worker where name = %(worker)s

-- forget_workers --
-- Those that have not been seen for so long that nobody wonders any more.
delete from worker where seen_at < now() - interval '1 hour'

-- end_when_idle --
-- Of this session: sessions that hold something and stand still are ended by the server.
select set_config('idle_session_timeout', %(idle)s, false),
       set_config('idle_in_transaction_session_timeout', %(idle)s, false)

-- end_transaction_when_idle --
select set_config('idle_in_transaction_session_timeout', %(idle)s, false)

-- need_no_disk --
-- Of this session: its commits do not wait for the disk. What a crash of the server takes of claims, renewals and
-- failures is found out again: work is ready that was leased, and its holder is refused.
set synchronous_commit = off

-- sweeping --
-- Whether this session may sweep now: one at a time does.
select pg_try_advisory_lock(hashtextextended('comic-warehouse sweep', 0))

-- swept --
select pg_advisory_unlock(hashtextextended('comic-warehouse sweep', 0))
