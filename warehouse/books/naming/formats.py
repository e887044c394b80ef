"""Formats of publication in file names, under the names ComicInfo has for them."""

from __future__ import annotations

import re

from warehouse.books.naming.marked import Fact, MarkedText

_FORMATS: tuple[tuple[str, str], ...] = (
    (r"tpb?|trade paperback", "Trade Paperback"),
    (r"hc|hard ?(?:cover|back)", "Hardcover"),
    (r"o?gn|(?:original )?graphic novel", "Graphic Novel"),
    (r"omnibus", "Omnibus"),
    (r"compendium", "Compendium"),
    (r"one[- ]?shot", "One-Shot"),
    (r"annual|king[- ]size", "Annual"),
    (r"fcbd|free comic(?: book)? day", "Free Comic Book Day"),
    (r"digest", "Digest"),
    (r"magazine", "Magazine"),
    (r"web ?(?:toon|comic)", "Web Comic"),
    (r"preview|ashcan", "Preview"),
    (r"(?:super |giant[- ]size )?special|giant[- ]size", "Special"),
)
_KNOWN = tuple(
    (re.compile(rf"(?<![\w'’]){words}(?![\w'’])", re.IGNORECASE), name) for words, name in _FORMATS
)
_SHORT = re.compile(r"(?<=[\w!?.'’] )(?:TPB|TP|HC|O?GN|[Oo]ne-?[Ss]hot|one-?shot)(?![\w'’-])")
_SERIES_WORDS = re.compile(r"annual|special|yearbook|almanac|summer special|holiday special", re.IGNORECASE)


def format_of(text: str) -> str | None:
    """The format that some words name, None if they name none."""
    return next((name for pattern, name in _KNOWN if pattern.search(text)), None)


def format_at_end(text: str) -> str:
    """The last word, if it names a format; else nothing."""
    last = text.split()[-1:]
    return last[0] if last and format_of(last[0]) else ""


def read_formats(marked: MarkedText) -> None:
    """Mark the abbreviations that are never part of a series' name: 'TPB', 'HC', 'GN', 'One-Shot'."""
    marked.take(_SHORT, lambda match: Fact(format=format_of(match[0]), remark=match[0]), most=2)


def names_a_kind(text: str) -> bool:
    """Is this no title but a kind of issue, which belongs to the series' name?"""
    return _SERIES_WORDS.fullmatch(text) is not None


def ends_in_kind(text: str) -> bool:
    """Does a series' name end in 'Annual' or another kind whose issues are numbered by year?"""
    return re.search(rf"\b(?:{_SERIES_WORDS.pattern})\s*$", text, re.IGNORECASE) is not None
