"""Stage `panels`: boxes in reading order."""

from __future__ import annotations

from warehouse.contracts import DetectedPanel, Direction
from warehouse.database.queries import stored_pages
from warehouse.reading_order import order_panels
from warehouse.records import PanelRow
from warehouse.stages.ahead import mapped_ahead
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures

THREADS = 2


def find_panels(job: Job) -> list[PanelRow]:
    """Detect the panels of every readable page, on two pages at a time."""
    detector = job.profile.panel_detector
    pictures = page_pictures(job, stored_pages(job.connection, job.book.id))
    rows: list[PanelRow] = []
    for (page, _), panels in mapped_ahead(lambda picture: detector.detect(picture[1]), pictures, THREADS):
        found = in_reading_order(panels, job.book.direction)
        rows.extend(
            PanelRow(page.id, seq, panel.box, panel.score, detector.name) for seq, panel in enumerate(found)
        )
    return rows


def in_reading_order(panels: list[DetectedPanel], direction: Direction) -> list[DetectedPanel]:
    """The panels as a reader would follow them."""
    return [panels[place] for place in order_panels([panel.box for panel in panels], direction)]
