"""Brackets in file names: dates, counts, volumes, formats, and remarks such as the scanner's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.books.naming.dates import date_in_brackets, year_among_words
from warehouse.books.naming.formats import format_of
from warehouse.books.naming.marked import Fact, MarkedText

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OF_COUNT = re.compile(r"(?:of|de|von|di|sur|van|из)\s*#?\s*0*(\d{1,4})", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:written |art |story |drawn )?(?:by|von|par|por)\s+(\S.*)", re.IGNORECASE)
_OPEN_AGAIN = re.compile(
    r"(?:v|vols?\.?|volumes?|tome|tomo|band|bd\.?|t|season|s|saison|staffel|book)[\s.]*\d{1,4}"
    r"(?:\s*-\s*v?\d{1,3})?"
    r"|(?:(?:issue|no\.?|nr\.?|number|(?-i:c)|ch\.?|chap\.?|chapter|ep\.?|episode)\s*)?#?\s*-?\d[\d.]{0,5}[a-z]?"
    r"\s*(?:of|de|von|di|sur)\s*\d{1,4}"
    r"|(?:(?:issue|no|nr)\.?\s*)?#\s*-?\d[\d.]{0,5}[a-z]?"
    r"|(?:issue|no\.?|nr\.?|number|chap\.?|ch\.?|(?-i:c)|chapter|ep\.?|episode)\s*\d[\d.]{0,5}"
    r"|v\d{1,3}\s*c\d{1,4}|\d*[½¼¾]|第?\s*\d{1,4}\s*[巻卷话話回集권화]",
    re.IGNORECASE,
)
_RESOLUTIONS = frozenset(["1920", "1930", "1960", "2000", "2048"])
_PADDED = re.compile(r"0\d{1,3}|\d{2,3}")
_PADDED_SQUARE = re.compile(r"0\d{1,3}")


@dataclass(frozen=True, slots=True)
class Group:
    """The inside of an outermost bracket."""

    text: str
    square: bool


def read_groups(marked: MarkedText) -> None:
    """Mark every bracket with what it says; what names an issue or a volume is put into the open instead."""
    pieces = list(_pieces(marked.text))
    if not any(isinstance(piece, str) and re.search(r"\w", piece) for piece in pieces):
        _open_remarks(marked, pieces)
        return
    texts = [piece if isinstance(piece, str) else _read(marked, piece) for piece in pieces]
    if not any(isinstance(piece, str) and re.search(r"\d", piece) for piece in pieces):
        texts = _with_padded_number(pieces, texts)
    marked.text = " ".join("".join(texts).split())


def _pieces(text: str) -> Iterator[str | Group]:
    """The text in the open and the brackets in turn; a bracket that is never closed is none."""
    place = 0
    for start, end in _outermost(text):
        if start >= place:
            yield text[place:start]
            yield Group(
                " ".join(re.sub(r"[()\[\]{}]", " ", text[start + 1 : end]).split()), text[start] == "["
            )
            place = end + 1
    yield re.sub(r"[()\[\]{}]", " ", text[place:])


def _outermost(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets that are closed begin and end."""
    waiting: list[int] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign in _CLOSING:
            waiting.append(place)
        elif sign in ")]}" and any(_CLOSING[text[start]] == sign for start in waiting):
            while _CLOSING[text[waiting[-1]]] != sign:
                waiting.pop()
            start = waiting.pop()
            found = [pair for pair in found if pair[0] < start]
            found.append((start, place))
    return found


def _read(marked: MarkedText, group: Group) -> str:
    """The mark of a bracket, or its text where that is better read in the open."""
    text = group.text.strip(" ,;")
    count = _OF_COUNT.fullmatch(text)
    if count:
        return marked.mark(Fact(of_count=int(count[1])))
    date = date_in_brackets(text)
    if date and not (group.square and text in _RESOLUTIONS):
        return marked.mark(date)
    if _OPEN_AGAIN.fullmatch(text):
        return f" {text} "
    author = _AUTHOR.fullmatch(text)
    if author:
        return marked.mark(Fact(author=author[1]))
    published = None if group.square and "," not in text else year_among_words(text)
    if published:
        return marked.mark(Fact(published.year, format=format_of(text), remark=text))
    return marked.mark(Fact(format=format_of(text), remark=text)) if text else " "


def _open_remarks(marked: MarkedText, pieces: list[str | Group]) -> None:
    """A name that is all brackets: '[Series][01][2019]'."""
    texts = [_read(marked, piece) if isinstance(piece, Group) else piece for piece in pieces]
    for place, piece in enumerate(pieces):
        if isinstance(piece, Group) and marked.facts_in(texts[place]):
            fact = marked.facts_in(texts[place])[0]
            if fact.remark and fact.year is None and fact.format is None:
                texts[place] = f" {piece.text} "
    marked.text = " ".join("".join(texts).split())


def _with_padded_number(pieces: list[str | Group], texts: list[str]) -> list[str]:
    """In a name without a digit in the open, '(012)' is its number; '(1)' is a second download."""
    if "#" in "".join(texts):
        return texts
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Group):
            continue
        shape = _PADDED_SQUARE if piece.square else _PADDED
        eastern = piece.text.isdecimal() and re.search(r"[\u3040-\u9fff]\s*$", "".join(texts[:place]))
        if shape.fullmatch(piece.text) or (eastern and len(piece.text) < 4):
            return [*texts[:place], f" #{piece.text} ", *texts[place + 1 :]]
    return texts
