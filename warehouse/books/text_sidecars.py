"""Text of a book's pages in a JSON file beside it, as vision-language models write it; it goes before OCR.

The file is 'BOOK.text.json', else 'BOOK.json' where that has a list `pages`.  Each page has its 0-based `seq`
and `panels`, each with `text` {dialogue, narration, sfx: lists of texts}, and `panel_coords` [x, y, w, h] in
pixels if known.  A page that is in the file has this text alone; the others are read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.books.json_documents import Fields, parse_json
from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.books.neighbours import neighbour
from warehouse.contracts import TextKind
from warehouse.errors import BookError
from warehouse.geometry import Box

_KINDS: tuple[TextKind, ...] = ("narration", "dialogue", "sfx")
_MOST_PIXELS = 1_000_000
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class SaidPanel:
    """The text of a panel: (kind, text) in reading order.  box: in pixels of the page, None if not said."""

    box: Box | None
    texts: tuple[tuple[TextKind, str], ...]


@dataclass(frozen=True, slots=True)
class TextSidecar:
    """What the file says, by seq.  sha256: of its bytes, None without a file.  problem: what is wrong."""

    pages: Mapping[int, tuple[SaidPanel, ...]] = field(default_factory=dict)
    sha256: str | None = None
    problem: BookError | None = None


def read_text_sidecar(book: Path, limits: Limits = USUAL_LIMITS) -> TextSidecar:
    """Read the file beside a book; one that cannot be read is a problem, and never an error."""
    stem = os.path.splitext(book)[0]
    for path in (Path(f"{stem}.text.json"), Path(f"{stem}.json")):
        try:
            data = neighbour(path, limits)
            if data is None:
                continue
            sha256 = hashlib.sha256(data).hexdigest()
        except BookError as fault:
            return TextSidecar(problem=fault)
        try:
            document = parse_json(data, path.name, limits)
        except BookError as fault:
            return TextSidecar(sha256=sha256, problem=fault)
        if document.has("pages") or path.name.endswith(".text.json"):
            return _sidecar(document, sha256, path.name)
    return TextSidecar()


def _sidecar(document: Fields, sha256: str, name: str) -> TextSidecar:
    pages: dict[int, tuple[SaidPanel, ...]] = {}
    for page in document.objects("pages"):
        seq = page.whole("seq", 0, _MOST_PAGES)
        panels = tuple(_panel(panel) for panel in page.objects("panels"))
        if seq is not None and any(panel.texts for panel in panels):
            pages[seq] = panels
    problem = None
    if document.complaints:
        problem = BookError(f"{name}: {'; '.join(document.complaints)}; left out", code="metadata-broken")
    elif not pages:
        problem = BookError(f"{name} has no pages with text", code="metadata-broken")
    return TextSidecar(pages, sha256, problem)


def _panel(panel: Fields) -> SaidPanel:
    said = panel.within("text")
    texts = tuple(
        (kind, text)
        for kind in _KINDS
        for text in (" ".join(found.split()) for found in said.whole_texts(kind))
        if text
    )
    sides = panel.whole_numbers("panel_coords", _MOST_PIXELS)
    box = Box(*sides) if len(sides) == 4 and sides[2] > 0 and sides[3] > 0 else None
    return SaidPanel(box, texts)
