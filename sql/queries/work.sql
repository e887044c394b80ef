-- listed_works --
-- Work in some states, of some books (null: of all), with an error code (null: with any or none), latest first.
select book_id, series, number, path, stage, state, attempts, since, age_seconds, worker, error_code, error
from work_listing
where state = any(%(states)s)
  and (%(book_ids)s::bigint[] is null or book_id = any(%(book_ids)s))
  and (%(code)s::text is null or error_code = %(code)s)
order by since desc, book_id, stage
limit %(most)s

-- works_counted --
select count(*)
from work w
where w.state = any(%(states)s)
  and (%(book_ids)s::bigint[] is null or w.book_id = any(%(book_ids)s))
  and (%(code)s::text is null or w.error_code = %(code)s)

-- given_up_codes --
select distinct error_code
from work
where state in ('failed', 'quarantined') and error_code is not null
order by error_code

-- given_up_books --
-- The books of which something failed or was given up: all of them, or those with this code.
select distinct book_id
from work
where state in ('failed', 'quarantined') and (%(code)s::text is null or error_code = %(code)s)
order by book_id

-- drop_work --
-- Registering the book again puts back what is missing.
delete from work where book_id = %(book_id)s and state <> 'done'
