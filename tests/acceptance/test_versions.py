"""Files that are copied, moved, swapped, changed and broken between two runs."""

from __future__ import annotations

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.books_drawn import cbz, comicinfo, picture
from tests.database_rows import all_rows
from tests.planted import PlantedProfile, QuarterDetector
from warehouse.cli.progress import SilentProgress
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestSummary, ingest, register


def run(database: Database, *paths: Path, profile: PlantedProfile | None = None) -> IngestSummary:
    return ingest(paths, database, profile or PlantedProfile(), SilentProgress())


def rewrite(path: Path, pages: dict[str, bytes], info: bytes | None = None) -> None:
    """Other bytes at the same path, at another time than before whatever the clock's steps are."""
    before = path.stat().st_mtime_ns
    cbz(path, pages, info)
    os.utime(path, ns=(before + 10**9, before + 10**9))


def pictures(*seeds: int) -> dict[str, bytes]:
    return {f"{place}.png": picture(seed) for place, seed in enumerate(seeds)}


def paths_of_books(connection: Connection) -> dict[str, list[str]]:
    """Names of the files of each book, by the one it is read from."""
    rows = connection.execute(
        "select b.path, array_agg(p.path order by p.path) filter (where p.path is not null)"
        " from book b left join book_path p on p.book_id = b.id group by b.id, b.path"
    ).fetchall()
    return {Path(path).name: [Path(other).name for other in others or []] for path, others in rows}


def later_work(connection: Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select book_id, stage, updated_at from work where stage <> 'pages' order by 1, 2"
    ).fetchall()


