"""Parsers on bytes and names from strangers: a value or a coded error, and soon."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.arena import listed_codes
from tests.fuzz.damage import damaged
from tests.fuzz.seeds import COMET, COMICBOOKINFO, COMICINFO, METRONINFO, PACKAGE, SERIES_JSON
from tests.unit.books.calibre_made import Library
from warehouse.books.calibre import calibre_metadata
from warehouse.books.calibre_library import library_books
from warehouse.books.comet import parse_comet
from warehouse.books.comicbookinfo import parse_comicbookinfo
from warehouse.books.comicbox import parse_comicbox
from warehouse.books.comicinfo import parse_comicinfo
from warehouse.books.declared import Declared
from warehouse.books.entries import is_page_name, natural_key, reading_key
from warehouse.books.filenames import parse_filename
from warehouse.books.formats import sniff_bytes
from warehouse.books.identifiers import book_identifiers
from warehouse.books.issue_numbers import number_sort
from warehouse.books.languages import language_code
from warehouse.books.metroninfo import parse_metroninfo
from warehouse.books.opf import parse_opf
from warehouse.books.readers.epub_package import parse_package
from warehouse.books.series_json import parse_series_json
from warehouse.errors import BookError

OUTCOMES = listed_codes() | {"read"}
SOON = settings(
    deadline=timedelta(seconds=2),
    max_examples=120,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

DOCUMENTS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "ComicInfo": (parse_comicinfo, COMICINFO),
    "MetronInfo": (parse_metroninfo, METRONINFO),
    "CoMet": (parse_comet, COMET),
    "ComicBookInfo": (parse_comicbookinfo, COMICBOOKINFO),
    "comicbox": (
        parse_comicbox,
        b'{"comicbox": {"series": {"name": "Sea Tales"}, "pages": {"0": {"type": "Story"}}}}',
    ),
    "comicbox.yaml": (
        lambda data: parse_comicbox(data, file="comicbox.yaml"),
        b"comicbox:\n  series:\n    name: &a Sea\n  number: *a\n",
    ),
    "series.json": (parse_series_json, SERIES_JSON),
    "OPF": (parse_opf, PACKAGE),
    "EPUB package": (lambda data: parse_package(data, "book.opf"), PACKAGE),
}
WORDS = (
    "Series", "Number", "Name", "name", "issue", "Count", "Volume", "Year", "Month", "Day", "Pages",
    "Page", "Image", "Type", "Web", "GTIN", "Notes", "Credits", "Credit", "Creator", "Roles", "Role",
    "person", "role", "ID", "Primary", "Arcs", "Arc", "Genres", "Genre", "Tags", "metadata", "manifest",
    "spine", "item", "itemref", "dc:title", "meta", "ComicBookInfo/1.0", "comicbox", "total_issues",
    "Manga", "Characters", "Character", "primary", "pages", "series",
)  # fmt: skip
ODD = st.sampled_from(
    ["-1", "9" * 400, "1e999", "NaN", "½", "1.MU", "\u202e", "２０１９", "1/0", "'", "]]>", "\ud7ff"]
)
TEXT = ODD | st.text(max_size=30)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(
        st.sampled_from(["Image", "Type", "id", "idref", "source", "name", "content"]), TEXT
    )
    return st.builds(
        lambda name, given_attributes, inside: (
            f"<{name}{''.join(f' {k}={quoteattr(v)}' for k, v in given_attributes.items())}>"
            f"{''.join(inside)}</{name}>"
        ),
        st.sampled_from([word for word in WORDS if "/" not in word and ":" not in word]),
        attributes,
        st.lists(children, max_size=5),
    )


XML = st.recursive(TEXT.map(escape), _element, max_leaves=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | TEXT, inside, max_size=5)
    ),
    max_leaves=25,
)
XML_ROOTS = {
    "ComicInfo": "ComicInfo",
    "MetronInfo": "MetronInfo",
    "CoMet": "comet",
    "OPF": "package",
    "EPUB package": "package",
}


def _outcome(parse: Callable[[bytes], object], data: bytes) -> str:
    """'read' or the code of a BookError; whatever else is raised fails the test."""
    try:
        found = parse(data)
    except BookError as fault:
        return fault.code
    if isinstance(found, Declared):
        book_identifiers(found)
        number_sort(found.number)
    return "read"


@pytest.mark.parametrize("name", DOCUMENTS)
@SOON
@given(data=st.binary(max_size=300), dice=st.integers(0, 2**32))
def test_damaged_documents(name: str, data: bytes, dice: int) -> None:
    parse, valid = DOCUMENTS[name]
    assert _outcome(parse, data) in OUTCOMES
    assert _outcome(parse, damaged(valid, random.Random(dice))) in OUTCOMES  # noqa: S311


@settings(SOON, max_examples=60)
@given(body=st.lists(XML, max_size=4), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_strange_xml(body: list[str], encoding: str) -> None:
    for name, root in XML_ROOTS.items():
        document = f"<{root}>{''.join(body)}</{root}>".encode(encoding, "xmlcharrefreplace")
        assert _outcome(DOCUMENTS[name][0], document) in OUTCOMES


@pytest.mark.parametrize("name", ["ComicBookInfo", "comicbox", "series.json"])
@SOON
@given(value=JSON)
def test_strange_json(name: str, value: object) -> None:
    parse, _ = DOCUMENTS[name]
    for document in (value, {"ComicBookInfo/1.0": value}, {"comicbox": value}, {"metadata": value}):
        assert _outcome(parse, json.dumps(document).encode("utf-8", "replace")) in OUTCOMES


def _nested(tag: bytes, depth: int = 50_000) -> bytes:
    return b"<package>" + (b"<%s>" % tag) * depth + b"x" + (b"</%s>" % tag) * depth + b"</package>"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_bottomless_documents(name: str) -> None:
    parse, _ = DOCUMENTS[name]
    for data in (
        b"[" * 200_000,
        b'{"metadata":' * 100_000,
        b"<ComicInfo>" * 50_000,
        b"<package>" * 50_000,
        _nested(b"meta"),
        _nested(b"a"),
    ):
        started = time.process_time()
        assert _outcome(parse, data) in OUTCOMES
        assert time.process_time() - started < 5


@SOON
@given(st.text(max_size=400) | st.text("0123456789.-/½¼#,٣ ", max_size=60))
def test_names(name: str) -> None:
    guess = parse_filename(name)
    for number in (guess.number, name):
        value = number_sort(number)
        assert value is None or value.is_finite()
    is_page_name(name)
    language_code(name)


@SOON
@given(st.lists(st.text("aA1０٣².-/\\ \ud800é", max_size=12), max_size=12))
def test_names_can_always_be_put_in_order(names: list[str]) -> None:
    assert sorted(sorted(names), key=reading_key) == sorted(sorted(names, reverse=True), key=reading_key)
    sorted(names, key=natural_key)


@SOON
@given(st.binary(max_size=600))
def test_any_beginning_is_of_some_format(head: bytes) -> None:
    assert sniff_bytes(head)


@settings(SOON, max_examples=60)
@given(dice=st.integers(0, 2**32))
def test_damaged_calibre_databases(calibre: tuple[Path, bytes], dice: int) -> None:
    library, valid = calibre
    (library / "metadata.db").write_bytes(damaged(valid, random.Random(dice)))  # noqa: S311
    book = library / "Ann Dew" / "Sea Tales 3 (1)" / "Sea Tales 3.cbz"
    assert _outcome(lambda _: library_books(library), b"") in OUTCOMES
    assert _outcome(lambda _: calibre_metadata(library, book), b"") in OUTCOMES


@pytest.fixture
def calibre(tmp_path: Path) -> tuple[Path, bytes]:
    library = Library(tmp_path / "Library")
    library.add("Sea Tales 3", "Ann Dew", {"cbz": b"x"}, index=3.0)
    folder = library.save()
    return folder, (folder / "metadata.db").read_bytes()
