"""Stage `panels`: boxes in reading order, where spreads fold, and which slices make one strip."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.books.direction import CORRECTABLE
from warehouse.books.spreads import find_fold, fold_between
from warehouse.contracts import DetectedPanel, Direction, PanelDetector, PanelRecord, Pixels
from warehouse.database.queries import stored_pages
from warehouse.geometry import Box, moved
from warehouse.reading_order import order_on_spread
from warehouse.records import DirectionRow, PageLayoutRow, PanelRow, PanelRows
from warehouse.stages.ahead import mapped_ahead
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures
from warehouse.stages.recorded_panels import RecordedBook
from warehouse.stages.slice_runs import (
    FoundPage,
    FoundPanel,
    Part,
    as_found,
    chains,
    detect_on_strip,
    is_strip,
    joined_at_parts,
    parts,
    unlinked,
)

THREADS = 2

_SURE_OF_SLICES = 0.95


def find_panels(job: Job) -> PanelRows:
    """Detect the panels of every readable page, on two pages at a time."""
    vertical = job.book.direction == "vertical"
    found = _found(job, vertical=vertical)
    strip = vertical
    if not vertical and is_strip(found):
        # Seen again as what it is, so that a later run, which knows the direction, finds the same.
        strip, found = True, _found(job, vertical=True)
    found = joined_at_parts(found) if strip else unlinked(found)
    guessed = not vertical and job.book.direction_confidence < CORRECTABLE
    direction = DirectionRow("vertical", "slices", _SURE_OF_SLICES) if strip and guessed else None
    ordered_by = direction.direction if direction else job.book.direction
    name = job.profile.panel_detector.name
    rows = [row for page in found for row in _panel_rows(page, ordered_by, name)]
    return PanelRows(tuple(rows), tuple(_layout_rows(found)), direction)


def _found(job: Job, *, vertical: bool) -> list[FoundPage]:
    """What is on every readable page, in order.  vertical: the book is known to be a strip."""
    chosen = job.profile.panel_detector
    stored = stored_pages(job.connection, job.book.id)
    detector: PanelDetector | RecordedBook = chosen
    if isinstance(chosen, PanelRecord):
        detector = RecordedBook(chosen, chosen.name, job.book.path, stored)
    pictures = page_pictures(job, stored)
    found: list[FoundPage] = []
    for _, pages in mapped_ahead(
        lambda part: detect_on_part(detector, part), parts(pictures, vertical=vertical), THREADS
    ):
        found.extend(pages)
    return found


def detect_on_part(detector: PanelDetector | RecordedBook, part: Part) -> list[FoundPage]:
    """What is on the pages of a part: slices are looked at together, pages and spreads by themselves."""
    if isinstance(detector, RecordedBook):
        return detector.found_on(part)
    if len(part.pages) > 1:
        return detect_on_strip(detector, part)
    page, picture = part.pages[0], part.pictures[0]
    panels, fold = detect_on_page(detector, picture, double=page.double_page)
    return [FoundPage(page, as_found(panels), part.linked, fold_x=fold)]


def detect_on_page(
    detector: PanelDetector, picture: Pixels, *, double: bool
) -> tuple[list[DetectedPanel], int | None]:
    """The panels of a page, and where it folds if it is a spread; each half of that is looked at alone."""
    height, width = picture.shape[:2]
    spread = double and width > height
    fold = find_fold(picture) if spread else None
    if fold is not None:
        right = [_shifted(panel, fold) for panel in detector.detect(picture[:, fold:])]
        return [*detector.detect(picture[:, :fold]), *right], fold
    panels = detector.detect(picture)
    return panels, fold_between([panel.box for panel in panels], width) if spread else None


def _shifted(panel: DetectedPanel, by: int) -> DetectedPanel:
    """The panel, so many pixels further right."""
    box = Box(panel.box.x + by, panel.box.y, panel.box.w, panel.box.h)
    return DetectedPanel(box, panel.score, moved(panel.polygon, by, 0) if panel.polygon else None)


def in_reading_order(page: FoundPage, direction: Direction) -> list[FoundPanel]:
    """The panels of a page as a reader would follow them."""
    order = order_on_spread([panel.box for panel in page.panels], direction, page.fold_x)
    return [page.panels[place] for place in order]


def _panel_rows(page: FoundPage, direction: Direction, detector: str) -> list[PanelRow]:
    return [
        PanelRow(
            page.page.id,
            seq,
            panel.box,
            panel.score,
            detector,
            panel.from_previous,
            panel.to_next,
            panel.polygon,
        )
        for seq, panel in enumerate(in_reading_order(page, direction))
    ]


def _layout_rows(found: Sequence[FoundPage]) -> list[PageLayoutRow]:
    return [
        PageLayoutRow(page.page.id, page.fold_x, *(place or (None, None)))
        for page, place in zip(found, chains(found), strict=True)
    ]
