"""Stage `text`: lines of text, to which panel each belongs, and the joined text in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.books.direction import CORRECTABLE
from warehouse.contracts import Direction, ReadLine
from warehouse.database.queries import stored_pages, stored_panels
from warehouse.reading_order import order_on_spread
from warehouse.records import DirectionRow, LineRow, StoredBook, StoredPage, StoredPanel, TextRow, TextRows
from warehouse.stages.ahead import mapped_ahead
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures
from warehouse.text_layout import is_column, joined_text, panel_of, reading_blocks

_WORD = re.compile(r"\w+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LEAST_COLUMNS, _MOST_LINES = 8, 0.6  # columns that show a direction; their share of all lines
_SURE_OF_COLUMNS = 0.95


@dataclass(frozen=True, slots=True)
class _PageText:
    lines: list[LineRow]
    panels: list[TextRow]
    page: TextRow


def read_text(job: Job) -> TextRows:
    """Read every readable page that is not blank."""
    reader = job.profile.text_reader
    panels = stored_panels(job.connection, job.book.id)
    pages = stored_pages(job.connection, job.book.id)
    pictures = page_pictures(job, pages, lambda page: not page.low_information)
    read = [
        (page, lines)
        for (page, _), lines in mapped_ahead(
            lambda picture: reader.read(picture[1]), pictures, reader.pages_at_once
        )
    ]
    direction = seen_direction(job.book, [lines for _, lines in read])
    book, moved = job.book, {}
    if direction is not None:
        book = replace(book, direction=direction.direction)
        moved = {page.id: reordered(page, panels.get(page.id, []), direction.direction) for page in pages}
    found = [
        arrange(book, page, moved.get(page.id) or panels.get(page.id, []), lines, reader.name)
        for page, lines in read
    ]
    blank = [TextRow(page.id, "", 0) for page in pages if page.low_information]
    return TextRows(
        lines=tuple(line for page in found for line in page.lines),
        panels=tuple(panel for page in found for panel in page.panels),
        pages=tuple([page.page for page in found] + blank),
        direction=direction,
        panel_order=tuple((panel.id, panel.seq) for order in moved.values() for panel in order),
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


def reordered(page: StoredPage, panels: Sequence[StoredPanel], direction: Direction) -> list[StoredPanel]:
    """The panels of a page as they follow each other in another reading direction."""
    order = order_on_spread([panel.box for panel in panels], direction, page.fold_x)
    return [replace(panels[place], seq=seq) for seq, place in enumerate(order)]


def arrange(
    book: StoredBook,
    page: StoredPage,
    panels: Sequence[StoredPanel],
    lines: Sequence[ReadLine],
    source: str,
) -> _PageText:
    """Give each line of a page its panel and its place; lines in no panel come last."""
    boxes = [panel.box for panel in panels]
    homes = [panel_of(line.box, boxes) for line in lines]
    rows: list[LineRow] = []
    panel_texts: list[TextRow] = []
    texts: list[str] = []
    for home in [*range(len(panels)), None]:
        mine = [line for line, its in zip(lines, homes, strict=True) if its == home]
        blocks = reading_blocks(mine, book.direction)
        text = joined_text(blocks, mine, book.language)
        panel_id = None if home is None else panels[home].id
        for block in blocks:
            for place in block.lines:
                line = mine[place]
                rows.append(
                    LineRow(page.id, panel_id, len(rows), line.box, line.text, line.confidence, source)
                )
        if panel_id is not None:
            panel_texts.append(TextRow(panel_id, text, count_words(text)))
        if text:
            texts.append(text)
    whole = "\n".join(texts)
    return _PageText(rows, panel_texts, TextRow(page.id, whole, count_words(whole)))


def count_words(text: str) -> int:
    """Runs of letters and digits."""
    return len(_WORD.findall(text))
