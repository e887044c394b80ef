-- paths_of_books --
-- Also the path of a book that has lost all of its own to other books' bytes.
select book_id, path, true
from book_path
union all
select b.id, b.path, false
from book b
where not exists (select from book_path p where p.book_id = b.id)
order by 2, 1

-- book_counts --
select s.status, (select count(*) from book b where b.status = s.status)
from (values ('error'), ('new'), ('partial'), ('ready')) s (status)
order by s.status

-- failure_counts --
-- Books by error code; a page's own codes are in table page.
select b.error_code, count(*)
from book b
where b.status in ('error', 'partial', 'new') and b.error_code is not null
group by b.error_code
order by b.error_code

-- is_small --
-- Whether there are at most so many pages and paths; looks at no more than that.
select (select count(*) from (select from page limit %(most)s + 1) p) <= %(most)s
   and (select count(*) from (select from book_path limit %(most)s + 1) p) <= %(most)s

-- object_counts --
select (select count(*) from page), (select count(*) from panel), (select count(*) from text_line),
       (select count(*) from strip)

-- unreadable_pages --
select count(*) from page where status = 'error'

-- rows_of_table --
-- How many rows the planner takes a table for, as far as it was ever analysed.
select c.relname, greatest(
           c.reltuples * pg_relation_size(c.oid) / current_setting('block_size')::integer / greatest(c.relpages, 1), 0
       )::bigint
from pg_class c
where c.oid = any(array['page', 'panel', 'text_line', 'strip']::regclass[])

-- stage_statuses --
-- Both in one statement, so that they are of one moment.
select s.stage, s.queue, s.waiting, s.blocked, s.ready, s.leased, s.done, s.failed, s.quarantined,
       p.works_a_minute, p.pages_a_minute, p.mean_seconds, p.workers_busy
from stage_states s
join stage_pace p on p.stage = s.stage
order by s.place

-- oldest_works --
select stage, queue, state, works, age_seconds, overdue from oldest_work order by place, state

-- worker_statuses --
select l.name, w.queues, l.started_at, l.seen_seconds, l.held, l.oldest_seconds, l.done
from worker_listing l
join worker w on w.name = l.name
order by l.name

-- leased_works --
select book_id, series, number, path, stage, state, attempts, since, age_seconds, worker, error_code, error
from work_listing
where state = 'leased'
order by since, book_id
limit %(most)s

-- given_up_works --
-- Work that failed or was given up, by state and code: how much, and the latest of it.
select g.works, l.book_id, l.series, l.number, l.path, l.stage, l.state, l.attempts, l.since, l.age_seconds,
       l.worker, l.error_code, l.error
from (
    select w.book_id, w.stage,
           count(*) over (partition by w.state, w.error_code) as works,
           row_number() over (partition by w.state, w.error_code order by w.updated_at desc, w.book_id) as place
    from work w
    where w.state in ('failed', 'quarantined')
) g
join work_listing l on l.book_id = g.book_id and l.stage = g.stage
where g.place <= %(most)s
order by g.works desc, l.state, l.error_code, g.place
