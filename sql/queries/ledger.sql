-- add_work --
-- The stages of a book that are not in the ledger yet.
insert into work (book_id, stage)
select %(book_id)s, stage
from unnest(%(stages)s::text[]) as stage
on conflict do nothing

-- reset_work --
-- Make these stages of a book ready again: their input has changed.
update work
set state = 'ready', attempts = 0, lease_token = null, lease_until = null, lease_pid = null, lease_session = null,
    error_code = null, error = null, updated_at = now()
where book_id = %(book_id)s
  and stage = any(%(stages)s)
  and (state <> 'ready' or attempts > 0)

-- reopen_work --
-- Another version of a book is to be read. What later stages have done stays done until its pages are known to differ.
update work
set state = 'ready', attempts = 0, lease_token = null, lease_until = null, lease_pid = null, lease_session = null,
    error_code = null, error = null, updated_at = now()
where book_id = %(book_id)s and (stage = 'pages' or state <> 'done')

-- claim_work --
-- Take one stage of one book, if it is free and all before it are done.
-- A lease is free again when its time is up or the database session that took it is gone.
update work
set state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + %(lease)s, lease_pid = pg_backend_pid(),
    lease_session = (select backend_start from pg_stat_activity where pid = pg_backend_pid()),
    error_code = null, error = null, updated_at = now()
where (book_id, stage) = (
    select w.book_id, w.stage
    from work w
    where w.book_id = %(book_id)s
      and w.stage = %(stage)s
      and (
          w.state = 'ready'
          or w.state = 'leased' and (
              w.lease_until < now()
              or not exists (
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
update work
set lease_until = now() + %(lease)s
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- release_lease --
-- Give work back undone, as if it had not been taken.
update work
set state = 'ready', attempts = greatest(attempts - 1, 0), lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- release_session --
-- The same for everything this session holds.
update work
set state = 'ready', attempts = greatest(attempts - 1, 0), lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, updated_at = now()
where state = 'leased'
  and lease_pid = pg_backend_pid()
  and lease_session = (select backend_start from pg_stat_activity where pid = pg_backend_pid())

-- complete_work --
update work
set state = 'done', revision = %(revision)s, seconds = %(seconds)s, lease_token = null, lease_until = null,
    lease_pid = null, lease_session = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- fail_work --
update work
set state = 'failed', error_code = %(code)s, error = %(error)s, seconds = %(seconds)s, lease_token = null,
    lease_until = null, lease_pid = null, lease_session = null, updated_at = now()
where book_id = %(book_id)s and stage = %(stage)s and lease_token = %(token)s and state = 'leased'

-- outdated_stages --
-- The first stage of each of these books that was done by another revision.
select w.book_id, w.stage
from work w
join unnest(%(stages)s::text[], %(revisions)s::text[]) as r (stage, revision) using (stage)
where w.book_id = any(%(book_ids)s) and w.state = 'done' and w.revision is distinct from r.revision

-- work_of_book --
select stage, state, revision, error_code, error, seconds, updated_at
from work
where book_id = %(book_id)s

-- unfinished_books --
-- Books with work that can be taken, in the order they were added.
select distinct book_id
from work w
where w.state = 'ready'
  and not exists (select from work f where f.book_id = w.book_id and f.state in ('failed', 'quarantined'))
order by book_id
