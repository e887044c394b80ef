"""What a file name tells of a comic: series, number, volume, year, count, title.

By rules, without a list of series.  Brackets are read first, then dates, counts and volumes in the open, each
replaced by a mark.  What is left is parted by the issue number: the series before it, the title behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warehouse.books.naming.dates import (
    free_comic_day_year,
    is_free_comic_day,
    is_plain_year,
    read_dates,
)
from warehouse.books.naming.formats import ends_in_kind, format_of, names_a_kind, read_formats
from warehouse.books.naming.groups import read_groups
from warehouse.books.naming.marked import MARK, Fact, MarkedText
from warehouse.books.naming.numbers import Split, split_number
from warehouse.books.naming.remarks import first_title, part_author, part_title, tidy
from warehouse.books.naming.text import plain_text
from warehouse.books.naming.volumes import read_counts, read_volumes


@dataclass(frozen=True, slots=True)
class FileNameGuess:
    """What a file name seems to say; None where it says nothing.

    number: without leading zeros; of a manga the chapter, its letter left out.
    volume: may be a year, where the name gives the year a series began beside that of the issue.
    format: as ComicInfo calls it ('Annual', 'Trade Paperback', 'Free Comic Book Day'...).
    author: of '(by Jane Doe)'.  remarks: what else is in brackets.
    Two guesses are equal if they name the same issue alike; format and remarks don't count.
    """

    series: str | None = None
    number: str | None = None
    volume: int | None = None
    year: int | None = None
    of_count: int | None = None
    title: str | None = None
    month: int | None = field(default=None, compare=False)
    format: str | None = field(default=None, compare=False)
    author: str | None = field(default=None, compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)


def parse_filename(name: str) -> FileNameGuess:
    """Read a comic's file name, with or without its extension and folders.  Never raises."""
    marked = MarkedText(plain_text(name))
    for read in (read_groups, read_formats, read_dates, read_counts, read_volumes):
        read(marked)
    split = _with_plain_year(marked, split_number(marked))
    series, author, title = _series_and_title(marked, split)
    dated = _dated(marked, split)
    volume = next((fact.volume for fact in marked.facts if fact.volume is not None), None)
    return FileNameGuess(
        series=series,
        number=split.number,
        volume=dated.volume if volume is None else volume,
        year=dated.year,
        of_count=next((fact.of_count for fact in marked.facts if fact.of_count is not None), None),
        title=title,
        month=dated.month,
        format=next(filter(None, (fact.format for fact in marked.facts)), None) or format_of(series or ""),
        author=author or next(filter(None, (fact.author for fact in marked.facts)), None),
        remarks=tuple(fact.remark for fact in marked.facts if fact.remark),
    )


def _with_plain_year(marked: MarkedText, split: Split) -> Split:
    """A year without brackets becomes a mark: behind the number, or where a number would be expected."""
    if any(fact.year for fact in marked.facts):
        return _numbered_like_a_year(split)
    year = free_comic_day_year(marked.text)
    if year is not None:
        marked.mark(Fact(year=year))
        return split
    if split.number is not None:
        right = re.match(rf"([\s,-]*)(\d{{4}})(?![\w'’])(?=\s|-|{MARK}|$)|(.*\s)(\d{{4}})\s*$", split.right)
        found = right and (right[2] or right[4])
        if right and found and is_plain_year(found):
            behind = split.right[right.end() :] if right[2] else right[3]
            mark = marked.mark(Fact(year=int(found)))
            return Split(split.left, split.number, mark + behind if right[2] else behind + mark, split.marked)
        return _year_before_kind(marked, split)
    return _year_for_number(marked, split)


