"""A large library in the middle of its first ingest: planted rows, no books behind them."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.records import STAGES

PER_SECOND = 20
"""Stages finished a second in the last minutes before now."""

_BOOKS = """
insert into book (path, page_count, status, file_bytes, metadata)
select '/library/' || n %% 1000 || '/book ' || n || '.cbz', 24,
       case when n <= %(books)s / 2 then 'ready' when n %% 1000 = 7 then 'error' else 'new' end,
       50000000,
       jsonb_build_object('raw', repeat(md5(n::text), 32))
from generate_series(1, %(books)s) n
"""

_PAGES = """
insert into page (book_id, seq, entry, text)
select 1 + n %% %(books)s, n / %(books)s, n || '.jpg', repeat(md5(n::text), 24)
from generate_series(0, %(pages)s - 1) n
"""

_WORK = """
insert into work (
    book_id, stage, revision, state, attempts, worker, seconds, updated_at, lease_token, lease_until,
    error_code, error
)
select b.id, s.stage, 'planted 1', t.state, case when t.state in ('ready', 'waiting') then 0 else 1 end,
       case when t.state in ('done', 'leased') then 'machine:' || b.id %% 8 end,
       case when t.state = 'done' then 2.5 end,
       now() - make_interval(secs => case
           when t.state <> 'done' then b.id %% 600
           when p.at < 7 then 3600
           else (%(books)s / 2 - b.id) * 6.0 / %(per_second)s + 6 - s.place
       end),
       case when t.state = 'leased' then gen_random_uuid() end,
       case when t.state = 'leased' then now() + interval '1 hour' end,
       case t.state when 'failed' then 'archive-broken' when 'quarantined' then 'worker-crashed' end,
       case when t.state in ('failed', 'quarantined') then 'as planted' end
from book b
cross join unnest(%(stages)s::text[]) with ordinality s (stage, place)
cross join lateral (
    select case when b.id <= %(books)s / 2 then 7 when b.id %% 5 = 0 then 1 + b.id %% 6 else 1 end as at
) p
cross join lateral (
    select case
        when s.place < p.at then 'done'
        when s.place > p.at then 'waiting'
        when b.id between %(books)s / 2 and %(books)s / 2 + 40 then 'leased'
        when b.id %% 1000 = 7 then 'failed'
        when b.id %% 3000 = 11 then 'quarantined'
        else 'ready'
    end as state
) t
"""

_WORKERS = """
insert into worker (name, host, pid, queues)
select 'machine:' || n, 'machine', n, '{io,cpu,gpu,export}' from generate_series(0, 7) n
"""


def fill_ledger(connection: Connection, works: int, pages: int) -> int:
    """Fill an empty, migrated database; returns how many rows of work there are now.

    Half of the books are done, at 20 stages a second until now; of the others most wait for stage `pages`, a
    fifth is somewhere on the way, 40 are under way, some have failed or been given up.  connection: in
    autocommit.
    """
    values = {
        "books": -(-works // len(STAGES)),
        "pages": pages,
        "stages": list(STAGES),
        "per_second": PER_SECOND,
    }
    for command in (_BOOKS, _PAGES, _WORK, _WORKERS):
        connection.execute(command, values)
    for table in ("book", "page", "work", "worker"):
        connection.execute(f"vacuum analyze {table}".encode())
    [count] = connection.execute("select count(*) from work").fetchone() or (0,)
    return int(count)
