"""A file name in which every fact already understood is replaced by a mark standing in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_FIRST_MARK = 0xE000
MARK = "[\ue000-\uf8ff]"
_MARK = re.compile(MARK)


@dataclass(frozen=True, slots=True)
class Fact:
    """What one piece of a file name says; all None for a remark that says nothing of the issue."""

    year: int | None = None
    month: int | None = None
    volume: int | None = None
    of_count: int | None = None
    format: str | None = None
    author: str | None = None
    remark: str | None = None

    @property
    def parts(self) -> bool:
        """Does it part the series from what comes behind it?  A remark or a format does not."""
        return self.year is not None or self.volume is not None or self.of_count is not None


class MarkedText:
    """The text, and the facts its marks stand for."""

    def __init__(self, text: str):
        self.text = text
        self.facts: list[Fact] = []

    def mark(self, fact: Fact) -> str:
        """A mark for the fact, to be put where it stood, with spaces around it."""
        self.facts.append(fact)
        return f" {chr(_FIRST_MARK + len(self.facts) - 1)} "

    def take(
        self, pattern: re.Pattern[str], fact: Callable[[re.Match[str]], Fact | None], most: int = 1
    ) -> int:
        """Mark the first matches that are a fact, at most so many; returns how many there were."""
        pieces, place, found = [], 0, 0
        for match in pattern.finditer(self.text):
            told = fact(match) if found < most else None
            if told is not None:
                pieces += [self.text[place : match.start()], self.mark(told)]
                place, found = match.end(), found + 1
        self.text = "".join([*pieces, self.text[place:]])
        return found

    def facts_in(self, text: str) -> list[Fact]:
        """The facts whose marks stand in a piece of the text, in its order."""
        return [self.facts[ord(mark) - _FIRST_MARK] for mark in _MARK.findall(text)]

    def segments(self, text: str) -> list[str]:
        """The piece of text cut at the facts that part; the others are left out."""
        cut = _MARK.sub(lambda mark: "\0" if self.facts_in(mark[0])[0].parts else " ", text)
        return cut.split("\0")


def without_marks(text: str) -> str:
    return " ".join(_MARK.sub(" ", text).split())