def test_a_copy_takes_over_when_the_file_is_gone(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    first = cbz(tmp_path / "a.cbz", pictures(1, 2))
    copy = shutil.copy(first, tmp_path / "b.cbz")
    run(database, tmp_path)
    assert paths_of_books(connection) == {"a.cbz": ["a.cbz", "b.cbz"]}
    work = later_work(connection)
    first.unlink()
    assert run(database, Path(copy)).outcomes == {"skipped": 1}
    assert paths_of_books(connection) == {"b.cbz": ["b.cbz"]}
    assert later_work(connection) == work


def test_a_folder_is_the_same_book_elsewhere(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for file, data in pictures(1, 2).items():
            (tmp_path / name / file).write_bytes(data)
    assert run(database, tmp_path).outcomes == {"ingested": 1, "duplicate": 1}
    (tmp_path / "b" / "2.png").write_bytes(picture(3))
    assert run(database, tmp_path).outcomes == {"skipped": 1, "ingested": 1}
    assert paths_of_books(connection) == {"a": ["a"], "b": ["b"]}


@pytest.mark.parametrize("changed", ["a.cbz", "b.cbz"])
def test_a_changed_copy_becomes_a_book_of_its_own(
    changed: str, database: Database, connection: Connection, tmp_path: Path
) -> None:
    cbz(tmp_path / "a.cbz", pictures(1, 2))
    shutil.copy(tmp_path / "a.cbz", tmp_path / "b.cbz")
    run(database, tmp_path)
    connection.execute(
        "insert into book_edit (book_id, field, value) select id, 'title', '\"Mine\"' from book"
    )
    rewrite(tmp_path / changed, pictures(1, 3))
    other = {"a.cbz", "b.cbz"} - {changed}
    assert run(database, tmp_path / changed).outcomes == {"ingested": 1}
    assert paths_of_books(connection) == {changed: [changed], **{name: [name] for name in other}}
    assert connection.execute("select count(*) from book_edit where field = 'title'").fetchall() == [(2,)]
    assert run(database, tmp_path).outcomes == {"skipped": 2}


def test_copies_changed_alike_stay_one_book(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / "a.cbz", pictures(1, 2))
    shutil.copy(book, tmp_path / "b.cbz")
    run(database, tmp_path)
    rewrite(book, pictures(3))
    shutil.copy(book, tmp_path / "b.cbz")
    assert run(database, tmp_path).outcomes == {"ingested": 1, "duplicate": 1}
    assert paths_of_books(connection) == {"a.cbz": ["a.cbz", "b.cbz"]}
    assert connection.execute("select count(*) from page").fetchall() == [(1,)]


def test_books_follow_their_bytes_when_files_swap_names(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        cbz(tmp_path / f"{number}.cbz", pictures(number, 10 + number), comicinfo(Number=str(number)))
    run(database, tmp_path)
    before: dict[str, int] = dict(connection.execute("select number, id from book").fetchall())
    work = later_work(connection)
    (tmp_path / "3.cbz").rename(tmp_path / "4.cbz")
    (tmp_path / "2.cbz").rename(tmp_path / "3.cbz")
    (tmp_path / "1.cbz").rename(tmp_path / "2.cbz")
    run(database, tmp_path)
    run(database, tmp_path)
    assert dict(connection.execute("select number, id from book").fetchall()) == before
    assert paths_of_books(connection) == {name: [name] for name in ("2.cbz", "3.cbz", "4.cbz")}
    assert later_work(connection) == work


def test_a_file_overwritten_with_another_book_is_missed(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    first = cbz(tmp_path / "a.cbz", pictures(1, 2))
    second = cbz(tmp_path / "b.cbz", pictures(3, 4))
    run(database, tmp_path)
    kept = second.read_bytes()
    shutil.copy(first, second)
    assert run(database, tmp_path).outcomes == {"skipped": 1, "duplicate": 1}
    assert paths_of_books(connection) == {"a.cbz": ["a.cbz", "b.cbz"], "b.cbz": []}
    assert connection.execute("select count(*) from page").fetchall() == [(4,)], "nothing is purged unasked"
    (tmp_path / "c.cbz").write_bytes(kept)
    run(database, tmp_path)
    assert paths_of_books(connection) == {"a.cbz": ["a.cbz", "b.cbz"], "c.cbz": ["c.cbz"]}
    assert connection.execute("select distinct status from book").fetchall() == [("ready",)]


def test_a_half_download_leaves_what_was_read_before(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / "a.cbz", pictures(1, 2))
    whole = book.read_bytes()
    run(database, book)
    before = all_rows(connection)
    work = later_work(connection)
    book.write_bytes(whole[: len(whole) // 3])
    assert run(database, book).outcomes == {"failed": 1}
    [(status, code, error)] = connection.execute("select status, error_code, error from book").fetchall()
    assert status == "error"
    assert code
    assert error.endswith("(what was read of it before is kept)")
    after = all_rows(connection)
    assert {name: rows for name, rows in after.items() if name not in ("book", "work")} == {
        name: rows for name, rows in before.items() if name not in ("book", "work")
    }
    assert connection.execute("select count(*) from panel_listing").fetchall() == [(8,)]
    assert run(database, book).outcomes == {"failed": 1}
    book.write_bytes(whole)
    assert run(database, book).outcomes == {"ingested": 1}
    assert all_rows(connection) == before
    assert later_work(connection) == work


def test_new_metadata_alone_costs_one_look_at_the_pages(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / "a.cbz", pictures(1, 2), comicinfo(Series="Tin Owl", LanguageISO="en"))
    run(database, book)
    work = later_work(connection)
    rewrite(book, pictures(1, 2), comicinfo(Series="Tin Owl", Number="7", LanguageISO="en"))
    assert run(database, book).outcomes == {"ingested": 1}
    assert connection.execute("select number, status from book").fetchall() == [("7", "ready")]
    assert later_work(connection) == work
    rewrite(book, pictures(1, 2), comicinfo(Series="Tin Owl", Number="7", Manga="YesAndRightToLeft"))
    run(database, book)
    assert later_work(connection) != work


def test_new_pages_are_never_seen_with_old_panels(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    seen: list[tuple[Any, ...]] = []

    class Looking(QuarterDetector):
        def detect(self, page: Pixels) -> list[DetectedPanel]:
            seen.extend(
                connection.execute(
                    "select p.seq, (select count(*) from panel n where n.page_id = p.id),"
                    " (select count(*) from text_line l where l.page_id = p.id), p.words,"
                    " (select count(*) from page_visual v where v.page_id = p.id),"
                    " (select count(*) from strip s where s.page_id = p.id), p.predicted_type from page p"
                ).fetchall()
            )
            return super().detect(page)

    book = cbz(tmp_path / "a.cbz", pictures(1, 2, 3))
    run(database, book)
    rewrite(book, pictures(1, 9, 3, 4))
    profile = PlantedProfile()
    profile.panel_detector = Looking()
    assert run(database, book, profile=profile).outcomes == {"ingested": 1}
    assert set(seen) == {
        (1, 0, 0, 0, 0, 0, None),
        (3, 0, 0, 0, 0, 0, None),
        *(row for row in seen if row[0] in (0, 2)),
    }
    assert {row[1:] for row in seen if row[0] == 2} == {(4, 1, 6, 1, 1, None)}, (
        "the same picture keeps its panels"
    )


def test_labels_go_with_their_pictures(database: Database, connection: Connection, tmp_path: Path) -> None:
    book = cbz(tmp_path / "a.cbz", pictures(1, 2, 3))
    run(database, book)
    connection.execute("update page set labelled_type = 'letters' where seq = 1")
    connection.execute("update page set labelled_type = 'recap' where seq = 2")
    rewrite(book, pictures(9, 1, 2, 4))
    run(database, book)
    found = connection.execute("select seq, labelled_type from page order by seq").fetchall()
    assert found == [(0, None), (1, None), (2, "letters"), (3, None)]


def test_two_runs_make_one_book_of_the_same_bytes(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / "0.cbz", pictures(1))
    copies = [Path(shutil.copy(book, tmp_path / f"{number}.cbz")) for number in range(1, 8)]
    start = threading.Barrier(len(copies))

    def registered(path: Path) -> str:
        with database.connect(autocommit=True) as own:
            start.wait()
            return register(own, path).outcome

    with ThreadPoolExecutor(len(copies)) as runs:
        outcomes = sorted(runs.map(registered, copies))
    assert outcomes == ["duplicate"] * 6 + ["new"]
    assert connection.execute("select count(*) from book").fetchall() == [(1,)]
    rewrite(copies[0], pictures(2))
    with ThreadPoolExecutor(len(copies)) as runs:
        list(runs.map(registered, [copies[0]] * len(copies)))
    assert connection.execute("select count(*) from book").fetchall() == [(2,)]
