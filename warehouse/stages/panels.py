"""Stage `panels`: boxes in reading order."""

from __future__ import annotations

from warehouse.contracts import DetectedPanel, Direction
from warehouse.database.queries import stored_pages
from warehouse.reading_order import order_panels
from warehouse.records import PanelRow
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures


def find_panels(job: Job) -> list[PanelRow]:
    """Detect the panels of every readable page."""
    detector = job.profile.panel_detector
    rows: list[PanelRow] = []
    for page, pixels in page_pictures(job, stored_pages(job.connection, job.book.id)):
        found = in_reading_order(detector.detect(pixels), job.book.direction)
        rows.extend(
            PanelRow(page.id, seq, panel.box, panel.score, detector.name) for seq, panel in enumerate(found)
        )
    return rows


def in_reading_order(panels: list[DetectedPanel], direction: Direction) -> list[DetectedPanel]:
    """The panels as a reader would follow them."""
    return [panels[place] for place in order_panels([panel.box for panel in panels], direction)]
