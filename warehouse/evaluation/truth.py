"""Human annotations of real books: one JSON file a book.

Fields: book (path below the data folder), language, direction, source, group, pages[] with seq (0-based),
page_type, panels ([x, y, w, h] in reading order) and texts (bbox, text, kind, panel: the place in panels).
Null or missing means "not annotated", not "none".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from warehouse.contracts import Direction
from warehouse.errors import QueryError
from warehouse.geometry import Box


@dataclass(frozen=True, slots=True)
class TrueText:
    """A block of text on a page.  text is None where only the place is known; panel: place in the panels."""

    box: Box
    text: str | None
    kind: str | None
    panel: int | None = None


@dataclass(frozen=True, slots=True)
class TruePage:
    """What people say is on a page.  None: they were not asked."""

    seq: int
    page_type: str | None
    panels: tuple[Box, ...] | None
    texts: tuple[TrueText, ...] | None

    @property
    def may_be_story(self) -> bool:
        """Whether its panels are panels to people too: not on covers, advertisements and pages of text."""
        return self.page_type in (None, "story")


@dataclass(frozen=True, slots=True)
class TrueBook:
    """A book and its annotated pages, by seq.

    file: name of the book's file.  group: books of one group are summed; those of one owner of the source
    and one language, unless the annotations say otherwise.
    """

    name: str
    file: str
    language: str | None
    direction: Direction
    pages: tuple[TruePage, ...]
    group: str = ""

    @property
    def has_panels(self) -> bool:
        """Whether its panels are annotated: lists that are all empty say that nobody drew any."""
        return any(page.panels for page in self.pages)


def load_truth(path: Path) -> TrueBook:
    """Read one annotation file.  Raises OSError, ValueError or KeyError on a file of another form."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return TrueBook(
        name=path.stem.removesuffix(".truth"),
        file=Path(document["book"]).name,
        language=document.get("language"),
        direction=cast(Direction, document.get("direction") or "ltr"),
        pages=tuple(sorted((_page(page) for page in document["pages"]), key=lambda page: page.seq)),
        group=document.get("group") or _source_group(path.stem, document),
    )


def annotated_books(truth: Path, books: Path | None, name_part: str = "") -> list[tuple[TrueBook, Path]]:
    """The annotated books whose file is there, by name, and with this in their name.

    Books are looked for in `books`, else in a folder of that name beside the annotations, else with them.
    Raises QueryError 'truth-missing' where there is none, 'truth-unreadable' for a file of another form.
    """
    found = []
    for file in sorted(truth.rglob("*.json")):
        if name_part in file.stem:
            book = _loaded(file)
            folders = [books] if books is not None else [truth.absolute().parent / "books", file.parent]
            paths = [folder / book.file for folder in folders]
            found += [(book, path) for path in paths if path.exists()][:1]
    if not found:
        named = f" named {name_part!r}" if name_part else ""
        raise QueryError(
            f"{truth} has no annotations of a book{named} that is there",
            code="truth-missing",
            remedy="say where they are: --truth DIR --books DIR",
        )
    return found


def _loaded(file: Path) -> TrueBook:
    try:
        return load_truth(file)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise QueryError(
            f"{file} is no file of annotations: {type(error).__name__}: {error}",
            code="truth-unreadable",
            remedy="docs/accuracy.md says what one looks like",
        ) from error


def _source_group(name: str, document: dict[str, Any]) -> str:
    owner, slash, _ = (document.get("source") or "").partition("/")
    language = document.get("language")
    return (f"{owner} {language}" if language else owner) if slash else name


def _page(page: dict[str, Any]) -> TruePage:
    panels, texts = page.get("panels"), page.get("texts")
    return TruePage(
        seq=page["seq"],
        page_type=page.get("page_type"),
        panels=None if panels is None else tuple(Box(*panel) for panel in panels),
        texts=None if texts is None else tuple(_text(text) for text in texts),
    )


def _text(text: dict[str, Any]) -> TrueText:
    return TrueText(Box(*text["bbox"]), text.get("text"), text.get("kind"), text.get("panel"))
