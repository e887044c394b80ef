"""The text that an EPUB itself has of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.books.books_made import FIXED, drawing, make_epub, picture
from warehouse.books.readers.epub_text import ShownText, page_texts, texts_shown
from warehouse.books.sandbox.sandboxed_book import open_sandboxed

FILES = [(f"OPS/{seq}.png", picture(drawing(40, 60 + seq))) for seq in range(4)]
LONG = "Somebody left the lamp burning all night"


def test_text_over_a_picture_goes_before_what_its_alt_says(tmp_path: Path) -> None:
    spine = [
        (
            "0.xhtml",
            f"<img src='0.png' alt='{LONG}, it says'/><p>{LONG}.</p><div>Not <b>I</b>,<br/>I&#160;fear</div>",
        ),
        ("1.xhtml", "<img src='1.png' alt='だれもいない　灯台にだれかいる&#x3000;あ'/>"),
        ("2.xhtml", "<p>12</p><img src='2.png' alt='comic page 3'/>"),
    ]
    with open_sandboxed(make_epub(tmp_path / "a.epub", spine, FILES, FIXED)) as book:
        assert book.page_texts() == {
            0: (f"{LONG}.", "Not I, I fear"),
            1: ("だれもいない", "灯台にだれかいる", "あ"),
        }


def test_each_picture_of_a_document_has_what_follows_it(tmp_path: Path) -> None:
    body = (
        f"<p>{LONG}, one</p><img src='0.png'/><p>too</p><img src='x://z'/><img src='1.png'/><p>{LONG}, 2</p>"
    )
    spine = [
        ("0.xhtml", body),
        ("colophon.xhtml", f"<p>{LONG}, three</p>"),
        ("2.xhtml", "<img src='0.png'/>"),
    ]
    with open_sandboxed(make_epub(tmp_path / "a.epub", spine, FILES, FIXED)) as book:
        assert len(book.entries) == 3
        assert book.page_texts() == {0: (f"{LONG}, one", "too"), 1: (f"{LONG}, 2",)}


def test_readings_of_words_and_hidden_things_are_no_text() -> None:
    document = (
        "<head><title>Owl</title></head><body><!-- <p>no</p> --><style>p {}</style><img src='a.png'/>"
        "<p><ruby>灯台<rt>とうだい</rt></ruby>へ</p><nav>Contents</nav><script>x()</script></body>"
    )
    assert texts_shown(document) == [ShownText(["灯台へ"], [])]


def test_what_most_pages_say_is_no_text_of_one() -> None:
    pages = [ShownText([f"Tin Owl, chapter the first, page {seq}"]) for seq in range(3)]
    assert page_texts(pages) == {}
    pages[1].pieces.append(LONG)
    assert page_texts(pages) == {1: (LONG,)}


def test_entities_of_a_document_are_not_resolved() -> None:
    bomb = "".join(
        f'<!ENTITY {name} "{("&" + last + ";") * 10 if last else "ha"}">' for name, last in ("a ", "ba", "cb")
    )
    document = f"<!DOCTYPE html [{bomb}]><html><body><img src='a.png' alt='&c; &lt;b&gt;'/></body></html>"
    assert texts_shown(document) == [ShownText([], ["&c; <b>"])]


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<p>", "<rt>", "<img src='x.png'>", "<img src='x.png' alt=", "&", "\u3000"]
)
def test_hostile_documents_take_no_longer_here_either(piece: str) -> None:
    assert len(texts_shown("<body>" + piece * 50_000)) in (0, 50_000)
