"""Years and months in file names."""

from __future__ import annotations

import re

from warehouse.books.naming.marked import Fact, MarkedText

YEAR = r"(?:18[3-9]\d|19\d\d|20\d\d)"
_LATEST_PLAIN_YEAR = 2039
_MONTHS = (
    r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,6})\.?"
    r"(?:\s*[-/&]\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)?"
)
_SEASON = r"(?:spring|summer|fall|autumn|winter|christmas|holiday|easter|hiver|printemps|été|automne)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_IN_BRACKETS = [
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?:c|ca|circa|©)?\.?\s*(?P<year>{YEAR})\??(?:\s*[-/]\s*(?:{YEAR}|\d\d|present|ongoing)?)?",
        rf"(?P<year>{YEAR})[-./ ]{_MONTH}(?:[-./ ]{_DAY})?",
        rf"(?:{_DAY}[-./ ])?{_MONTH}[-./ ](?P<year>{YEAR})",
        rf"{_DAY}[-/ ]{_DAY}[-/ ](?P<year>{YEAR})",
        rf"(?:{_DAY}(?:st|nd|rd|th)?\s+)?{_MONTHS}(?:\s+{_DAY}(?:st|nd|rd|th)?)?[\s,]+(?P<year>{YEAR})",
        rf"(?P<year>{YEAR})[\s,]+{_MONTHS}",
        rf"{_SEASON}[\s,]+(?P<year>{YEAR})(?:\s*[-/]\s*\d\d(?:\d\d)?)?|(?P<year_>{YEAR})[\s,]+{_SEASON}",
        r"(?P<year>20\d\d|19\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    )
]
_PUBLISHED = re.compile(rf"(?:[^\d()]*[^\W\d_])?[\s,.:;-]*(?P<year>{YEAR})(?:[\s,.:;-]+[^\d()]*)?")
_FULL_DATE = re.compile(rf"(?<![\w-])(?P<year>{YEAR})[-/](?P<month>0[1-9]|1[0-2])[-/]{_DAY}(?![\w-])")
_COMPACT_DATE = re.compile(r"(?<!\w)(?P<year>20\d\d|19\d\d)(?P<month>0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\w)")
_YEAR_MONTH = re.compile(
    rf"(?:(?<=\s)|^(?=\S+\s+[^\W\d_]))(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?![\w-])"
)
_WORDED = re.compile(rf"(?<!\w)(?:{_DAY}\s+)?{_MONTHS}[\s,]+(?P<year>{YEAR})(?!\w)", re.IGNORECASE)
_IN_FRONT = re.compile(r"^\s*(?P<year>19[3-9]\d|20[0-3]\d)\s+-(?=\s.*[^\W\d_].*\d)")
_YEARS = re.compile(rf"(?<=\s)(?P<year>{YEAR})-{YEAR}(?![\w-])")
_WEEKLY = re.compile(r"(?<=\s)(?P<year>19\d\d|20\d\d)-(?P<week>1[3-9]|[2-4]\d|5[0-3])(?![\w-])")
_FREE_COMIC_DAY = re.compile(r"\b(?:FCBD|free comic(?: book)? day)\b", re.IGNORECASE)


def date_in_brackets(text: str) -> Fact | None:
    """The date that a bracket holds and nothing else: '1951', '1951-54', 'May 1951', '2019-05-01'."""
    for pattern in _IN_BRACKETS:
        match = pattern.fullmatch(text)
        if match:
            return _fact(match)
    return None


def year_among_words(text: str) -> Fact | None:
    """The year of a bracket that holds words too: 'Dell, 1951', 'FCBD 2019'."""
    match = _PUBLISHED.fullmatch(text)
    return Fact(year=int(match["year"])) if match and is_plain_year(match["year"]) else None


def read_dates(marked: MarkedText) -> None:
    """Mark the dates that stand in the open, whole ones first; of a weekly's '1965-34', 34 is the number."""
    weekly = _WEEKLY.search(marked.text)
    if weekly and int(weekly["week"]) <= int(weekly["year"][2:]):
        mark = marked.mark(Fact(year=int(weekly["year"])))
        marked.text = f"{marked.text[: weekly.start()]}{mark} #{weekly['week']} {marked.text[weekly.end() :]}"
    dated = any(fact.year for fact in marked.facts)
    for pattern in (
        _FULL_DATE,
        _COMPACT_DATE,
        _YEAR_MONTH,
        _WORDED,
        _IN_FRONT,
        *(() if dated else (_YEARS,)),
    ):
        if marked.take(pattern, _fact):
            return


def is_plain_year(text: str) -> bool:
    """May a bare number be the year of publication?"""
    return re.fullmatch(r"19[3-9]\d|20[0-3]\d", text) is not None


def looks_like_year(text: str) -> bool:
    """Is a bare number rather a year than an issue number, if only one of a title ('2049')?"""
    return re.fullmatch(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?", text) is not None


def free_comic_day_year(text: str) -> int | None:
    """The year of a Free Comic Book Day that the text names."""
    if not _FREE_COMIC_DAY.search(text):
        return None
    years = re.findall(r"(?<!\d)(20[0-3]\d)(?!\d)", text)
    return int(years[0]) if years else None


def is_free_comic_day(text: str) -> bool:
    return _FREE_COMIC_DAY.search(text) is not None


def _fact(match: re.Match[str]) -> Fact:
    found = match.groupdict()
    year = found.get("year") or found.get("year_") or ""
    if found.get("month"):
        return Fact(year=int(year), month=int(found["month"]))
    word = (found.get("word") or "").lower()
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return Fact(year=int(year), month=names.index(word) + 1 if word else None)
