"""series.json, as Mylar writes it beside the books of a series."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.books.books_made import drawing, make_zip, picture
from tests.unit.books.test_comicbookinfo import JSON
from warehouse.books.limits import Limits
from warehouse.books.metadata import BookMetadata, Identifier, Tag, gather_metadata
from warehouse.books.neighbours import neighbour
from warehouse.books.reading import open_book
from warehouse.books.series_json import parse_series_json
from warehouse.errors import BookError

FULL = {
    "type": "comicSeries", "name": "The Sea Tales", "comicid": "4050-771", "year": 1951,
    "publisher": "Harbour",
    "imprint": "Quay", "volume": None, "booktype": "TPB", "age_rating": "Teen", "total_issues": 6,
    "publication_run": "March 1951 - Present", "status": "Continuing", "ComicImage": "https://a.example/x.jpg",
    "description_text": None, "description_formatted": "<p>Tales of the <b>sea</b>.</p>", "collects": None,
}  # fmt: skip


def book_in(folder: Path, name: str) -> BookMetadata:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "series.json").write_text(json.dumps({"version": "1.0.2", "metadata": FULL}))
    path = make_zip(folder / name, [("1.png", picture(drawing(40, 60)))])
    return gathered(path)


def gathered(path: Path) -> BookMetadata:
    with open_book(path) as book:
        return gather_metadata(path, book)


def test_every_field() -> None:
    said = parse_series_json(json.dumps({"metadata": FULL}).encode())
    assert (said.source, said.series, said.series_start_year) == ("series.json", "The Sea Tales", 1951)
    assert (said.year, said.volume, said.count, said.publisher) == (None, None, 6, "Harbour")
    assert (said.format, said.age_rating, said.tags) == ("TPB", "Teen", (("imprint", "Quay"),))
    assert said.identifiers == (("comicvine-series", "771"),)
    assert (said.details.series_status, said.details.series_summary) == ("Continuing", "Tales of the sea.")
    assert said.complaints == ()


def test_older_files_have_the_fields_outside_and_numbers_as_text() -> None:
    said = parse_series_json(
        b'{"name": "Sea", "year": "1951", "comicId": 771, "volume": "2", "booktype": "Print"}'
    )
    assert (said.series, said.series_start_year, said.volume, said.format) == ("Sea", 1951, 2, None)
    assert said.identifiers == (("comicvine-series", "771"),)


def test_it_knows_the_series_better_than_a_file_name(tmp_path: Path) -> None:
    known = book_in(tmp_path / "Sea", "sea_tales 002 (1952).cbz")
    assert (known.series_name, known.number, known.year) == ("The Sea Tales", "2", 1952)
    assert (known.series_start_year, known.issue_count, known.publisher) == (1951, 6, "Harbour")
    assert known.sources["series_name"] == known.sources["publisher"] == "series.json"
    assert known.sources["number"] == known.sources["year"] == "filename"
    assert Identifier("comicvine-series", "771", "series.json") in known.identifiers
    assert Tag("imprint", "Quay", "series.json") in known.tags
    assert (known.summary, known.details.series_summary) == (None, "Tales of the sea.")
    assert json.loads(known.raw["series.json"])["metadata"]["name"] == "The Sea Tales"


def test_an_annual_among_the_issues_is_a_series_of_its_own(tmp_path: Path) -> None:
    known = book_in(tmp_path / "Sea", "The Sea Tales Annual 001 (1953).cbz")
    assert (known.series_name, known.sources["series_name"]) == ("The Sea Tales Annual", "filename")
    assert (known.issue_count, known.publisher) == (None, "Harbour")


def test_the_book_itself_knows_better(tmp_path: Path) -> None:
    folder = tmp_path / "Sea"
    folder.mkdir()
    (folder / "series.json").write_text(json.dumps({"metadata": FULL}))
    info = ("ComicInfo.xml", b"<ComicInfo><Series>Bay</Series></ComicInfo>")
    known = gathered(make_zip(folder / "x 1.cbz", [info, ("1.png", picture(drawing(40, 60)))]))
    assert (known.series_name, known.publisher) == ("Bay", "Harbour")


def test_beside_a_folder_of_pictures_or_in_it(tmp_path: Path) -> None:
    for place in ("Sea", "Sea/Issue 3"):
        root = tmp_path / place.replace("/", "_")
        folder = root / "Sea" / "Issue 3"
        folder.mkdir(parents=True)
        (folder / "1.png").write_bytes(picture(drawing(40, 60)))
        (root / place / "series.json").write_text(json.dumps({"metadata": FULL}))
        assert gathered(folder).series_name == "The Sea Tales"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[" * 100_000, '{"metadata": [1]}', '{"metadata": {"name": {}, "year": []}}']
)
def test_a_bad_file_is_a_warning_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "series.json").write_text(text)
    known = gathered(make_zip(tmp_path / "Sea 3.cbz", [("1.png", picture(drawing(40, 60)))]))
    assert [warning.code for warning in known.warnings] == ["metadata-broken"]
    assert str(tmp_path / "series.json") in known.warnings[0].message
    assert (known.series_name, known.number) == ("Sea", "3")


def test_only_regular_small_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert neighbour(tmp_path / "pipe", Limits()) is None
    assert neighbour(tmp_path / "nothing", Limits()) is None
    (tmp_path / "large").write_bytes(b"x" * 101)
    with pytest.raises(BookError) as caught:
        neighbour(tmp_path / "large", Limits(metadata_bytes=100))
    assert caught.value.code == "metadata-refused"


def test_names_of_any_bytes_and_length(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"b\xe4d")
    folder.mkdir()
    (folder / "series.json").write_text("{")
    (folder / "metadata.opf").write_text("<package>")
    page = picture(drawing(40, 60))
    known = gathered(make_zip(folder / ("x" * 255), [("1.png", page)]))
    assert [warning.code for warning in known.warnings] == ["metadata-broken"] * 2
    for warning in known.warnings:
        assert "b?d" in warning.message


@given(st.dictionaries(st.sampled_from(sorted(FULL)), JSON), st.booleans())
def test_any_json_is_read(info: dict[str, object], wrapped: bool) -> None:
    said = parse_series_json(json.dumps({"metadata": info} if wrapped else info).encode())
    assert said.series_start_year is None or 1000 <= said.series_start_year <= 9999
