"""Remarks without brackets, and tidy ends of series and titles."""

from __future__ import annotations

import re

from warehouse.books.naming.formats import format_at_end
from warehouse.books.naming.marked import MarkedText, without_marks

_TAIL = re.compile(
    r"(?<!\w)(?:c2c|no ?ads|web[- ]?(?:rip|dl)|digital(?=\s*$|-\w|\s+(?:comic|rip|hd|edition)\b)|repaired"
    r"|rescan|retail|hybrid|comic ebook|ebook|scanlation|proper|repack|hq|fixed|upscaled|1080p?|\d{3,4}px"
    r"|p\d{3}(?:-p?\d{3})?)(?!\w)",
    re.IGNORECASE,
)
_FIRST_DIGITAL = re.compile(r"\s*-?\s*(?:digital|scans?|hd|raw|f|fix)(?!\w)", re.IGNORECASE)
_RELEASE = re.compile(r"\s*-?\s*(?:digital|scan|rip)\s.*\w-\w+\s*", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:eng?|fre?|de|ger|es|spa|ita?|pt|por|nl|rus?|jap?|jpn?|kor?|zh|cn|pl|cs|sv|da|no|fi|tr|v[fo]"
    r"|english|french|german|spanish|italian|raw)(?:[- ][A-Za-z]{2})?",
    re.IGNORECASE,
)
_JOINING = frozenset(["and", "&", "de", "van", "von", "der", "di", "la", "le", "du", "of"])


def without_tail(text: str) -> str:
    """A title up to the first remark in the open: 'The Bell c2c', '-repaired', 'Digital-Group'."""
    match = _TAIL.search(text)
    text = text[: match.start()] if match else text
    return "" if _FIRST_DIGITAL.fullmatch(text) or _RELEASE.fullmatch(text) else text


def is_language(text: str) -> bool:
    """Is this no title but a language: 'en', 'pt-BR'?"""
    return _LANGUAGE.fullmatch(text) is not None


def tidy(text: str) -> str | None:
    """Single spaces, ' - ' for parting dashes, no loose signs at the ends; None if nothing is left."""
    cleaned = re.sub(r"\s+-{1,3}(?=\s)|\s*-{2,3}\s*", " - ", without_marks(text).replace("\0", " "))
    cleaned = re.sub(r"(?:\s+-)+(?=\s+-\s)", "", f" {cleaned} ").strip(" -–—,;:_~=|*#/\\•")
    cleaned = " ".join(cleaned.split())
    if cleaned.startswith("."):
        cleaned = cleaned.lstrip(". ")
    return cleaned if re.search(r"[^\W_]|[^\x00-\x7f]", cleaned) else None


def part_author(text: str) -> tuple[str, str | None]:
    """'Sea Tales By Jane Doe' parted; a name has two to six words, all capitalised."""
    match = re.search(r"(?<=\w)[\s,-]+by\s+(?=[A-Z])", text, re.IGNORECASE)
    if match is None:
        return text, None
    rest = text[match.end() :]
    kind = format_at_end(rest)
    names = rest.removesuffix(kind).split()
    capital = all(name[:1].isupper() or name.lower() in _JOINING for name in names)
    if not capital or not 2 <= len(names) <= 6:
        return text, None
    return f"{text[: match.start()]} {kind}".strip(), " ".join(names)


def part_title(series: str) -> tuple[str, str | None]:
    """'Series - Title' parted at its first dash that has spaces around it."""
    left, dash, right = re.sub(r"\s+[–—]\s+", " - ", series).partition(" - ")
    return (left.strip(), right.strip()) if dash and left.strip() and right.strip() else (series, None)


def first_title(marked: MarkedText, segments: list[str]) -> str | None:
    """The first of the segments that reads as a title."""
    for segment in segments:
        title = tidy(without_tail(segment))
        if title and not re.fullmatch(r"[A-Za-z]|\d{1,3}", title) and not is_language(title):
            return title
    return None
