"""CoMet documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.books.books_made import drawing, make_zip, picture
from warehouse.books.comet import parse_comet
from warehouse.books.identifiers import book_identifiers
from warehouse.books.metadata import gather_metadata
from warehouse.books.reading import open_book
from warehouse.errors import BookError

FULL = """<?xml version="1.0" encoding="UTF-8"?>
<comet xmlns:comet="http://www.denvog.com/comet/">
  <title>The Bell</title><description>A bell.</description><series>Sea Tales</series><issue>2</issue>
  <volume>1</volume><publisher>Harbour</publisher><date>1951-05</date><genre>Horror</genre><genre>Sea</genre>
  <character>Mara</character><character>Old Tom</character><format>Digest</format><language>ja</language>
  <rating>Teen</rating><rights>(c) 1951</rights><identifier>urn:comicvine:issue:12</identifier>
  <identifier>Harbour 7</identifier><pages>4</pages><price>0.10</price>
  <readingDirection>RTL</readingDirection><coverImage>sub/2.png</coverImage>
  <writer>Ann Reed</writer><penciller>Bo Lind</penciller><coverDesigner>Cy Dow</coverDesigner>
  <creator>Di Eks</creator><editor/>
</comet>"""


def test_every_field() -> None:
    said = parse_comet(FULL.encode())
    assert (said.source, said.series, said.number, said.volume) == ("comet", "Sea Tales", "2", 1)
    assert (said.title, said.summary, said.publisher) == ("The Bell", "A bell.", "Harbour")
    assert (said.year, said.month, said.day) == (1951, 5, None)
    assert (said.language, said.direction, said.format, said.age_rating) == ("ja", "rtl", "Digest", "Teen")
    assert said.credits == (
        ("writer", "Ann Reed"), ("penciller", "Bo Lind"), ("cover_artist", "Cy Dow"), ("writer", "Di Eks"),
    )  # fmt: skip
    assert said.tags == (
        ("genre", "Horror"), ("genre", "Sea"), ("character", "Mara"), ("character", "Old Tom"),
    )  # fmt: skip
    assert book_identifiers(said) == (("comicvine", "12"), ("comet", "Harbour 7"))
    assert (said.details.rights, said.details.prices) == ("(c) 1951", (("", "0.10"),))
    assert said.details.declared_page_count == 4


def test_direction_and_cover_of_a_book(tmp_path: Path) -> None:
    page = picture(drawing(40, 60))
    pages = [(f"pages/{seq}.png", page) for seq in (1, 2, 3)]
    path = make_zip(tmp_path / "a.cbz", [("CoMet.xml", FULL.encode()), *pages])
    with open_book(path) as book:
        known = gather_metadata(path, book)
    assert (known.direction, known.sources["direction"], known.direction_confidence) == ("rtl", "comet", 1.0)
    assert known.page_types == {1: "cover"}
    assert (known.language, known.raw) == ("ja", {"comet.xml": FULL})


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<ComicInfo/>", "metadata-broken"),
        (b"<comet><title>A & B</title></comet>", "metadata-broken"),
        (b'<!DOCTYPE c [<!ATTLIST comet x CDATA "y">]><comet/>', "metadata-refused"),
    ],
)
def test_bad_documents_have_a_code(xml: bytes, code: str) -> None:
    with pytest.raises(BookError) as caught:
        parse_comet(xml)
    assert caught.value.code == code


def test_useless_values_say_nothing() -> None:
    said = parse_comet(
        b"<comet><volume>x</volume><date>May 1951</date><readingDirection>up</readingDirection>"
        b"<pages>many</pages><identifier/><price/></comet>"
    )
    assert (said.volume, said.year, said.direction, said.identifiers) == (None, None, None, ())
