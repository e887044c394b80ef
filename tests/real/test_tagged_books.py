"""Metadata as comicbox's tests hold it: the same issue of 1950, tagged in every format there is."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.books.comet import parse_comet
from warehouse.books.comicbookinfo import parse_comicbookinfo
from warehouse.books.comicbox import parse_comicbox
from warehouse.books.comicinfo import parse_comicinfo
from warehouse.books.declared import Declared
from warehouse.books.identifiers import book_identifiers
from warehouse.books.metadata import BookMetadata, gather_metadata
from warehouse.books.metroninfo import parse_metroninfo
from warehouse.books.reading import open_book

COMICBOX = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "odd" / "comicbox"

pytestmark = pytest.mark.skipif(
    not COMICBOX.exists(), reason="no real data beside the project: ../shared/data/odd/comicbox"
)


def parsed(parse: Callable[..., Declared], name: str) -> Declared:
    return parse((COMICBOX / "metadata" / name).read_bytes(), None, name)


def gathered(path: Path) -> BookMetadata:
    with open_book(path) as book:
        return gather_metadata(path, book)


FULL = [
    (parse_comicinfo, "comicinfo.xml", "The Beginning; The End"),
    (parse_comicinfo, "comicinfo-write.xml", "The Beginning; The End"),
    (parse_comicinfo, "comicinfo-metron-origin.xml", "The Beginning"),
    (parse_metroninfo, "metroninfo.xml", "Omnibus"),
    (parse_metroninfo, "metroninfo-write.xml", "Omnibus"),
    (parse_comicbookinfo, "comic-book-info.json", "The Beginning"),
    (parse_comicbox, "comicbox.json", "The Beginning"),
    (parse_comicbox, "comicbox-write.json", "The Beginning"),
    (parse_comet, "comet.xml", "The Beginning"),
    (parse_comet, "comet-write.xml", "The Beginning"),
]


@pytest.mark.parametrize(("parse", "name", "title"), FULL, ids=[name for _, name, _ in FULL])
def test_one_issue_in_every_format(parse: Callable[..., Declared], name: str, title: str) -> None:
    said = parsed(parse, name)
    assert (said.series, said.number, said.year, said.title) == ("Captain Science", "1", 1950, title)
    assert {("writer", "Joe Orlando"), ("penciller", "Wally Wood")} <= set(said.credits)
    assert ("genre", "Science Fiction") in said.tags
    assert said.complaints == ()
    if parse is not parse_comicbookinfo:
        assert ("comicvine", "145269") in book_identifiers(said)


@pytest.mark.parametrize("name", ["comicbox.yaml", "comicbox-write.yaml", "comicbox-cli.yaml"])
def test_comicbox_yaml(name: str) -> None:
    said = parsed(parse_comicbox, name)
    assert (said.series, said.publisher, said.complaints) == ("empty", "TestPub", ())
    assert said.details.story_arcs == (("d", "1"), ("e", "3"), ("f", "5"))


def test_untidy_comicinfo() -> None:
    said = parsed(parse_comicinfo, "comicinfo-validation.xml")
    assert (said.series, said.number, said.year, said.page_types) == ("2", "1", 1950, {0: "cover"})
    repeated = parsed(parse_comicinfo, "comicinfo-bad-multiple.xml")
    assert repeated.publisher == "Youthful Adventure Stories"
    assert [name for kind, name in repeated.tags if kind == "genre"] == ["Science Fiction", "Fantasy"]
    tags = parsed(parse_comicinfo, "comicinfo-ids-from-tags.xml")
    assert book_identifiers(tags) == (("metron", "9999"), ("comicvine", "1234"))
    assert parsed(parse_comicinfo, "comicinfo-cover-path-list.xml").page_types == {2: "cover"}
    assert ("metron", "99999") in book_identifiers(parsed(parse_comicinfo, "comicinfo-metron-origin.xml"))


BOOKS = {
    "Captain Science #001.cbz": ("comicinfo", 11, 5),
    "Captain Science #001.cb7": ("comicinfo", 11, 5),
    "Captain Science #001-cix.cbz": ("comicinfo", 11, 5),
    "Captain Science #001-cix.cbt": ("comicinfo", 11, 5),
    "Captain Science #001-cix-cbi.cbr": ("comicinfo", 11, 5),
    "Captain Science #001-cbi.cbr": ("comicbookinfo", 11, 5),
    "Captain Science #001-comet.cbz": ("comet", 12, 5),
}


@pytest.mark.parametrize("name", BOOKS)
def test_books(name: str) -> None:
    source, month, pages = BOOKS[name]
    known = gathered(COMICBOX / name)
    assert (known.series_name, known.number, known.year, known.month) == ("Captain Science", "1", 1950, month)
    assert {("writer", "Joe Orlando"), ("penciller", "Wally Wood")} <= {
        (credit.role, credit.person) for credit in known.credits
    }
    assert known.sources["series_name"] == known.sources["year"] == source
    assert known.page_types.get(0) == ("cover" if source != "comicbookinfo" else None)
    assert known.warnings == ()
    with open_book(COMICBOX / name) as book:
        assert len(book.entries) == pages


def with_a_page(source: Path, target: Path) -> Path:
    """A copy of a book that has metadata and no pages, with a page."""
    page = (source.parents[1] / "stump" / "example.png").read_bytes()
    target.write_bytes(source.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("1.png", page)
    return target


def test_many_sources_in_one_book(tmp_path: Path) -> None:
    name = "Captain Science #001 (1950) The Beginning - multi.cbz"
    known = gathered(with_a_page(COMICBOX / name, tmp_path / name))
    assert (known.series_name, known.sources["series_name"]) == ("Captain Science COMET", "comet")
    assert (known.volume, known.sources["volume"]) == (999, "comicinfo")
    assert (known.issue_count, known.sources["issue_count"]) == (10, "comicinfo")
    assert (known.title, known.sources["title"]) == ("The Beginning CBI", "comicbookinfo")
    assert (known.year, known.sources["year"], known.month) == (1950, "comet", 12)
    assert {(credit.role, credit.person, credit.source) for credit in known.credits} == {
        ("writer", "Joe Orlando CBI", "comicbookinfo"), ("penciller", "Wally Wood CBI", "comicbookinfo"),
    }  # fmt: skip
    assert {tag.source for tag in known.tags} == {"comicinfo", "comicbox", "comet"}
    assert {name for name, _ in known.details.story_arcs} == {"e", "f", "g", "Captain Arc", "Other Arc"}
    assert set(known.raw) == {"comicinfo.xml", "comicbox.json", "comicbox.yaml", "comet.xml", "comment"}
    assert known.warnings == ()


@pytest.mark.parametrize(
    ("name", "series", "source"),
    [
        ("Captain Science #001-metron.cbz", "Captain Science", "metroninfo"),
        ("comicbox.cbz", "Captain Science", "comicbox"),
        ("yaml.cbz", "empty", "comicbox"),
        ("export.cbz", "Captain Science", "comicinfo"),
    ],
)
def test_books_of_metadata_alone(tmp_path: Path, name: str, series: str, source: str) -> None:
    known = gathered(with_a_page(COMICBOX / name, tmp_path / name))
    assert (known.series_name, known.sources["series_name"], known.warnings) == (series, source, ())


def test_pdfs() -> None:
    for name in ("test_cix.pdf", "test_pdf_legacy_keywords.pdf"):
        known = gathered(COMICBOX / name)
        assert (known.title, known.publisher) == ("the tangle of their lives", "SmallPub")
        assert known.sources["title"] == "comicinfo"
        assert {tag.name for tag in known.tags} == {"Science Fiction", "d", "e", "f"}
    known = gathered(COMICBOX / "test_pdf.pdf")
    assert (known.title, known.sources["title"]) == ("the tangle of their lives", "pdf")
