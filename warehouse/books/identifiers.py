"""Numbers other catalogues know a book by, each in one form whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.books.declared import Declared, distinct, name_of

_CATALOGUES = {
    "comic_vine": "comicvine", "cv": "comicvine", "cvdb": "comicvine", "comicvine_id": "comicvine",
    "grand_comics_database": "gcd", "grandcomicsdatabase": "gcd", "comics_org": "gcd",
    "league_of_comic_geeks": "locg", "leagueofcomicgeeks": "locg", "metron_cloud": "metron",
    "mal": "myanimelist", "my_anime_list": "myanimelist", "manga_dex": "mangadex", "al": "anilist",
    "ani_list": "anilist", "manga_updates": "mangaupdates",
    "amazon": "asin", "mobi_asin": "asin", "isbn13": "isbn", "isbn_13": "isbn", "isbn10": "isbn",
    "ean13": "ean",
}  # fmt: skip
_PAGES = (
    ("comicvine", re.compile(r"comicvine\.gamespot\.com/(?:[^?#]*?[/-])?4000-(\d{1,12})(?!\d)")),
    ("comicvine-series", re.compile(r"comicvine\.gamespot\.com/(?:[^?#]*?[/-])?4050-(\d{1,12})(?!\d)")),
    ("metron", re.compile(r"metron\.cloud/issue/([\w-]{1,200})")),
    ("metron-series", re.compile(r"metron\.cloud/series/([\w-]{1,200})")),
    ("gcd", re.compile(r"comics\.org/issue/(\d{1,12})")),
    ("gcd-series", re.compile(r"comics\.org/series/(\d{1,12})")),
    ("locg", re.compile(r"leagueofcomicgeeks\.com/comic/(\d{1,12})")),
    ("marvel", re.compile(r"marvel\.com/comics/issue/(\d{1,12})")),
    ("mangadex-series", re.compile(r"mangadex\.org/(?:title|manga)/([0-9a-fA-F-]{36})")),
    ("mangadex", re.compile(r"mangadex\.org/chapter/([0-9a-fA-F-]{36})")),
    ("anilist-series", re.compile(r"anilist\.co/manga/(\d{1,12})")),
    ("myanimelist-series", re.compile(r"myanimelist\.net/manga/(\d{1,12})")),
    ("mangaupdates-series", re.compile(r"mangaupdates\.com/series/([\w-]{1,40})")),
    ("kitsu-series", re.compile(r"kitsu\.(?:io|app)/manga/([\w-]{1,200})")),
    ("asin", re.compile(r"amazon\.[a-z.]{2,6}/(?:[^?#]*?/)?(?:dp|gp/product)/([A-Z0-9]{10})(?![A-Z0-9])")),
)
"""Addresses of catalogues' pages.  '-series' names the series a book belongs to, not the book."""

_URN = re.compile(
    r"urn:([a-z][a-z_-]{1,30}):(?:(issue|series|volume|chapter):)?(\w(?:[\w.-]{0,198}\w)?)", re.IGNORECASE
)
_CVDB = re.compile(r"\[?\s*CVDB\s*(\d{1,12})\s*\]?", re.IGNORECASE)
_CVDB_NOTE = re.compile(r"\[CVDB(\d{1,12})\]", re.IGNORECASE)
_URN_NOTE = re.compile(rf"(?<!\w){_URN.pattern}", re.IGNORECASE)
_ISSUE_NOTE = re.compile(
    r"info(?:rmation)? from (Comic ?Vine|Metron|Grand Comics Database|GCD)[^\[]{0,200}"
    r"\[Issue ID (\d{1,12})\]",
    re.IGNORECASE,
)
_COMICVINE = re.compile(r"(?:(4000|4050)-)?(\d{1,12})")
_LONGEST_ADDRESS = 500


def catalogue(word: str | None) -> str | None:
    """The one name of a catalogue: 'Comic Vine' is 'comicvine', 'Grand Comics Database' 'gcd'.

    Names not known stay as they are, lower case with underscores; None if nothing is left.
    """
    key = re.sub(r"[\W_]+", "_", (name_of(word) or "").lower()).strip("_")[:60]
    if re.fullmatch(r"amazon_[a-z]{2}", key):
        return "asin"
    return _CATALOGUES.get(key, key) or None


