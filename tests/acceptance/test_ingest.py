"""What becomes of books, good and bad, on their way in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books_drawn import cbz, comicinfo, library, picture
from tests.database_rows import all_rows
from tests.planted import PlantedProfile, ShadeReader
from warehouse.cli.progress import SilentProgress
from warehouse.contracts import Pixels, ReadLine
from warehouse.database.connection import Connection, Database
from warehouse.errors import BookError
from warehouse.ingest import IngestOptions, IngestSummary, ingest
from warehouse.records import STAGES


def run(database: Database, *paths: Path, **options: bool) -> IngestSummary:
    return ingest(paths, database, PlantedProfile(), SilentProgress(), IngestOptions(**options))  # type: ignore[arg-type]


def test_every_stage_of_every_book_is_done(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    summary = run(database, library(tmp_path, books=2, pages=3))
    assert summary.outcomes == {"ingested": 2}
    assert summary.exit_code == 0
    work = connection.execute("select stage, state, count(*) from work group by 1, 2").fetchall()
    assert sorted(work) == sorted((stage, "done", 2) for stage in STAGES)
    [(panels, strips, contexts)] = connection.execute(
        "select (select count(*) from panel_embedding), (select count(*) from strip_embedding),"
        " (select count(*) from panel_context)"
    ).fetchall()
    assert (panels, strips, contexts) == (16, 4, 16)  # two story pages a book, four panels each


def test_bad_books_are_rows_and_the_batch_goes_on(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    (tmp_path / "noise.cbz").write_bytes(b"not an archive at all")
    (tmp_path / "nothing.cbz").write_bytes(b"")
    cbz(tmp_path / "words.cbz", {"read me.txt": b"no pictures"})
    cbz(tmp_path / "one bad.cbz", {"1.png": picture(1), "2.png": picture(2)[:90], "3.png": picture(3)})
    cbz(tmp_path / "bad xml.cbz", {"1.png": picture(4), "2.png": picture(5)}, b"<ComicInfo><Series>Half")
    cbz(tmp_path / "good.cbz", {"1.png": picture(6), "2.png": picture(7)}, comicinfo(Series="Good"))
    summary = run(database, tmp_path)
    assert summary.outcomes == {"ingested": 1, "partial": 2, "failed": 3}
    assert summary.exit_code == 3
    found = connection.execute("select path, status, error_code, error from book").fetchall()
    states = {Path(path).name: (status, code) for path, status, code, _ in found}
    assert states == {
        "noise.cbz": ("error", "not-an-archive"),
        "nothing.cbz": ("error", "file-empty"),
        "words.cbz": ("error", "no-pages"),
        "one bad.cbz": ("partial", "pages-unreadable"),
        "bad xml.cbz": ("partial", "metadata-broken"),
        "good.cbz": ("ready", None),
    }
    assert all(error and "\n" not in error for _, status, _, error in found if status != "ready")
    pages = connection.execute(
        "select p.seq, p.status from page p join book b on b.id = p.book_id where path like '%one bad%'"
        " order by 1"
    ).fetchall()
    assert pages == [(0, "ready"), (1, "error"), (2, "ready")]


def test_only_failures_is_exit_code_1(database: Database, tmp_path: Path) -> None:
    (tmp_path / "noise.cbz").write_bytes(b"not an archive at all")
    assert run(database, tmp_path).exit_code == 1


def test_a_missing_path_is_named(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="nowhere"):
        run(database, tmp_path / "nowhere")


def test_a_failed_book_is_tried_again_when_asked_or_changed(database: Database, tmp_path: Path) -> None:
    book = tmp_path / "book.cbz"
    book.write_bytes(b"half a download")
    assert run(database, book).outcomes == {"failed": 1}
    assert run(database, book).outcomes == {"failed": 1}
    cbz(book, {"1.png": picture(1), "2.png": picture(2)})
    assert run(database, book).outcomes == {"ingested": 1}


def test_a_changed_file_replaces_its_rows_and_keeps_labels(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    pages = {f"{seq}.png": picture(seq) for seq in range(4)}
    book = cbz(tmp_path / "book.cbz", pages)
    run(database, book)
    connection.execute("update page set labelled_type = 'advertisement' where seq in (1, 2)")
    del pages["3.png"]
    pages["2.png"] = picture(99)
    cbz(book, pages)
    os.utime(book, ns=(1, 1))
    assert run(database, book).outcomes == {"ingested": 1}
    found = connection.execute("select seq, labelled_type, page_type from page order by seq").fetchall()
    assert found == [(0, None, "cover"), (1, "advertisement", "advertisement"), (2, None, "story")]
    assert connection.execute("select count(*) from book").fetchall() == [(1,)]


def test_the_same_bytes_are_one_book(database: Database, connection: Connection, tmp_path: Path) -> None:
    book = cbz(tmp_path / "a.cbz", {"1.png": picture(1), "2.png": picture(2)})
    shutil.copy(book, tmp_path / "b.cbz")
    assert run(database, tmp_path).outcomes == {"ingested": 1, "duplicate": 1}
    book.rename(tmp_path / "c.cbz")
    assert run(database, tmp_path / "c.cbz").outcomes == {"skipped": 1}
    assert connection.execute("select path from book").fetchall() == [(str(tmp_path / "c.cbz"),)]


def test_a_touched_file_is_not_redone(database: Database, tmp_path: Path) -> None:
    book = cbz(tmp_path / "a.cbz", {"1.png": picture(1)})
    run(database, book)
    os.utime(book, ns=(1, 1))
    assert run(database, book).outcomes == {"skipped": 1}


def test_refresh_redoes_what_another_revision_did(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / "a.cbz", {"1.png": picture(1), "2.png": picture(2)})
    run(database, book)
    before = all_rows(connection)
    connection.execute("update work set revision = 'older' where stage = 'text'")
    assert run(database, book).outcomes == {"skipped": 1}
    assert run(database, book, refresh=True).outcomes == {"ingested": 1}
    assert all_rows(connection) == before


def test_a_crash_in_a_library_costs_one_book(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    class Choking(ShadeReader):
        def read(self, page: Pixels) -> list[ReadLine]:
            if page.shape[1] == 124:
                raise ZeroDivisionError("a page\nof odd width")
            return super().read(page)

    cbz(tmp_path / "a.cbz", {"1.png": picture(1, size=(124, 180))})
    cbz(tmp_path / "b.cbz", {"1.png": picture(2)})
    profile = PlantedProfile()
    profile.text_reader = Choking()
    summary = ingest([tmp_path], database, profile, SilentProgress())
    assert summary.outcomes == {"failed": 1, "ingested": 1}
    [problem] = summary.problems
    assert problem.error_code == "internal-error"
    assert problem.error == "stage text failed with ZeroDivisionError: a page"
    assert connection.execute("select count(*) from page").fetchall() == [(2,)], "what was stored stays"


def test_an_interrupted_stage_is_given_back(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    class Interrupted(ShadeReader):
        def read(self, page: Pixels) -> list[ReadLine]:
            raise KeyboardInterrupt

    cbz(tmp_path / "a.cbz", {"1.png": picture(1)})
    profile = PlantedProfile()
    profile.text_reader = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        ingest([tmp_path], database, profile, SilentProgress())
    assert connection.execute("select state, attempts from work where stage = 'text'").fetchall() == [
        ("ready", 0)
    ]
    assert run(database, tmp_path).outcomes == {"ingested": 1}


def test_a_long_book_is_not_held_in_memory(database: Database, tmp_path: Path) -> None:
    """300 pages of 0.9 MB of pixels each may not cost what 6 of them would not."""
    pages = [picture(seq, size=(480, 640), kind="JPEG") for seq in range(6)]
    short = cbz(tmp_path / "short.cbz", {f"{seq}.jpg": pages[seq] for seq in range(6)})
    long = cbz(tmp_path / "long.cbz", {f"{seq:03}.jpg": pages[seq % 6] for seq in range(300)})
    peaks = [_peak_memory(database, book) for book in (short, long)]
    assert peaks[1] - peaks[0] < 150 * 2**20


def _peak_memory(database: Database, book: Path) -> int:
    program = Path(__file__).with_name("ingesting.py")
    code = (
        "import resource, runpy, sys\n"
        f"sys.argv = [{str(program)!r}, {database.url!r}, '0', {str(book)!r}]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as stop: assert stop.code == 0, stop.code\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.splitlines()[-1]) * 1024
