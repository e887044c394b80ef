"""A contact sheet of search hits: pages in a grid, numbered, the panel or strip found drawn in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from warehouse.database.answer_rows import Hit
from warehouse.errors import QueryError
from warehouse.records import Thumbnail

COLUMNS = 5
CELL = 270
MARGIN = 10
CAPTION = 34
PAPER, INK, MARK = (250, 250, 247), (20, 20, 20), (220, 30, 60)


def draw_sheet(hits: Sequence[Hit], thumbnails: Mapping[int, Thumbnail], path: Path) -> None:
    """Draw the hits in order into a picture file.  Raises QueryError where it cannot be written."""
    columns = max(1, min(COLUMNS, len(hits)))
    rows = max(1, -(-len(hits) // columns))
    size = (columns * (CELL + MARGIN) + MARGIN, rows * (CELL + CAPTION + MARGIN) + MARGIN)
    sheet = Image.new("RGB", size, PAPER)
    for place, hit in enumerate(hits):
        corner = (
            MARGIN + place % columns * (CELL + MARGIN),
            MARGIN + place // columns * (CELL + CAPTION + MARGIN),
        )
        _draw_hit(sheet, corner, place + 1, hit, thumbnails.get(hit.page_id))
    try:
        sheet.save(path)
    except (OSError, ValueError) as error:
        raise QueryError(
            f"the sheet cannot be written to {path} ({error})", code="sheet-unwritable"
        ) from error


def _draw_hit(
    sheet: Image.Image, corner: tuple[int, int], number: int, hit: Hit, thumbnail: Thumbnail | None
) -> None:
    draw = ImageDraw.Draw(sheet)
    x, y = corner
    if thumbnail is not None:
        picture = Image.open(io.BytesIO(thumbnail.jpeg))
        picture.thumbnail((CELL, CELL))
        sheet.paste(picture, corner)
        if hit.x is not None and hit.y is not None and hit.w is not None and hit.h is not None:
            scale = picture.width / thumbnail.width
            left, top = x + hit.x * scale, y + hit.y * scale
            draw.rectangle((left, top, left + hit.w * scale, top + hit.h * scale), outline=MARK, width=3)
    font = ImageFont.load_default(14)
    book = f"{number}. {hit.series or hit.title or hit.book_id} {hit.number or ''}"
    distance = "" if hit.distance is None else f"   distance {hit.distance:.3f}"
    draw.text((x, y + CELL + 2), book[:36], INK, font)
    draw.text((x, y + CELL + 18), f"page {hit.page_seq + 1}{distance}", INK, font)
