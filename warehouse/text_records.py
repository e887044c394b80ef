"""What stage `text` hands to the database."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.geometry import Box
from warehouse.records import DirectionRow


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of text from stage `text`; seq is its place in the reading order of the page.

    block: the balloon, caption or sound it is part of, 0-based on its page.  kind: what that is; None where
    nobody says.  source: the reader's name, 'sidecar' or 'epub'.
    """

    page_id: int
    panel_id: int | None
    seq: int
    box: Box
    text: str
    confidence: float
    source: str
    block: int | None = None
    kind: str | None = None
    kind_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """What is said in a panel by kind, a balloon, caption or sound each, in reading order."""

    panel_id: int
    dialogue: tuple[str, ...]
    narration: tuple[str, ...]
    sfx: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language seen in the text of a book: ISO 639-1.  confidence: 0 to 1."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class TextRow:
    """The joined text of a page or panel."""

    owner_id: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What of a book could not be used although the rest can: the book becomes 'partial'."""

    code: str
    error: str


@dataclass(frozen=True, slots=True)
class TextRows:
    """Everything stage `text` found in a book.

    direction: None where nothing corrects the guess.  panel_order: panel id to seq, where that changes.
    language: None where it cannot be told, or somebody says.  sidecar: SHA-256 of the files that gave text.
    problem: what was wrong with these.
    """

    lines: tuple[LineRow, ...]
    panels: tuple[TextRow, ...]
    spoken: tuple[SpokenRow, ...]
    pages: tuple[TextRow, ...]
    direction: DirectionRow | None
    panel_order: tuple[tuple[int, int], ...]
    language: LanguageRow | None = None
    sidecar: str | None = None
    problem: ProblemRow | None = None
