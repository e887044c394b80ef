"""ComicBookInfo in the comment of a zip."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.books.books_made import drawing, make_zip, picture
from warehouse.books.comicbookinfo import parse_comicbookinfo
from warehouse.books.declared import Declared
from warehouse.books.metadata import BookMetadata, Credit, gather_metadata
from warehouse.books.reading import open_book
from warehouse.errors import BookError

FULL = {
    "series": "Sea Tales", "title": "The Bell", "publisher": "Harbour", "publicationMonth": 5,
    "publicationYear": 1951, "issue": 2, "numberOfIssues": 6, "volume": 1, "rating": 4.5,
    "genre": "Horror, Sea", "language": "Japanese", "country": "Japan", "comments": "A bell.", "pages": 4,
    "credits": [
        {"person": "Ann Reed", "role": "Writer", "primary": True}, {"person": "Bo Lind", "role": "Artist"},
    ],
    "tags": ["wet", "salt"],
}  # fmt: skip


def parse(info: object) -> Declared:
    return parse_comicbookinfo(json.dumps({"appID": "test", "ComicBookInfo/1.0": info}).encode())


def of_zip(path: Path, comment: bytes) -> BookMetadata:
    make_zip(path, [("1.png", picture(drawing(40, 60)))])
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = comment
    with open_book(path) as book:
        return gather_metadata(path, book)


def test_every_field() -> None:
    said = parse(FULL)
    assert (said.source, said.series, said.number, said.count) == ("comicbookinfo", "Sea Tales", "2", 6)
    assert (said.volume, said.title, said.year, said.month) == (1, "The Bell", 1951, 5)
    assert (said.publisher, said.language, said.summary) == ("Harbour", "Japanese", "A bell.")
    assert said.credits == (("writer", "Ann Reed"), ("artist", "Bo Lind"))
    assert said.tags == (("genre", "Horror"), ("genre", "Sea"), ("tag", "wet"), ("tag", "salt"))
    assert (said.details.country, said.details.community_rating) == ("Japan", Decimal("4.50"))
    assert (said.details.declared_page_count, said.complaints) == (4, ())


def test_numbers_as_text_and_lists_as_lists() -> None:
    said = parse(
        {"issue": "1.MU", "volume": "1951", "publicationYear": "1952", "genre": ["Sea"], "tags": "a,b"}
    )
    assert (said.number, said.volume, said.year) == ("1.MU", 1951, 1952)
    assert said.tags == (("genre", "Sea"), ("tag", "a"), ("tag", "b"))
    assert parse({"issue": 1.5}).number == "1.5"
    assert parse({"issue": 2.0}).number == "2"


def test_the_comment_of_a_zip(tmp_path: Path) -> None:
    text = json.dumps({"ComicBookInfo/1.0": FULL})
    known = of_zip(tmp_path / "scan.cbz", text.encode())
    assert (known.series_name, known.number, known.language) == ("Sea Tales", "2", "ja")
    assert known.credits[0] == Credit("writer", "Ann Reed", "comicbookinfo")
    assert (known.raw, known.warnings) == ({"comment": text}, ())
    assert known.sources["series_name"] == "comicbookinfo"


@pytest.mark.parametrize("comment", [b"", b"packed by a packer", b"{}", b"\xff\xfe\x00"])
def test_other_comments_are_nobodys_fault(tmp_path: Path, comment: bytes) -> None:
    known = of_zip(tmp_path / "Sea 3.cbz", comment)
    assert (known.series_name, known.warnings, known.raw) == ("Sea", (), {})


def test_a_broken_comment_is_a_warning(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "Sea 3.cbz", b'{"ComicBookInfo/1.0": {"series": ')
    assert [warning.code for warning in known.warnings] == ["metadata-broken"]
    assert "comment" in known.warnings[0].message
    assert (known.series_name, known.number) == ("Sea", "3")


def test_wrong_types_are_left_out_and_named() -> None:
    said = parse(
        {
            "series": ["Sea"], "title": "Kept", "issue": {"a": 1}, "publicationYear": True, "volume": None,
            "credits": [7, {"person": ["x"], "role": "Writer"}, "y", {"person": "Ann", "role": 3}],
            "tags": [None, 3, {}], "genre": 9,
        }
    )  # fmt: skip
    assert (said.series, said.title, said.number, said.year) == (None, "Kept", None, None)
    assert said.credits == (("3", "Ann"),)
    assert said.tags == (("tag", "3"),)
    text = " ".join(said.complaints)
    for name in (
        "series holds a list",
        "issue holds an object",
        "publicationYear",
        "credits",
        "person",
        "genre",
    ):
        assert name in text
    assert "volume" not in text


def test_wrong_types_make_one_warning(tmp_path: Path) -> None:
    known = of_zip(
        tmp_path / "Sea 3.cbz", b'{"ComicBookInfo/1.0": {"series": [1], "issue": {}, "title": "T"}}'
    )
    assert [warning.code for warning in known.warnings] == ["metadata-broken"]
    assert (known.series_name, known.title) == ("Sea", "T")


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "7", '"x"', "{", '{"other": {}}', "[" * 100_000, '{"a":' * 50_000,
        '{"ComicBookInfo/1.0": {"issue": 1}} trailing',
    ],
)  # fmt: skip
def test_bad_documents_have_a_code(text: str) -> None:
    with pytest.raises(BookError) as caught:
        parse_comicbookinfo(text.encode())
    assert caught.value.code == "metadata-broken"


@pytest.mark.parametrize(
    "number", ["9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "1" + "0" * 30, "1.5e300"]
)
def test_absurd_numbers_say_nothing(number: str) -> None:
    fields = "".join(f'"{name}": {number}, ' for name in ("issue", "volume", "publicationYear", "rating"))
    said = parse_comicbookinfo(f'{{"ComicBookInfo/1.0": {{{fields}"title": "T"}}}}'.encode())
    assert (said.volume, said.year, said.details.community_rating, said.title) == (None, None, None, "T")
    assert said.number is None or len(said.number) <= 64


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(FULL)), JSON))
def test_any_json_is_read(info: dict[str, object]) -> None:
    said = parse(info)
    assert said.year is None or 1000 <= said.year <= 9999
    assert all(isinstance(name, str) for _, name in (*said.credits, *said.tags))