def book_identifiers(declared: Declared) -> tuple[tuple[str, str], ...]:
    """(catalogue, value) of what one source says, each once.

    'isbn' (13 digits), 'upc' and 'ean' have a right check digit; a number that has not is a
    'gtin-unverified', as written.  'web' is every address as it stands.
    """
    return distinct(pair for pair in _found(declared) if pair[1])


def _found(declared: Declared) -> Iterator[tuple[str, str]]:
    for value in declared.gtin:
        yield _from_any(value) or _checked(value)
    for source, value in declared.identifiers:
        yield _normalised(source, value)
    for address in declared.web:
        yield from _from_address(address)
        yield "web", address
    for kind, name in declared.tags:
        if kind == "tag" and (found := _from_any(name)):
            yield found
    yield from _from_notes(declared.details.notes or "")


def _normalised(source: str, value: str) -> tuple[str, str]:
    name = (catalogue(source) or source).replace("_", "-")
    if name in ("isbn", "upc", "ean", "gtin"):
        return _checked(value)
    if name == "asin":
        return "asin", value.upper()
    if name == "comicvine":
        return _comicvine(value)
    if name in ("comet", "epub", "uri", "url"):
        return _from_any(value) or next(_from_address(value), (name, value))
    return name, value


def _comicvine(value: str) -> tuple[str, str]:
    """Comic Vine numbers issues '4000-123', volumes '4050-123'."""
    match = _CVDB.fullmatch(value) or _COMICVINE.fullmatch(value)
    if match is None:
        return "comicvine", value
    return ("comicvine-series" if match[1] == "4050" else "comicvine"), match[match.lastindex or 0]


def _from_any(value: str) -> tuple[str, str] | None:
    """An identifier that says itself which catalogue it is of: a URN, 'CVDB123' or '4000-123'."""
    urn = _URN.fullmatch(value)
    if urn is not None:
        return _from_urn(urn)
    if _CVDB.fullmatch(value) or re.fullmatch(r"40[05]0-\d{1,12}", value):
        return _comicvine(value)
    return None


def _from_urn(urn: re.Match[str]) -> tuple[str, str]:
    source, value = _normalised(urn[1], urn[3])
    of_series = (urn[2] or "").lower() in ("series", "volume") and not source.endswith("-series")
    return (f"{source}-series" if of_series else source), value


def _from_address(address: str) -> Iterator[tuple[str, str]]:
    for source, pattern in _PAGES:
        if match := pattern.search(address[:_LONGEST_ADDRESS]):
            yield source, match[1]


def _from_notes(notes: str) -> Iterator[tuple[str, str]]:
    """What taggers leave in the notes: '[CVDB123]', 'info from Metron … [Issue ID 123]', URNs."""
    text = notes[:10_000]
    for match in _CVDB_NOTE.finditer(text):
        yield "comicvine", match[1]
    for match in _ISSUE_NOTE.finditer(text):
        yield catalogue(match[1]) or "web", match[2]
    for match in _URN_NOTE.finditer(text):
        yield _from_urn(match)


def _checked(value: str) -> tuple[str, str]:
    """An ISBN, UPC or EAN in its one form, if its check digit is right."""
    digits = re.sub(r"^isbn[\s:-]*|[\s-]", "", value, flags=re.IGNORECASE).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII) and _isbn10_is_right(digits):
        return "isbn", _isbn13(digits)
    if re.fullmatch(r"\d{8}|\d{12,14}|\d{17}|\d{18}", digits, re.ASCII):
        code, supplement = (digits[:-5], digits[-5:]) if len(digits) > 14 else (digits, "")
        code = re.sub(r"^0{1,2}(?=\d{12})", "", code)
        if _ean_is_right(code):
            if re.fullmatch(r"97[89]\d{10}", code):
                return "isbn", code
            return ("upc" if len(code) == 12 else "ean"), code + supplement
    return "gtin-unverified", value


def _ean_is_right(code: str) -> bool:
    """The check digit of a GTIN: from the right, weights 1 and 3 in turn sum to a multiple of 10."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code))) % 10 == 0


def _isbn10_is_right(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0


def _isbn13(isbn10: str) -> str:
    stem = "978" + isbn10[:9]
    return next(stem + str(digit) for digit in range(10) if _ean_is_right(stem + str(digit)))
