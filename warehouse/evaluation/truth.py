"""Human annotations of real books: one JSON file a book.

Fields: book (path below the data folder), language, direction, pages[] with seq (0-based), page_type, panels
([x, y, w, h] in reading order) and texts (bbox, text, kind).  Null or missing means "not annotated", not
"none".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from warehouse.contracts import Direction
from warehouse.geometry import Box


@dataclass(frozen=True, slots=True)
class TrueText:
    """A block of text on a page.  text is None where only the place is known."""

    box: Box
    text: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class TruePage:
    """What people say is on a page.  None: they were not asked."""

    seq: int
    page_type: str | None
    panels: tuple[Box, ...] | None
    texts: tuple[TrueText, ...] | None


@dataclass(frozen=True, slots=True)
class TrueBook:
    """A book and its annotated pages, by seq.  file: name of the book's file."""

    name: str
    file: str
    language: str | None
    direction: Direction
    pages: tuple[TruePage, ...]


def load_truth(path: Path) -> TrueBook:
    """Read one annotation file.  Raises OSError, ValueError or KeyError on a file of another form."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return TrueBook(
        name=path.stem,
        file=Path(document["book"]).name,
        language=document.get("language"),
        direction=cast(Direction, document.get("direction") or "ltr"),
        pages=tuple(sorted((_page(page) for page in document["pages"]), key=lambda page: page.seq)),
    )


def _page(page: dict[str, Any]) -> TruePage:
    panels, texts = page.get("panels"), page.get("texts")
    return TruePage(
        seq=page["seq"],
        page_type=page.get("page_type"),
        panels=None if panels is None else tuple(Box(*panel) for panel in panels),
        texts=None if texts is None else tuple(_text(text) for text in texts),
    )


def _text(text: dict[str, Any]) -> TrueText:
    return TrueText(Box(*text["bbox"]), text.get("text"), text.get("kind"))
