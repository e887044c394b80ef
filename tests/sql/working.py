"""Work in every state, failures of several kinds and workers, planted beside the library of scholars.py."""

from __future__ import annotations

from warehouse.database.connection import Connection

FINISHED = (
    "update work set updated_at = now() - (book_id %% 50 + 1) * interval '3 minutes', attempts = 1,"
    " worker = 'planted:' || 100 + book_id %% 2 where state = 'done'"
)
LATER = ("page_types", "panel_vectors", "strips")


def plant_work(connection: Connection) -> None:
    """Most of the planted books are done; the last ones are ready, under way, failed or given up."""
    connection.execute(FINISHED.encode(), ())
    books = [
        int(book)
        for (book,) in connection.execute(
            "select distinct book_id from work where stage = 'text' order by book_id desc limit 5"
        ).fetchall()
    ]
    for place, (state, code) in enumerate(
        (
            ("ready", None),
            ("leased", None),
            ("leased", None),
            ("failed", "decoder-timeout"),
            ("quarantined", "worker-lost"),
        )
    ):
        _stop_at_text(connection, books[place], state, code, hours=place)
    connection.execute(
        "update work set lease_token = gen_random_uuid(),"
        " lease_until = now() + (case attempts when 2 then -1 else 1 end) * interval '1 minute'"
        " where state = 'leased'"
    )
    connection.execute(
        "insert into worker (name, host, pid, queues, started_at, seen_at)"
        " select 'planted:' || n, 'planted', n, array['io', 'cpu'], now() - interval '1 day',"
        " now() - (n - 100) * interval '1 minute' from generate_series(100, 101) n"
    )


def _stop_at_text(connection: Connection, book: int, state: str, code: str | None, *, hours: int) -> None:
    connection.execute(
        "update work set state = %s, updated_at = now() - make_interval(hours => %s), seconds = null,"
        " attempts = %s, worker = 'planted:100', error_code = %s::text,"
        " error = case when %s::text is not null then 'as planted' end"
        " where book_id = %s and stage = 'text'",
        (state, hours, hours, code, code, book),
    )
    connection.execute(
        "update work set state = 'waiting', seconds = null, worker = null, attempts = 0"
        " where book_id = %s and stage = any(%s)",
        (book, list(LATER)),
    )
