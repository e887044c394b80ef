"""Slices, spreads, directions and scanners' pages on their way into the database, and on every later run."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.books_drawn import cbz, comicinfo, picture
from tests.database_rows import all_rows
from tests.planted import PlantedProfile, ShadeReader
from warehouse.cli.progress import SilentProgress
from warehouse.contracts import Pixels, ReadLine
from warehouse.database.connection import Connection, Database
from warehouse.database.store.editing import BookEdits, edit_book
from warehouse.geometry import Box
from warehouse.ingest import IngestOptions, ingest

LAYOUT = (
    "select p.seq, double_page, fold_x, chain, chain_y, predicted_type, n.seq, x, y, w, h, from_previous,"
    " to_next from page p left join panel n on n.page_id = p.id order by p.book_id, p.seq, n.seq"
)
BOOK = (
    "select reading_direction, round(direction_confidence::numeric, 2)::float,"
    " metadata #>> '{sources,direction}' from book order by id"
)


class ColumnReader(ShadeReader):
    """Five columns of Japanese on every page."""

    def read(self, page: Pixels) -> list[ReadLine]:
        return [ReadLine(Box(4 + 20 * place, 5, 12, 80), "なにがたのか", 0.9) for place in range(5)]


def profile_reading_columns() -> PlantedProfile:
    profile = PlantedProfile()
    profile.text_reader = ColumnReader()
    return profile


def run(database: Database, path: Path, profile: PlantedProfile | None = None) -> None:
    options = IngestOptions(refresh=True)
    assert ingest([path], database, profile or PlantedProfile(), SilentProgress(), options).exit_code in (
        0,
        1,
    )


def png(pixels: Pixels) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def slices(folder: Path, info: bytes | None = None) -> Path:
    """One long drawing cut into six pages of an ordinary shape."""
    cells = np.random.default_rng(3).integers(0, 255, (180, 24, 3), np.uint8)
    drawn = np.asarray(Image.fromarray(cells).resize((240, 1800), Image.Resampling.BICUBIC))
    pages = {f"{seq}.png": png(drawn[300 * seq : 300 * seq + 300]) for seq in range(6)}
    return cbz(folder / "strip.cbz", pages, info)


def pages(folder: Path, info: bytes | None = None) -> Path:
    entries = {f"{seq:02}.png": picture(seq) for seq in range(4)}
    spread = {"04-05.png": picture(4, size=(240, 180)), "zzz_mole.png": picture(5, size=(100, 100))}
    return cbz(folder / "owl.cbz", entries | spread, info)


def rerun(database: Database, connection: Connection, path: Path, *stages: str) -> None:
    """Run stages again as if another revision had done them."""
    connection.execute("update work set revision = 'older' where stage = any(%s)", (list(stages),))
    run(database, path, profile_reading_columns())


def test_slices_make_a_strip_of_a_book_that_did_not_say(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    run(database, slices(tmp_path))
    assert connection.execute(BOOK).fetchall() == [("vertical", 0.95, "slices")]
    places = connection.execute("select chain, chain_y from page order by seq").fetchall()
    assert places == [(0, 300 * seq) for seq in range(6)]
    [(joined, height)] = connection.execute("select count(*), sum(h) from panel_across_slices").fetchall()
    assert (joined, height) == (4, 2 * 1800)  # the planted detector quarters the strip


def test_a_declared_direction_stands(database: Database, connection: Connection, tmp_path: Path) -> None:
    run(database, slices(tmp_path, comicinfo(Manga="No")))
    assert connection.execute(BOOK).fetchall() == [("ltr", 1.0, "comicinfo")]
    assert connection.execute("select count(chain) from page").fetchall() == [(6,)]


def test_columns_turn_a_guess_round(database: Database, connection: Connection, tmp_path: Path) -> None:
    run(database, pages(tmp_path / "a", comicinfo(LanguageISO="en")), profile_reading_columns())
    assert connection.execute(BOOK).fetchall() == [("rtl", 0.95, "lines")]
    places = connection.execute(
        "select n.seq, x > 0, y > 0 from panel n join page p on p.id = n.page_id where p.seq = 0 order by 1"
    ).fetchall()
    assert places == [(0, True, False), (1, False, False), (2, True, True), (3, False, True)]


@pytest.mark.parametrize("stages", [["pages"], ["panels"], ["text"], ["pages", "panels", "text"]])
def test_every_later_run_comes_to_the_same(
    database: Database, connection: Connection, tmp_path: Path, stages: list[str]
) -> None:
    for path in (slices(tmp_path), pages(tmp_path)):
        run(database, path, profile_reading_columns())
    before = all_rows(connection), connection.execute(LAYOUT).fetchall(), connection.execute(BOOK).fetchall()
    assert [direction for direction, *_ in before[2]] == ["vertical", "rtl"]
    rerun(database, connection, tmp_path, *stages)
    after = all_rows(connection), connection.execute(LAYOUT).fetchall(), connection.execute(BOOK).fetchall()
    assert after == before


def test_a_person_has_the_last_word(database: Database, connection: Connection, tmp_path: Path) -> None:
    path = pages(tmp_path)
    run(database, path, profile_reading_columns())
    [(book_id,)] = connection.execute("select id from book").fetchall()
    with connection.transaction():
        assert edit_book(connection, book_id, BookEdits(values={"title": "Found"})) == []
    assert connection.execute(BOOK).fetchall() == [("rtl", 0.95, "lines")]
    with connection.transaction():
        edit_book(connection, book_id, BookEdits(values={"direction": "ltr"}))
    rerun(database, connection, path, "pages", "panels", "text")
    [(direction, confidence, _)] = connection.execute(BOOK).fetchall()
    assert (direction, confidence) == ("ltr", 1.0)


def test_spreads_and_scanners_pages_are_marked(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    run(database, pages(tmp_path))
    found = connection.execute("select double_page, predicted_type from page order by seq").fetchall()
    assert [double for double, _ in found] == [False] * 4 + [True, False]
    assert [kind for _, kind in found] == ["cover", *["story"] * 4, "scanner_tag"]
    [(probability, declared)] = connection.execute(
        "select predicted_probability, declared_type from page where seq = 5"
    ).fetchall()
    assert 0.5 < probability < 1
    assert declared is None
