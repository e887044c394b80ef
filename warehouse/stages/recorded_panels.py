"""Panels that were found elsewhere: looked up by the names of a book's pages, not in its pictures."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from warehouse.books.spreads import find_fold, fold_between
from warehouse.contracts import PageName, PanelRecord
from warehouse.errors import BookError
from warehouse.records import StoredPage
from warehouse.stages.slice_runs import FoundPage, Part, as_found

log = logging.getLogger("warehouse.stages")


class RecordedBook:
    """The panels of one book's pages.  A page that is not known has none.

    Raises BookError 'detections-missing' where no page of the book is known.
    """

    def __init__(self, record: PanelRecord, name: str, path: str, pages: Sequence[StoredPage]):
        self._record = record
        self._path = path
        unknown = [page.entry for page in pages if not record.knows(self._name(page))]
        if pages and len(unknown) == len(pages):
            raise BookError(
                f"{name} has no page of {path}",
                code="detections-missing",
                remedy=f"its images have to be named like '{pages[0].entry}' in a folder named like the book",
            )
        if unknown:
            log.warning(
                "%s: %s has %d pages fewer, for example %s: they have no panels",
                path,
                name,
                len(unknown),
                unknown[0],
            )

    def found_on(self, part: Part) -> list[FoundPage]:
        """What is known of the pages of a part; a panel over the border of two slices is one in each."""
        found = []
        for place, (page, picture) in enumerate(zip(part.pages, part.pictures, strict=True)):
            panels = self._record.panels_of(self._name(page))
            fold = None
            if page.double_page and page.width > page.height:
                fold = find_fold(picture) or fold_between([panel.box for panel in panels], page.width)
            found.append(FoundPage(page, as_found(panels), part.linked or place > 0, fold_x=fold))
        return found

    def _name(self, page: StoredPage) -> PageName:
        return PageName(self._path, page.entry, page.width, page.height)
