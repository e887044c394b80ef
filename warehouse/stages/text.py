"""Stage `text`: lines of text, the balloon and panel of each, and the joined text in reading order."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from warehouse.books.declared import storable
from warehouse.books.direction import CORRECTABLE
from warehouse.books.sandbox.sandboxed_book import open_sandboxed
from warehouse.books.sidecars.said import SaidPanel, SaidText
from warehouse.books.sidecars.text_sidecar import TextSidecar, read_text_sidecar
from warehouse.books.stored_paths import disk_path
from warehouse.contracts import Direction, Pixels, ReadLine
from warehouse.database.queries import said_orders, stored_pages, stored_panels
from warehouse.reading_order import order_on_spread
from warehouse.records import DirectionRow, StoredBook, StoredPage, StoredPanel
from warehouse.said_order import SaidOrder, said_places
from warehouse.stages.ahead import mapped_ahead
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures
from warehouse.stages.read_page import PageText, ReadBlock, arrange, read_page
from warehouse.stages.read_places import lacks_place, with_read_places
from warehouse.stages.said_page import EPUB, SIDECAR, said_blocks
from warehouse.text_joining import hyphenated_words
from warehouse.text_language import seen_language
from warehouse.text_layout import is_column
from warehouse.text_records import LanguageRow, ProblemRow, TextRow, TextRows

log = logging.getLogger("warehouse.stages")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a page.  source: 'sidecar' or 'epub'."""

    source: str
    panels: tuple[SaidPanel, ...]


_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LEAST_COLUMNS, _MOST_LINES = 8, 0.6  # columns that show a direction; their share of all lines
_SURE_OF_COLUMNS = 0.95


def read_text(job: Job) -> TextRows:
    """The text of every readable page: what is said of it, else what is read of one that is not blank."""
    panels = stored_panels(job.connection, job.book.id)
    pages = stored_pages(job.connection, job.book.id)
    sidecar = read_text_sidecar(
        disk_path(job.book.path), {page.seq: page.entry for page in pages}, job.sidecars, job.limits
    )
    read = _read_pages(job, pages, panels, _said(job, sidecar))
    lines = [[line for block in blocks for line in block.lines] for blocks in read.values()]
    seen = seen_direction(job.book, lines)
    direction: Direction = job.book.direction if seen is None else seen.direction
    moved = {}
    if seen is not None:
        said = said_orders(job.connection, job.book.id)
        moved = {page.id: reordered(page, panels.get(page.id, []), direction, said) for page in pages}
    hyphenated = hyphenated_words(line.text for page in lines for line in page)
    found = [
        arrange(page, moved.get(page.id) or panels.get(page.id, []), read[page.id], direction, hyphenated)
        for page in pages
        if page.id in read
    ]
    blank = [TextRow(page.id, "", 0) for page in pages if page.id not in read]
    order = tuple((panel.id, panel.seq) for panels_moved in moved.values() for panel in panels_moved)
    rows = _rows(found, blank, seen, order)
    language = _language(page.text for page in rows.pages)
    return replace(rows, sidecar=sidecar.sha256, language=language, problem=_problem(job, sidecar))


def _said(job: Job, sidecar: TextSidecar) -> dict[int, Said]:
    """Who says what of which page, by seq; a file beside the book goes before the book itself."""
    said: dict[int, Said] = {}
    if job.book.format == "epub":
        with open_sandboxed(disk_path(job.book.path), job.limits) as book:
            for seq, texts in book.page_texts().items():
                said[seq] = Said(EPUB, (SaidPanel(tuple(SaidText(text) for text in texts)),))
    return said | {seq: Said(SIDECAR, panels) for seq, panels in sidecar.pages.items()}


def _problem(job: Job, sidecar: TextSidecar) -> ProblemRow | None:
    if sidecar.problem is None:
        return None
    log.info("book %d: %s", job.book.id, sidecar.problem)
    return ProblemRow(sidecar.problem.code, storable(str(sidecar.problem)))


def _read_pages(
    job: Job,
    pages: Sequence[StoredPage],
    panels: Mapping[int, Sequence[StoredPanel]],
    said: Mapping[int, Said],
) -> dict[int, list[ReadBlock]]:
    """What is on each page that is not blank, by page id.

    A page of which somebody says it is read only where that does not tell in which panels the texts are.
    """
    blocks_said = {
        page.id: said_blocks(page, panels.get(page.id, ()), said[page.seq].panels, said[page.seq].source)
        for page in pages
        if page.seq in said
    }

    def read(picture: tuple[StoredPage, Pixels]) -> list[ReadBlock]:
        page, pixels = picture
        return read_page(job.profile, pixels, panels.get(page.id, ()))

    def wanted(page: StoredPage) -> bool:
        open_places = len(panels.get(page.id, ())) > 1 and lacks_place(blocks_said.get(page.id, ()))
        return not page.low_information and (page.id not in blocks_said or open_places)

    pictures = page_pictures(job, pages, wanted)
    ahead = mapped_ahead(read, pictures, job.profile.text_reader.pages_at_once)
    found = {page.id: blocks for (page, _), blocks in ahead}
    return found | {
        page_id: with_read_places(blocks, found.get(page_id, ())) for page_id, blocks in blocks_said.items()
    }


def _language(texts: Iterable[str]) -> LanguageRow | None:
    seen = seen_language(texts)
    return None if seen is None else LanguageRow(seen.language, seen.confidence)


def _rows(
    found: Sequence[PageText],
    blank: Sequence[TextRow],
    direction: DirectionRow | None,
    order: tuple[tuple[int, int], ...],
) -> TextRows:
    return TextRows(
        lines=tuple(line for page in found for line in page.lines),
        panels=tuple(panel for page in found for panel in page.panels),
        spoken=tuple(panel for page in found for panel in page.spoken),
        pages=tuple([page.page for page in found] + list(blank)),
        direction=direction,
        panel_order=order,
    )


def seen_direction(book: StoredBook, lines: Sequence[Sequence[ReadLine]]) -> DirectionRow | None:
    """'rtl' where most lines of a book are columns of Japanese or Chinese, and its direction was a guess.

    Columns run from the right, and pages set in them do too.  None where nothing speaks against the guess.
    """
    if book.direction == "rtl" or book.direction_confidence >= CORRECTABLE:
        return None
    read = [line for page in lines for line in page if len(line.text) > 1]
    columns = sum(is_column(line.box) and _IDEOGRAPHS.search(line.text) is not None for line in read)
    if columns < _LEAST_COLUMNS or columns < _MOST_LINES * len(read):
        return None
    return DirectionRow("rtl", "lines", _SURE_OF_COLUMNS)


def reordered(
    page: StoredPage,
    panels: Sequence[StoredPanel],
    direction: Direction,
    said: Sequence[SaidOrder] = (),
) -> list[StoredPanel]:
    """The panels of a page as they follow each other in another reading direction, or as a person said."""
    boxes = [panel.box for panel in panels]
    order = said_places(said, page.md5, boxes) or order_on_spread(boxes, direction, page.fold_x)
    return [replace(panels[place], seq=seq) for seq, place in enumerate(order)]
