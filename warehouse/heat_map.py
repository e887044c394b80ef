"""A similarity matrix as a picture: blue for unlike, white for nothing in common, red for alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CELL = 46
MARGIN = 12
LONGEST = 34
"""Characters of a label; longer ones are cut."""
BLUE, WHITE, RED, NOTHING = (43, 92, 170), (250, 250, 250), (190, 44, 38), (214, 214, 214)


def draw_heat_map(
    labels: Sequence[str], similarities: Sequence[Sequence[float | None]], path: Path, title: str
) -> None:
    """Save a picture of the matrix, (N, N) of -1 to 1 or None, in the format of the path's ending."""
    shown = [text if len(text) <= LONGEST else f"{text[: LONGEST - 2]}.." for text in labels]
    font, small = ImageFont.load_default(15), ImageFont.load_default(13)
    across = [_turned(text, font) for text in shown]
    left = MARGIN * 2 + max(round(font.getlength(text)) for text in shown)
    top = MARGIN * 4 + max(picture.height for picture in across)
    width = max(left + CELL * len(shown) + MARGIN, round(font.getlength(title)) + 2 * MARGIN)
    image = Image.new("RGB", (width, top + CELL * len(shown) + MARGIN), "white")
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), title, fill="black", font=font)
    for place, label in enumerate(shown):
        middle = top + CELL * place + CELL // 2
        draw.text((left - MARGIN, middle), label, fill="black", font=font, anchor="rm")
        name = across[place]
        image.paste(name, (left + CELL * place + (CELL - name.width) // 2, top - MARGIN // 2 - name.height))
    for row, line in enumerate(similarities):
        for column, similarity in enumerate(line):
            corner = (left + CELL * column, top + CELL * row)
            _draw_cell(draw, corner, similarity, small)
    image.save(path)


def _draw_cell(
    draw: ImageDraw.ImageDraw,
    corner: tuple[int, int],
    similarity: float | None,
    font: ImageFont.ImageFont | ImageFont.FreeTypeFont,
) -> None:
    x, y = corner
    draw.rectangle((x, y, x + CELL - 2, y + CELL - 2), fill=colour_of(similarity))
    text = "-" if similarity is None else f"{similarity:.2f}"
    ink = "white" if similarity is not None and abs(similarity) > 0.6 else "black"
    draw.text((x + CELL // 2 - 1, y + CELL // 2 - 1), text, fill=ink, font=font, anchor="mm")


def colour_of(similarity: float | None) -> tuple[int, int, int]:
    """Red of 1 over white of 0 to blue of -1; grey where there is nothing to compare."""
    if similarity is None:
        return NOTHING
    end = RED if similarity > 0 else BLUE
    share = min(abs(similarity), 1.0)
    red, green, blue = (
        round(white + (colour - white) * share) for white, colour in zip(WHITE, end, strict=True)
    )
    return red, green, blue


def _turned(text: str, font: ImageFont.ImageFont | ImageFont.FreeTypeFont) -> Image.Image:
    """A label that reads upwards."""
    image = Image.new("RGB", (max(1, round(font.getlength(text))), 20), "white")
    ImageDraw.Draw(image).text((0, 10), text, fill="black", font=font, anchor="lm")
    return image.rotate(90, expand=True)