def _year_for_number(marked: MarkedText, split: Split) -> Split:
    """'Series 1951', 'Series 1951 - Title', 'Series Annual 1987': there, the year is the number too."""
    match = re.search(rf"(?<=[^\s-])[\s,]+(?:-\s+)?(\d{{4}})(?=\s*(?:$|{MARK}|-\s|,))", split.left)
    if (
        match is None
        or not is_plain_year(match[1])
        or not re.search(r"[^\W\d_]", split.left[: match.start()])
    ):
        return split
    left, right = split.left[: match.start()], split.left[match.end() :]
    mark = marked.mark(Fact(year=int(match[1])))
    number = match[1] if ends_in_kind(left) else None
    return Split(left, number, right + mark) if number else Split(left + mark + right)


def _numbered_like_a_year(split: Split) -> Split:
    """'Series Annual 1987 (1987)', '2000AD 1987 (2016)': a number although it looks like a year."""
    if split.number is not None:
        return split
    match = re.search(rf"\s(\d{{4}})(?=\s*(?:$|{MARK}))", split.left)
    before = split.left[: match.start()] if match else ""
    if match and (ends_in_kind(before) or re.fullmatch(r"\s*\d+\s?[A-Za-z]{0,2}\s*", before)):
        return Split(before, match[1], split.left[match.end() :])
    return split


def _year_before_kind(marked: MarkedText, split: Split) -> Split:
    """'Series Annual 2022 #1', 'Series 2022 Annual #1': the year of that annual."""
    match = re.search(r"\s(\d{4})\s*$", split.left)
    if match and is_plain_year(match[1]) and ends_in_kind(split.left[: match.start()]):
        mark = marked.mark(Fact(year=int(match[1])))
        return Split(split.left[: match.start()] + mark, split.number, split.right, split.marked)
    match = re.search(r"\s(\d{4})\s+\w+\s*$", split.left)
    if match and is_plain_year(match[1]) and ends_in_kind(split.left):
        marked.mark(Fact(year=int(match[1])))
    return split


def _dated(marked: MarkedText, split: Split) -> Fact:
    """The year of the issue; one before the number is the series' own, if another follows."""
    before = [fact for fact in marked.facts_in(split.left) if fact.year]
    behind = [fact for fact in marked.facts_in(split.right) if fact.year]
    if before and behind and split.number is not None:
        return Fact(behind[0].year, behind[0].month, volume=before[0].year)
    found = behind or before or [fact for fact in marked.facts if fact.year]
    exact = [fact for fact in found if fact.month] or found
    return exact[0] if exact else Fact()


def _series_and_title(marked: MarkedText, split: Split) -> tuple[str | None, str | None, str | None]:
    """Series, author and title from the two sides of the number."""
    segments = marked.segments(split.left)
    first = next((place for place, segment in enumerate(segments) if tidy(segment)), len(segments))
    name, titles = _joined(segments[first:], numbered=split.number is not None)
    titles = [*marked.segments(split.right), *titles]
    series, author = part_author(tidy(name) or "")
    title = first_title(marked, titles)
    if title and names_a_kind(title) and series:
        series, title = f"{series} {title}", None
    if not series and title and not split.marked:
        series, title = title, None
    if series and title is None and _may_hold_title(marked, split, series):
        series, title = part_title(series)
    title, wrote = part_author(title or "")
    return tidy(series), author or wrote, tidy(title)


def _joined(segments: list[str], *, numbered: bool) -> tuple[str, list[str]]:
    """The series, and what behind a year or volume is a title: behind a dash, or if no number follows."""
    if not segments:
        return "", []
    name, titles = segments[0], []
    for segment in segments[1:]:
        words = tidy(segment)
        if words and (numbered or names_a_kind(words)) and not re.match(r"\s*-", segment):
            name = f"{name} {segment}"
        elif words:
            titles.append(segment)
    return name, titles


def _may_hold_title(marked: MarkedText, split: Split, series: str) -> bool:
    """Only in a name without a number does a dash part them: 'Star Wars - Darth Vader 001' is a series."""
    leading = split.number is not None and not tidy(split.left)
    volume = any(fact.volume is not None for fact in marked.facts_in(split.left))
    return (leading or (split.number is None and not volume)) and not is_free_comic_day(series)
