"""Contact sheets: pages in a grid, captioned, a box drawn in where one was found."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from warehouse.database.answer_rows import Hit
from warehouse.database.duplicate_answers import DuplicatePage
from warehouse.errors import QueryError
from warehouse.geometry import Box
from warehouse.records import Thumbnail

COLUMNS = 5
CELL = 270
MARGIN = 10
CAPTION = 34
CAPTION_LETTERS = 36
PAPER, INK, MARK = (250, 250, 247), (20, 20, 20), (220, 30, 60)


@dataclass(frozen=True, slots=True)
class Cell:
    """A page on a sheet, two lines under it.  box: to draw in, in pixels of the page."""

    page_id: int
    caption: tuple[str, str]
    box: Box | None = None


def draw_sheet(hits: Sequence[Hit], thumbnails: Mapping[int, Thumbnail], path: Path) -> None:
    """Draw search hits in order, numbered.  Raises QueryError where the file cannot be written."""
    cells = [_hit_cell(number, hit) for number, hit in enumerate(hits, 1)]
    draw_rows([cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)], thumbnails, path)


def draw_groups(
    groups: Sequence[Sequence[DuplicatePage]], thumbnails: Mapping[int, Thumbnail], path: Path
) -> None:
    """Draw a row a group of duplicates, its first five pages.  Raises QueryError as draw_sheet does."""
    rows = [
        [_duplicate_cell(number, page) for page in group[:COLUMNS]] for number, group in enumerate(groups, 1)
    ]
    draw_rows(rows, thumbnails, path)


def draw_rows(rows: Sequence[Sequence[Cell]], thumbnails: Mapping[int, Thumbnail], path: Path) -> None:
    """Draw rows of cells into a picture file.  Raises QueryError where it cannot be written."""
    columns = max(1, *(len(row) for row in rows)) if rows else 1
    size = (columns * (CELL + MARGIN) + MARGIN, max(1, len(rows)) * (CELL + CAPTION + MARGIN) + MARGIN)
    sheet = Image.new("RGB", size, PAPER)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            corner = MARGIN + column * (CELL + MARGIN), MARGIN + line * (CELL + CAPTION + MARGIN)
            _draw_cell(sheet, corner, cell, thumbnails.get(cell.page_id))
    try:
        sheet.save(path)
    except (OSError, ValueError) as error:
        raise QueryError(
            f"the sheet cannot be written to {path} ({error})", code="sheet-unwritable"
        ) from error


def _hit_cell(number: int, hit: Hit) -> Cell:
    distance = "" if hit.distance is None else f"   distance {hit.distance:.3f}"
    box = None
    if hit.x is not None and hit.y is not None and hit.w is not None and hit.h is not None:
        box = Box(hit.x, hit.y, hit.w, hit.h)
    book = f"{number}. {hit.series or hit.title or hit.book_id} {hit.number or ''}"
    return Cell(hit.page_id, (book, f"page {hit.page_seq + 1}{distance}"), box)


def _duplicate_cell(number: int, page: DuplicatePage) -> Cell:
    book = f"{number}. {page.series or page.title or page.book_id} {page.number or ''}"
    off = f"{page.distance} bits off"
    how = "canonical" if page.is_canonical else "same bytes" if page.same_bytes else off
    return Cell(page.page_id, (book, f"page {page.page_seq + 1}   {how}"))


def _draw_cell(sheet: Image.Image, corner: tuple[int, int], cell: Cell, thumbnail: Thumbnail | None) -> None:
    draw = ImageDraw.Draw(sheet)
    x, y = corner
    if thumbnail is not None:
        picture = Image.open(io.BytesIO(thumbnail.jpeg))
        picture.thumbnail((CELL, CELL))
        sheet.paste(picture, corner)
        if cell.box is not None:
            scale = picture.width / thumbnail.width
            left, top = x + cell.box.x * scale, y + cell.box.y * scale
            right, bottom = left + cell.box.w * scale, top + cell.box.h * scale
            draw.rectangle((left, top, right, bottom), outline=MARK, width=3)
    font = ImageFont.load_default(14)
    for line, text in enumerate(cell.caption):
        draw.text((x, y + CELL + 2 + 16 * line), text[:CAPTION_LETTERS], INK, font)
