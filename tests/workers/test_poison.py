"""Books that crash, hang or eat memory are given up with a reason; the others hardly notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books_drawn import cbz, picture
from tests.workers.processes import Workers
from tests.workers.queued_books import enqueue, states, wait_until_settled
from tests.workers.waiting import wait_until
from warehouse.database.connection import Connection, Database

RULES = "lease=4 attempts=3 stall=5 memory=360M"
EXPECTED = {
    "crash": ("worker-crashed", "stage text crashed its process by signal 6 (SIGABRT)"),
    "segfault": ("worker-crashed", "stage text crashed its process by signal 11 (SIGSEGV)"),
    "hang": ("stage-stalled", "stage text made no progress for 5 s"),
    "spin": ("stage-stalled", "stage text made no progress for 5 s"),
    "memory": ("worker-memory", "stage text took"),
    "stuck": ("stage-stalled", "stage text let nothing else run in its process for"),
}
PLACES = (3, 8, 13, 18, 23, 28)


def drawn(folder: Path, books: int, pages: int = 2) -> Path:
    for number in range(books):
        cbz(
            folder / f"Fox {number:03}.cbz",
            {f"{page}.png": picture(10 * number + page) for page in range(pages)},
        )
    return folder


def poisons(places: tuple[int, ...], stage: str = "text") -> list[str]:
    return [
        word
        for place, kind in zip(places, EXPECTED, strict=False)
        for word in ("--poison", f"{kind}:Fox {place:03}:{stage}")
    ]


def codes(connection: Connection) -> set[str]:
    return {code for (code,) in connection.execute("select error_code from work where state = 'quarantined'")}


def test_poison_is_given_up_and_the_others_are_done(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path
) -> None:
    books = 32
    enqueue(database, drawn(tmp_path / "books", books))
    workers.start("--concurrency", "4", "--seconds-a-page", "0.25", *poisons(PLACES), rules=RULES)
    wait_until_settled(connection, workers, seconds=120)
    wait_until(lambda: "worker-lost" not in codes(connection), "every reason is told", told=workers.log)
    for place, (code, said) in zip(PLACES, EXPECTED.values(), strict=True):
        state, attempts, error_code, error = states(connection, f"Fox {place:03}", "text")
        assert (state, attempts, error_code) == ("quarantined", 3, code), workers.log()
        assert str(error).startswith(said)
        assert "in attempt 3" in str(error)
    done = connection.execute(
        "select count(*) from work where stage = 'strips' and state = 'done'"
    ).fetchone()
    assert done == (books - len(PLACES),)
    again = connection.execute(
        "select count(*) from work where state = 'done' and attempts > 1"
        " and stage in ('pages', 'panels', 'text')"
    ).fetchone()
    assert again == (0,), "a process that reads one book at a time takes no other with it"
    by_book = connection.execute(
        "select error_code, count(*)::integer from book where status = 'error' group by 1 order by 1"
    ).fetchall()
    assert by_book == [("stage-stalled", 3), ("worker-crashed", 2), ("worker-memory", 1)]


@pytest.mark.parametrize("kind", ["crash", "hang"])
def test_companions_are_not_given_up_with_a_poisoned_book(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path, kind: str
) -> None:
    enqueue(database, drawn(tmp_path / "books", 6))
    worker = ("--concurrency", "1", "--poison", f"{kind}:Fox 002:page_types")
    workers.start(*worker, rules="lease=4 attempts=3 stall=3 memory=360M")
    wait_until_settled(connection, workers)
    wait_until(lambda: "worker-lost" not in codes(connection), "every reason is told", told=workers.log)
    state, attempts, code, _ = states(connection, "Fox 002", "page_types")
    assert (state, attempts, code) == ("quarantined", 3, EXPECTED[kind][0]), workers.log()
    others = connection.execute(
        "select w.stage, w.state, w.attempts from work w join book b on b.id = w.book_id"
        " where b.path not like '%/Fox 002.cbz'"
    ).fetchall()
    assert {state for _, state, _ in others} == {"done"}
    assert max(attempts for _, _, attempts in others) <= 2, "blamed at most once, then alone"
