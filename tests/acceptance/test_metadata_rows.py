"""What metadata leaves in the tables, from any source and however hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.books_drawn import cbz, comicinfo, picture
from tests.planted import PlantedProfile
from tests.unit.books.calibre_made import Library
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestSummary, ingest

PAGES = {"1.png": picture(1), "2.png": picture(2)}


def run(database: Database, *paths: Path) -> IngestSummary:
    return ingest(paths, database, PlantedProfile(), SilentProgress())


def rows(connection: Connection, sql: str) -> list[tuple[object, ...]]:
    return connection.execute(sql).fetchall()


def test_a_calibre_library(database: Database, connection: Connection, tmp_path: Path) -> None:
    comic = cbz(tmp_path / "made.cbz", PAGES).read_bytes()
    library = Library(tmp_path / "Library")
    library.add(
        "The Bell", "Ann Reed", {"cbz": comic}, series="Sea Tales", index=2.0, publisher="Harbour",
        language="eng", pubdate="1951-03-01", tags=["Sea"], pencillers=["Bo Lind"], read=1,
        identifiers={"isbn": "0306406152"},
    )  # fmt: skip
    library.add("Gone", "Ann Reed", {"cbz": None}, series="Sea Tales", index=3.0)
    summary = run(database, library.save())
    assert summary.outcomes == {"ingested": 1, "failed": 1}
    assert rows(
        connection,
        "select s.name, s.publisher, b.number, b.title, b.year, b.month, b.language"
        " from book b join series s on s.id = b.series_id where b.status = 'ready'",
    ) == [("Sea Tales", "Harbour", "2", "The Bell", 1951, 3, "en")]
    assert rows(connection, "select error_code, path like '%Gone (2)/Gone - Ann Reed.cbz' from book"
                " where status = 'error'") == [("path-missing", True)]  # fmt: skip
    assert rows(connection, "select role, person, source from credit order by 1") == [
        ("penciller", "Bo Lind", "calibre"),
        ("writer", "Ann Reed", "calibre"),
    ]
    assert rows(connection, "select kind, name, source from tag") == [("tag", "Sea", "calibre")]
    assert rows(connection, "select source, value, said_by from identifier") == [
        ("isbn", "9780306406157", "calibre")
    ]
    [(columns, day)] = rows(
        connection,
        "select metadata -> 'custom_columns', metadata -> 'day' from book where status = 'ready'",
    )
    assert (columns, day) == ({"pencillers": ["Bo Lind"], "read": ["1"]}, 1)


def test_sources_raw_text_and_details_are_kept(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    info = comicinfo(
        Series="Sea Tales", StoryArc="Tide,Ebb", StoryArcNumber="3", CommunityRating="4,5", Writer="Ann"
    )
    series = {"metadata": {"name": "Other", "publisher": "Harbour", "total_issues": 6, "status": "Ended"}}
    (tmp_path / "series.json").write_text(json.dumps(series))
    cbz(tmp_path / "x 7.cbz", PAGES, info)
    assert run(database, tmp_path).outcomes == {"ingested": 1}
    [(kept,)] = rows(connection, "select metadata from book")
    assert isinstance(kept, dict)
    wanted = {"series_name": "comicinfo", "publisher": "series.json", "number": "filename"}
    assert {name: kept["sources"][name] for name in wanted} == wanted
    assert set(kept["raw"]) == {"comicinfo.xml", "series.json"}
    assert kept["raw"]["comicinfo.xml"] == info.decode()
    assert kept["story_arcs"] == [{"name": "Tide", "number": "3"}, {"name": "Ebb", "number": None}]
    assert (kept["community_rating"], kept["series_status"], kept["issue_count"]) == (4.5, "Ended", 6)


LONG = "ü" * 50_000
HOSTILE = {
    "long": comicinfo(
        **dict.fromkeys(["Series", "Title", "Number", "Publisher", "Writer", "Genre", "Web"], LONG)
    ),
    "many": comicinfo(Series="S", Characters=",".join(f"c{place}" for place in range(20_000))),
    "control": "<ComicInfo><Series>a\x01\ud800b</Series></ComicInfo>".encode("utf-8", "surrogatepass"),
    "numbers": comicinfo(Series="S", Volume="2147483647", Count="9" * 5000, Year="0591", Number="9" * 5000),
    "numerals": comicinfo(Series="S", Number="-" + "9" * 60 + ".5e9", Volume="99999999999"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_metadata_costs_a_book(
    database: Database, connection: Connection, tmp_path: Path, name: str
) -> None:
    cbz(tmp_path / "a.cbz", PAGES, HOSTILE[name])
    (tmp_path / "series.json").write_text(
        '{"metadata": {"year": 1e999, "name": "a\\u0000\\ud800", "volume": []}}'
    )
    run(database, tmp_path)
    [(status, work)] = rows(
        connection, "select status, (select count(*) from work where state = 'done') from book"
    )
    assert (status, work) == ("partial", 6)
    [(code,)] = rows(connection, "select error_code from book")
    assert code == "metadata-broken"
