"""Identifiers, each in one form whoever wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.declared import Declared, Details
from warehouse.books.identifiers import book_identifiers, catalogue


@pytest.mark.parametrize(
    ("written", "source", "value"),
    [
        ("978-0-306-40615-7", "isbn", "9780306406157"),
        ("9780306406157", "isbn", "9780306406157"),
        ("ISBN 0-306-40615-2", "isbn", "9780306406157"),
        ("0-8044-2957-x", "isbn", "9780804429573"),
        ("9780306406158", "gtin-unverified", "9780306406158"),
        ("0306406153", "gtin-unverified", "0306406153"),
        ("036000291452", "upc", "036000291452"),
        ("0036000291452", "upc", "036000291452"),
        ("036000291452 00111", "upc", "03600029145200111"),
        ("036000291453", "gtin-unverified", "036000291453"),
        ("4006381333931", "ean", "4006381333931"),
        ("4006381333931 01234", "ean", "400638133393101234"),
        ("04006381333931", "ean", "4006381333931"),
        ("96385074", "ean", "96385074"),
        ("12345", "gtin-unverified", "12345"),
        ("٩٧٨٠٣٠٦٤٠٦١٥٧", "gtin-unverified", "٩٧٨٠٣٠٦٤٠٦١٥٧"),
        ("urn:comicvine:issue:12", "comicvine", "12"),
        ("urn:metron:issue:12", "metron", "12"),
        ("urn:isbn:0-306-40615-2", "isbn", "9780306406157"),
        ("urn:comicvine:series:12", "comicvine-series", "12"),
        ("CVDB12", "comicvine", "12"),
    ],
)
def test_gtin(written: str, source: str, value: str) -> None:
    assert book_identifiers(Declared("comicinfo", gtin=(written,))) == ((source, value),)


@pytest.mark.parametrize(
    ("address", "source", "value"),
    [
        ("https://comicvine.gamespot.com/sea-tales-1/4000-12/", "comicvine", "12"),
        ("https://comicvine.gamespot.com/c/4000-145269", "comicvine", "145269"),
        ("https://comicvine.gamespot.com/sea-tales/4050-9/", "comicvine-series", "9"),
        ("https://metron.cloud/issue/sea-tales-1951-1/", "metron", "sea-tales-1951-1"),
        ("https://metron.cloud/issue/99", "metron", "99"),
        ("https://www.comics.org/issue/7/", "gcd", "7"),
        ("https://leagueofcomicgeeks.com/comic/123/sea-1", "locg", "123"),
        ("https://www.marvel.com/comics/issue/5/sea", "marvel", "5"),
        (
            "https://mangadex.org/title/a1c7c817-4e59-43b7-9365-09675a149a6f/sea",
            "mangadex-series",
            "a1c7c817-4e59-43b7-9365-09675a149a6f",
        ),
        ("https://anilist.co/manga/30002/Sea/", "anilist-series", "30002"),
        ("https://myanimelist.net/manga/2/Sea", "myanimelist-series", "2"),
        ("https://www.amazon.co.uk/Sea-Tales/dp/B000ABCDEF/ref=x", "asin", "B000ABCDEF"),
    ],
)
def test_addresses_of_catalogues(address: str, source: str, value: str) -> None:
    found = book_identifiers(Declared("comicinfo", web=(address,)))
    assert found == ((source, value), ("web", address))


def test_other_addresses_are_kept() -> None:
    assert book_identifiers(Declared("comicinfo", web=("https://a.example/4000-12",))) == (
        ("web", "https://a.example/4000-12"),
    )


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("Tagged on 2020-01-01 [Issue ID 12] [CVDB12]", (("comicvine", "12"),)),
        ("Tagged with X using info from Metron on 2020 [Issue ID 9]", (("metron", "9"),)),
        ("Tagged with X using info from Comic Vine [Issue ID 9]", (("comicvine", "9"),)),
        ("see urn:metron:issue:3 and urn:isbn:0306406152.", (("metron", "3"), ("isbn", "9780306406157"))),
        ("[Issue ID 12]", ()),
    ],
)
def test_notes(notes: str, found: tuple[tuple[str, str], ...]) -> None:
    assert book_identifiers(Declared("comicinfo", details=Details(notes=notes))) == found


def test_tags_that_are_identifiers() -> None:
    said = Declared(
        "comicinfo", tags=(("tag", "urn:metron:5"), ("tag", "CVDB6"), ("tag", "sea"), ("genre", "CVDB7"))
    )
    assert book_identifiers(said) == (("metron", "5"), ("comicvine", "6"))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Comic Vine", "comicvine"), ("Grand Comics Database", "gcd"), ("MangaDex", "mangadex"),
        ("MyAnimeList", "myanimelist"), ("League of Comic Geeks", "locg"), ("amazon_de", "asin"),
        ("mobi-asin", "asin"), ("ISBN", "isbn"), ("Goodreads", "goodreads"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_catalogue(word: str | None, name: str | None) -> None:
    assert catalogue(word) == name


def test_each_once() -> None:
    said = Declared(
        "comicinfo",
        gtin=("9780306406157",),
        identifiers=(("isbn", "0306406152"), ("comicvine", "4000-1")),
        details=Details(notes="[CVDB1]"),
    )
    assert book_identifiers(said) == (("isbn", "9780306406157"), ("comicvine", "1"))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_texts(source: str, value: str, address: str) -> None:
    said = Declared("epub", identifiers=((source, value),), web=(address,), gtin=(value,))
    assert all(isinstance(part, str) for pair in book_identifiers(said) for part in pair)


@pytest.mark.parametrize(
    "word", ["comicvine.gamespot.com/", "urn:a:", "[CVDB", "info from Metron", "amazon.de/"]
)
def test_long_texts_take_no_longer(word: str) -> None:
    text = word * 200_000
    assert book_identifiers(Declared("comicinfo", web=(text,), gtin=(text,), details=Details(notes=text)))
