"""Which way a book is read: as it says itself, else as its pages look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from warehouse.books.comicinfo import ComicInfo
from warehouse.books.readers.open_book import OpenBook
from warehouse.errors import PageError

WEBTOON_RATIO = 1.5
STRIP_RATIO = 2.2
_SAMPLE = 16
_WEBTOON_WORDS = re.compile(
    r"web[\s_-]?toons?|webcomic strip|long[\s_-]?strip|vertical scroll|manhwa", re.IGNORECASE
)


def declared_direction(info: ComicInfo, language: str | None) -> str | None:
    """'rtl' where ComicInfo says so: outright, or 'Manga: Yes' of a book in Japanese; else None."""
    manga = (info.manga or "").lower()
    if manga == "yesandrighttoleft" or (manga == "yes" and language == "ja"):
        return "rtl"
    return None


def says_webtoon(words: Iterable[str]) -> bool:
    """Whether a format, genre, tag or name calls the book a webtoon."""
    return any(_WEBTOON_WORDS.search(word) for word in words)


def reads_vertically(book: OpenBook, called_webtoon: bool) -> bool:
    """Whether most pages are slices of a strip: taller than 2.2 widths, or 1.5 where it is called a webtoon.

    Looks at the headers of up to 16 pages spread over the book.
    """
    ratios = _page_ratios(book)
    least = WEBTOON_RATIO if called_webtoon else STRIP_RATIO
    tall = sum(ratio > least if called_webtoon else ratio >= least for ratio in ratios)
    return bool(ratios) and tall * 2 > len(ratios)


def _page_ratios(book: OpenBook) -> list[float]:
    """Height over width of the sampled pages; those that cannot be read do not count."""
    count = len(book.entries)
    ratios = []
    for seq in sorted({place * count // _SAMPLE for place in range(_SAMPLE)}):
        try:
            width, height = book.page_size(seq)
        except PageError:
            continue  # reading the page reports it
        ratios.append(height / width)
    return ratios
