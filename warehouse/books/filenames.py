"""What a file name tells of a comic: series, number, volume, year, count, title.

The usual shapes: 'Series #001 (2021)', 'Series 001 (of 06) (2019) (Digital) (Group)', 'Series v01 c003',
'Series - Title', 'Series_001', 'Series Annual 2', 'Series #½', 'Series 1.MU', '[Group] Series Vol. 3'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from warehouse.books.sources import BOOK_EXTENSIONS

_LONGEST = 300
_NUMBER = r"\d{1,3}(?:,\d{3})+|-?\d+(?:[.,]\d+)?(?:\.[A-Za-z]{1,4})?[a-z]?|\d*[½¼¾⅓⅔]|1/2"
_YEAR = r"(?:18[3-9]\d|19\d\d|20\d\d)"

_DATE = re.compile(rf"\(?\b({_YEAR})[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?\b\)?")
_MONTH_DATE = re.compile(
    rf"\((?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|spring|summer|fall|autumn|winter)"
    rf"[\s,]+({_YEAR})\)",
    re.IGNORECASE,
)
_YEAR_GROUP = re.compile(rf"[(\[]({_YEAR})(?:\s*[-–]\s*(?:{_YEAR}|\d\d)?)?[)\]]")
_OF_COUNT = re.compile(r"\(?\s*\bof\s+0*(\d{1,4})\b\s*\)?", re.IGNORECASE)
_GROUP = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_BRACKETED_VOLUME = re.compile(r"[(\[]((?:v|vol\.?|volume)\s*\d{1,4})[)\]]", re.IGNORECASE)
_VOLUME = re.compile(
    r"\b(?:(?:volume|vol|tome|bd)\.?\s*|[vt]\.?)0*(\d{1,4})(?:\s*-\s*\d{1,3})?(?:\.(?=\d{3})|\b)",
    re.IGNORECASE,
)
_JAPANESE_VOLUME = re.compile(r"第?\s*0*(\d{1,4})\s*[巻卷]")
_JAPANESE_CHAPTER = re.compile(r"第?\s*(\d{1,4})\s*[話话]")
_CHAPTER = re.compile(rf"\b(?:(?:chapter|chap|ch|episode|ep)\.?\s*|c)#?({_NUMBER})(?![\w½])", re.IGNORECASE)
_HASH = re.compile(rf"(?:\b(?:issue|no|nr)\b\.?\s*)?#\s*({_NUMBER})(?!\w)", re.IGNORECASE)
_WORDED = re.compile(rf"\b(?:issue|no\.|nr\.|number)\s*({_NUMBER})(?!\w)", re.IGNORECASE)
_PLAIN = re.compile(rf"(?<![\w.'’&])(\d+-\d+|{_NUMBER})(?!\w|['’])")
_NUMBERED_BY_YEAR = re.compile(r"\b(annual|special|yearbook|almanac)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileNameGuess:
    """What a file name seems to say; None where it says nothing.  number: without leading zeros."""

    series: str | None = None
    number: str | None = None
    volume: int | None = None
    year: int | None = None
    of_count: int | None = None
    title: str | None = None


def parse_filename(name: str) -> FileNameGuess:
    """Read a comic's file name, with or without its extension and folders."""
    text = _spaced(_stem(name))
    text, year = _take_year(text)
    text, count = _take(text, _OF_COUNT)
    text = _without_groups(_BRACKETED_VOLUME.sub(r" \1 ", text))
    text, volume = _take(text, _VOLUME, _JAPANESE_VOLUME)
    series, number, title = _split_number(text)
    if number and year is None and _looks_like_year(number) and not _HASH.search(text):
        year = number
        number = number if _NUMBERED_BY_YEAR.search(series or "") else None
    if series is None and title:
        series, title = title, None
    series, title = _split_title(series, title)
    return FileNameGuess(series, number, _whole(volume), _whole(year), _whole(count), title)


