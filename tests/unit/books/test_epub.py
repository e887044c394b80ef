"""Comics as EPUB."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.books.books_made import CONTAINER, FIXED, drawing, make_epub, make_zip, picture
from warehouse.books.readers.epub_package import pictures_shown, resolve
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

ONE, TWO = picture(drawing(40, 60)), picture(drawing(40, 61))
FILES = [("OPS/images/b.png", ONE), ("OPS/images/a a.png", TWO)]
SPINE = [
    ("x/1.xhtml", '<img src="../images/b.png" alt="said"/>'),
    ("x/2.xhtml", '<svg><image xlink:href="../images/a%20a.png"/></svg>'),
]
ABOUT = ("about.xhtml", "<p>" + "word " * 500 + "</p>")
DC = (
    "<dc:title>Sea Tales</dc:title><dc:language>ja-JP</dc:language><dc:publisher>Harbour</dc:publisher>"
    "<dc:date>1951-05-02</dc:date><dc:creator id='c'>Ann Reed</dc:creator>"
    "<dc:identifier>urn:isbn:9781</dc:identifier>"
    "<meta refines='#c' property='role'>ill</meta><meta property='belongs-to-collection'>Tales</meta>"
    "<meta property='group-position'>3</meta><dc:subject>Sea</dc:subject>"
)


def code_of(path: Path) -> str:
    with pytest.raises(BookError) as caught:
        open_book(path)
    return caught.value.code


def test_pages_are_in_the_order_of_the_spine(tmp_path: Path) -> None:
    path = make_epub(
        tmp_path / "a.epub", [*SPINE, ABOUT], FILES, FIXED + DC, 'page-progression-direction="rtl"'
    )
    with open_book(path) as book:
        assert (book.format, book.reading_direction) == ("epub", "rtl")
        assert book.entries == ("OPS/images/b.png", "OPS/images/a a.png")
        assert [book.page_pixels(seq).height for seq in (0, 1)] == [60, 61]


def test_what_the_package_says(tmp_path: Path) -> None:
    with open_book(make_epub(tmp_path / "a.epub", SPINE, FILES, FIXED + DC)) as book:
        info = book.document
    assert info is not None
    assert (info.title, info.series, info.number, info.publisher) == ("Sea Tales", "Tales", "3", "Harbour")
    assert (info.language, info.year, info.month, info.direction) == ("ja-JP", 1951, 5, None)
    assert (info.credits, info.identifiers) == ((("artist", "Ann Reed"),), (("isbn", "9781"),))
    assert info.keywords == ("Sea",)


def test_layout_need_not_be_declared(tmp_path: Path) -> None:
    with open_book(make_epub(tmp_path / "a.epub", SPINE, FILES)) as book:
        assert len(book.entries) == 2


def test_a_text_is_refused(tmp_path: Path) -> None:
    assert code_of(make_epub(tmp_path / "a.epub", [SPINE[0], ABOUT], FILES)) == "epub-text"
    assert code_of(make_epub(tmp_path / "b.epub", [ABOUT], [])) == "epub-text"


def test_broken_epubs_have_a_code(tmp_path: Path) -> None:
    container = ("META-INF/container.xml", CONTAINER)
    bomb = b'<!DOCTYPE p [<!ENTITY a "ha">]><package>&a;</package>'
    assert code_of(make_zip(tmp_path / "a.epub", [container])) == "epub-broken"
    assert code_of(make_zip(tmp_path / "b.epub", [container, ("OPS/book.opf", b"<package")])) == "epub-broken"
    assert code_of(make_zip(tmp_path / "c.epub", [container, ("OPS/book.opf", bomb)])) == "epub-broken"
    assert (
        code_of(make_zip(tmp_path / "d.epub", [("META-INF/container.xml", b"<container/>")])) == "epub-broken"
    )
    assert code_of(make_epub(tmp_path / "e.epub", [], [])) == "no-pages"


def test_an_encrypted_epub_is_refused(tmp_path: Path) -> None:
    listing = b'<encryption><CipherReference URI="OPS/images/b.png"/></encryption>'
    path = make_epub(tmp_path / "a.epub", SPINE, [*FILES, ("META-INF/encryption.xml", listing)], FIXED)
    assert code_of(path) == "archive-encrypted"


def test_a_missing_picture_is_one_bad_page(tmp_path: Path) -> None:
    with open_book(make_epub(tmp_path / "a.epub", SPINE, FILES[:1], FIXED)) as book:
        assert book.page_pixels(0).height == 60
        with pytest.raises(PageError) as caught:
            book.page_pixels(1)
    assert caught.value.code == "entry-unreadable"


def test_a_zip_named_epub_is_a_zip(tmp_path: Path) -> None:
    with open_book(make_zip(tmp_path / "a.epub", [("1.png", ONE)])) as book:
        assert book.format == "zip"


@pytest.mark.parametrize(
    ("base", "href", "name"),
    [
        ("OPS/x/1.xhtml", "../images/a%20b.png#f", "OPS/images/a b.png"),
        ("", "OPS/book.opf", "OPS/book.opf"),
        ("OPS/1.xhtml", "../../../etc/x.png", "../../etc/x.png"), ("OPS/1.xhtml", "/abs.png", "abs.png"),
    ],
)  # fmt: skip
def test_links_are_resolved_as_labels(base: str, href: str, name: str) -> None:
    assert resolve(base, href) == name


def test_pictures_are_found_in_untidy_documents() -> None:
    document = (
        "<title>abc</title><p>Hi<br/>you <script>xyz()</script><IMG SRC='a&amp;b.png'>"
        "<svg:image xlink:href=\"c.png\"/><img src='data:image/png;base64,AA'/><img src='https://a.example/x.png'>"
    )
    assert pictures_shown(document) == (["a&b.png", "c.png"], 5)


@pytest.mark.parametrize(
    "piece", ["<", "<a", "a", "<!--", "<img src=", "<script>", "<img src='x'>", "<img src "]
)
def test_hostile_documents_take_no_longer(piece: str) -> None:
    links, _ = pictures_shown("<" + piece * 50_000)
    assert len(links) in (0, 50_000)
