"""Which way a book is read: as it says itself, else guessed, with how sure the guess is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.declared import Declared
from warehouse.books.readers.open_book import OpenBook
from warehouse.contracts import Direction
from warehouse.errors import PageError

WEBTOON_RATIO = 1.5
STRIP_RATIO = 2.2

CORRECTABLE = 0.8
"""A guess less sure than this gives way to what the pictures show; a declaration never does."""

_SAMPLE = 16
_SHELVES, _SHELF_WORDS = 3, 3  # folders above a book whose names may tell its kind
_WORD = re.compile(r"[^\W_]+")
_WEBTOON_WORDS = re.compile(
    r"web[\s_-]?toons?|webcomic strip|long[\s_-]?strip|vertical scroll|manhwa", re.IGNORECASE
)
_MANGA_WORDS = re.compile(
    r"(?<![^\W_])(?:mangas?|mangaka|tank[oō]u?bon|d[oō]u?jin(?:shi)?|sh[oō]u?jo|sh[oō]u?nen|seinen|josei|yonkoma"
    r"|4-koma|shueisha|shogakukan|kodansha|hakusensha|kadokawa|futabasha|viz media|yen press)(?![^\W_])"
    r"|漫画|マンガ|コミックス|集英社|小学館|講談社|白泉社|角川書店",
    re.IGNORECASE,
)
_RTL_LANGUAGES = frozenset(["ja", "ar", "he", "fa", "ur"])
_EITHER_WAY = frozenset(["zh"])  # right to left where set in columns, left to right where in rows

# How sure each kind of guess is.  An order, not a frequency: no collection at hand could tell that.
_SURE_BY_LANGUAGE = 0.85
_SURE_BY_WORDS, _SURE_BY_WORDS_ABROAD = 0.75, 0.65  # abroad: translations, some of them mirrored
_SURE_OF_WESTERN, _SURE_OF_NOTHING = 0.75, 0.6
_SURE_BY_MANGA_YES = 0.95  # 'Manga: Yes' of a book in Japanese says almost what 'YesAndRightToLeft' does
_SURE_BY_SHAPE = 0.5, 0.95  # from half of the pages tall to all of them


@dataclass(frozen=True, slots=True)
class DirectionGuess:
    """A direction and where it comes from.  confidence: 0 to 1, 1 only where a source says so outright.

    source: one of those that say so ('comicinfo', 'epub', ...), or what it was guessed from: 'pages' (their
    shape), 'language', 'words' (names, genres, publishers), 'default'.
    """

    direction: Direction
    source: str
    confidence: float


def comicinfo_direction(info: Declared, language: str | None) -> DirectionGuess | None:
    """What ComicInfo's Manga says: 'Yes' of a book in Japanese all but says right to left."""
    manga = (info.manga or "").lower()
    if manga == "yesandrighttoleft":
        return DirectionGuess("rtl", info.source, 1.0)
    if manga == "yes" and language == "ja":
        return DirectionGuess("rtl", info.source, _SURE_BY_MANGA_YES)
    return DirectionGuess("ltr", info.source, 1.0) if manga == "no" else None


def choose_direction(
    book: OpenBook, said: Sequence[DirectionGuess | None], names: Iterable[str], language: str | None
) -> DirectionGuess:
    """The direction of a book.

    said: what each source says, the most trusted first.  names: what the book, its folders, its publisher
    and its genres are called.  The pages' shape overrules 'ltr', which many tools write unasked, and nothing
    else.  Looks at the headers of up to 16 pages.
    """
    words = list(names)
    declared = [guess for guess in said if guess is not None]
    for guess in declared:
        if guess.direction != "ltr":
            return guess
    tall = share_of_tall_pages(book, says_webtoon(words))
    if tall > 0.5:
        low, high = _SURE_BY_SHAPE
        return DirectionGuess("vertical", "pages", round(low + (high - low) * tall, 2))
    return declared[0] if declared else guess_direction(words, language)


def guess_direction(names: Iterable[str], language: str | None) -> DirectionGuess:
    """The direction of a book that does not say, from its language and what things are called."""
    if language in _RTL_LANGUAGES:
        return DirectionGuess("rtl", "language", _SURE_BY_LANGUAGE)
    if any(_MANGA_WORDS.search(name) for name in names):
        sure = _SURE_BY_WORDS if language is None else _SURE_BY_WORDS_ABROAD
        return DirectionGuess("rtl", "words", sure)
    if language is None or language in _EITHER_WAY:
        return DirectionGuess("ltr", "default", _SURE_OF_NOTHING)
    return DirectionGuess("ltr", "language", _SURE_OF_WESTERN)


def shelf_names(path: Path) -> list[str]:
    """The name of a book, and of the folders above it that have a shelf's name: of three words at most."""
    place = path.absolute()
    folders = [folder.name for folder in list(place.parents)[:_SHELVES]]
    return [place.stem, *(name for name in folders if len(_WORD.findall(name)) <= _SHELF_WORDS)]


def says_webtoon(words: Iterable[str]) -> bool:
    """Whether a format, genre, tag or name calls the book a webtoon."""
    return any(_WEBTOON_WORDS.search(word) for word in words)


def share_of_tall_pages(book: OpenBook, called_webtoon: bool) -> float:
    """The share of pages that are slices of a strip: 2.2 widths tall, or over 1.5 where called a webtoon.

    Looks at the headers of up to 16 pages spread over the book; those that cannot be read do not count.
    """
    ratios = _page_ratios(book)
    tall = sum(ratio > WEBTOON_RATIO if called_webtoon else ratio >= STRIP_RATIO for ratio in ratios)
    return tall / len(ratios) if ratios else 0.0


def _page_ratios(book: OpenBook) -> list[float]:
    """Height over width of the sampled pages."""
    count = len(book.entries)
    ratios = []
    for seq in sorted({place * count // _SAMPLE for place in range(_SAMPLE)}):
        try:
            width, height = book.page_size(seq)
        except PageError:
            continue  # reading the page reports it
        ratios.append(height / width)
    return ratios
