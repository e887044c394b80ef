"""Stage `text`: lines of text, to which panel each belongs, and the joined text in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import ReadLine
from warehouse.database.queries import stored_pages, stored_panels
from warehouse.records import LineRow, StoredBook, StoredPage, StoredPanel, TextRow, TextRows
from warehouse.stages.ahead import mapped_ahead
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures
from warehouse.text_layout import joined_text, panel_of, reading_blocks

_WORD = re.compile(r"\w+")


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
    found = []
    pictures = page_pictures(job, pages, lambda page: not page.low_information)
    for (page, _), lines in mapped_ahead(
        lambda picture: reader.read(picture[1]), pictures, reader.pages_at_once
    ):
        found.append(arrange(job.book, page, panels.get(page.id, []), lines, reader.name))
    blank = [TextRow(page.id, "", 0) for page in pages if page.low_information]
    return TextRows(
        lines=tuple(line for page in found for line in page.lines),
        panels=tuple(panel for page in found for panel in page.panels),
        pages=tuple([page.page for page in found] + blank),
    )


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
