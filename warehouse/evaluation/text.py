"""Text recognition against human transcriptions: character error rate inside the boxes people drew."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.contracts import Direction, ReadLine
from warehouse.evaluation.panels import ratio
from warehouse.evaluation.truth import TrueText
from warehouse.text_layout import reading_blocks

NEARLY_RIGHT = 0.1
"""Character error rate up to which a box counts as right."""


@dataclass(frozen=True, slots=True)
class TextFigures:
    """Counts over some text boxes: characters of the truth, and edits from what was read to it."""

    boxes: int = 0
    boxes_right: int = 0
    characters: int = 0
    edits: int = 0

    def __add__(self, other: TextFigures) -> TextFigures:
        return TextFigures(
            self.boxes + other.boxes,
            self.boxes_right + other.boxes_right,
            self.characters + other.characters,
            self.edits + other.edits,
        )

    @property
    def character_error_rate(self) -> float:
        """Edits a character of the truth: 0 is perfect, 1 as bad as reading nothing; NaN without truth."""
        return ratio(self.edits, self.characters)

    @property
    def share_right(self) -> float:
        """Share of boxes of which at least 90 % is right."""
        return ratio(self.boxes_right, self.boxes)


def judge_texts(
    lines: Sequence[ReadLine], texts: Iterable[TrueText], direction: Direction = "ltr"
) -> TextFigures:
    """Figures of one page.

    A line belongs to the box its centre lies in; where several boxes lie over each other, to the one whose
    text it is most like, and of these to the smallest.  What is read outside of all boxes is not held
    against the reader, as few annotations have every sound effect.  The lines of a box are joined in reading
    order, as the warehouse joins those of a panel, and only letters and digits count.  Texts without a
    transcription are left out.
    """
    known = [text for text in texts if text.text is not None]
    figures = TextFigures()
    for text, places in zip(known, lines_of_texts(lines, known), strict=True):
        own = [lines[place] for place in places]
        blocks = reading_blocks(own, direction)
        read = "".join(own[place].text for block in blocks for place in block.lines)
        wanted = letters_and_digits(text.text or "")
        edits = edit_distance(letters_and_digits(read), wanted)
        right = edits <= NEARLY_RIGHT * len(wanted)
        figures += TextFigures(1, int(right), len(wanted), edits)
    return figures


def lines_of_texts(lines: Sequence[ReadLine], texts: Sequence[TrueText]) -> list[list[int]]:
    """The places of the lines that belong to each box, as `judge_texts` gives them."""
    inside: list[list[int]] = [[] for _ in texts]
    for place, line in enumerate(lines):
        owner = _owner(line, texts)
        if owner is not None:
            inside[owner].append(place)
    return inside


def letters_and_digits(text: str) -> str:
    """What counts of a text: its letters and digits, in compatibility form (full width digits are digits)."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def edit_distance(one: str, other: str) -> int:
    """The least number of insertions, deletions and substitutions between two strings (Levenshtein, 1965)."""
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, wanted in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (character != wanted))
    return row[-1]


def edits_within(part: str, whole: str) -> int:
    """The edits from a string to that piece of another which it is most like (Sellers, 1980)."""
    row = [0] * (len(whole) + 1)
    for i, character in enumerate(part, start=1):
        diagonal, row[0] = row[0], i
        for j, wanted in enumerate(whole, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (character != wanted))
    return min(row)


def _owner(line: ReadLine, texts: Sequence[TrueText]) -> int | None:
    x, y = line.box.centre
    around = [
        index
        for index, text in enumerate(texts)
        if text.box.x <= x < text.box.right and text.box.y <= y < text.box.bottom
    ]
    if len(around) < 2:
        return around[0] if around else None
    read = letters_and_digits(line.text)

    def unlikeness(index: int) -> tuple[int, int]:
        return edits_within(read, letters_and_digits(texts[index].text or "")), texts[index].box.area

    return min(around, key=unlikeness)