def _stem(name: str) -> str:
    base = PurePath(name.replace("\\", "/").replace("\0", "")).name[:_LONGEST]
    stem, dot, suffix = base.rpartition(".")
    return stem if dot and stem and suffix.lower() in BOOK_EXTENSIONS else base


def _spaced(text: str) -> str:
    """Underscores, %20, plus signs and dots between words become spaces where there are no real ones."""
    text = text.replace("%20", " ").replace("_", " ")
    if " " not in text:
        text = text.replace("+", " ")
        # A dot between digits may be a decimal point; '1.MU' is left together too.
        text = re.sub(r"(?<=[^\d\s.])\.(?=[^\s.])|\.(?=[^\W\d]{5,}|\()", " ", text)
    return " ".join(text.split())


def _take_year(text: str) -> tuple[str, str | None]:
    """The year of publication: a full date first, then the last year that stands in brackets."""
    for pattern in (_MONTH_DATE, _DATE, _YEAR_GROUP):
        found = list(pattern.finditer(text))
        if found and (pattern is not _DATE or found[-1].start() > 0):
            return _cut(text, found[-1]), found[-1][1]
    return text, None


def _take(text: str, *patterns: re.Pattern[str]) -> tuple[str, str | None]:
    """The text without the first match of the first pattern that has one, and what it held."""
    match = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    return (_cut(text, match), match[1]) if match else (text, None)


def _looks_like_year(number: str) -> bool:
    return re.fullmatch(r"19[3-9]\d|20[0-3]\d", number) is not None


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} \0 {text[match.end() :]}"


def _without_groups(text: str) -> str:
    """Bracketed remarks (scanner, edition, 'Digital') dropped; nested ones from the inside out."""
    for _ in range(4):
        text = _GROUP.sub(" ", text)
    return " ".join(text.split())


def _split_number(text: str) -> tuple[str | None, str | None, str | None]:
    """Series, number and what follows.  A '#' decides; then a chapter; then the last plain number."""
    for pattern in (_HASH, _WORDED, _CHAPTER, _JAPANESE_CHAPTER):
        match = pattern.search(text)
        if match:
            return _pieces(text, match)
    found = [match for match in _PLAIN.finditer(text) if _may_be_number(text, match)]
    return _pieces(text, found[-1]) if found else (_tidy(text), None, None)


def _may_be_number(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].strip(" -\0"), text[match.end() :].strip()
    if not before:
        return not after.strip(" -\0") or after.startswith("-")
    # 'Series - 2 Girls', 'all-3-pages': a number followed by more words belongs to them, unless it is padded.
    padded = len(match[1].lstrip("-")) >= (2 if after.startswith("-") else 3)
    return not after or padded or after[0] in "–—\0:" or after.startswith("- ")


def _pieces(text: str, match: re.Match[str]) -> tuple[str | None, str | None, str | None]:
    title = _tidy(text[match.end() :])
    # A bare language code ('story-01-en') is no title.
    return _tidy(text[: match.start()]), _number(match[1]), title if title and len(title) > 2 else None


def _number(text: str) -> str:
    """Without leading zeros and thousands separators, with a decimal point."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        return text.replace(",", "")
    return re.sub(r"(?<![\d.,])0+(?=\d)", "", text).replace(",", ".")


def _tidy(text: str) -> str | None:
    cleaned = " ".join(text.replace("\0", " ").split()).strip(" -–—,;:_~")
    return re.sub(r"(?:\s+-)+\s*$", "", cleaned) or None


def _split_title(series: str | None, title: str | None) -> tuple[str | None, str | None]:
    """'Series - Title' parted at its first dash that has spaces around it."""
    if series and title is None:
        left, dash, right = re.sub(r"\s+[–—]\s+", " - ", series).partition(" - ")
        if dash and left.strip() and right.strip():
            return _tidy(left), _tidy(right)
    return series, title


def _whole(text: str | None) -> int | None:
    return int(text) if text else None
