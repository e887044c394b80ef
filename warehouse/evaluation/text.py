"""Text read from pages against what people say is written there.

Per true text box: the lines whose centre lies inside it, top to bottom, joined; letters and digits only, case
aside.  The character error is the edit distance over the length of the truth, summed over boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.contracts import ReadLine
from warehouse.evaluation.truth import TrueText


@dataclass(frozen=True, slots=True)
class TextFigures:
    """edits: insertions, deletions and substitutions.  characters: of the truth."""

    edits: int = 0
    characters: int = 0

    @property
    def character_error(self) -> float:
        """0 for a perfect reading; may exceed 1; NaN without truth."""
        return self.edits / self.characters if self.characters else float("nan")


def judge_text(read: Sequence[ReadLine], true: Iterable[TrueText]) -> TextFigures:
    """The figures of one page; true texts of which only the place is known are left out."""
    edits = characters = 0
    for text in true:
        if text.text is not None:
            written = letters(text.text)
            edits += edit_distance(letters(_inside(read, text)), written)
            characters += len(written)
    return TextFigures(edits, characters)


def total_text(figures: Iterable[TextFigures]) -> TextFigures:
    """The sum over pages."""
    listed = list(figures)
    return TextFigures(sum(f.edits for f in listed), sum(f.characters for f in listed))


def letters(text: str) -> str:
    """Letters and digits, lower case."""
    return "".join(character for character in text.casefold() if character.isalnum())


def edit_distance(a: str, b: str) -> int:
    """Levenshtein (1966)."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def _inside(read: Sequence[ReadLine], text: TrueText) -> str:
    box = text.box
    lines = [
        line
        for line in read
        if box.x <= line.box.centre[0] < box.right and box.y <= line.box.centre[1] < box.bottom
    ]
    return "".join(line.text for line in sorted(lines, key=lambda line: (line.box.centre[1], line.box.x)))
