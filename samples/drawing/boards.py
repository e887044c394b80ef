"""Pages that are not comics panels: covers, adverts, prose, credits and letters."""

from __future__ import annotations

from samples.drawing.canvas import SUPERSAMPLE, Colour, mix, seeded
from samples.drawing.lettering import LEADING, balanced, font_of, letter_panel, wrap, write
from samples.drawing.page import Sheet, frame_panel, new_sheet
from samples.drawing.script import Advert, BackCover, Cover, Issue, Notices, TextStory

BLACK: Colour = (18, 18, 26)
WHITE: Colour = (255, 255, 255)
Ink = tuple[float, float, float, float]


def corners(x: float, y: float, w: float, h: float) -> list[tuple[float, float]]:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def logo(sheet: Sheet, text: str, top: int, tallest: int, fill: Colour) -> int:
    """Letter a title across the page in outlined capitals that dance a little; returns the row below it."""
    text = text.upper()
    width = sheet.width * SUPERSAMPLE
    size = next(s for s in range(tallest, 20, -2) if font_of(s).getlength(text) * 1.06 < width * 0.9)
    font, rng = font_of(size), seeded(text)
    x, y = (width - font.getlength(text) * 1.05) / 2, float(top * SUPERSAMPLE)
    boxes: list[Ink] = []
    places = []
    for letter in text:
        places.append((round(x), round(y + rng.uniform(-0.04, 0.04) * size * SUPERSAMPLE), letter))
        x += font.getlength(letter) * 1.05
    for shift, bold, ink in ((10, 15, BLACK), (0, 15, BLACK), (0, 11, WHITE), (0, 5, fill)):
        for px, py, letter in places:
            sheet.draw.text((px + shift, py + shift), letter, ink, font, stroke_width=bold, stroke_fill=ink)
    for px, py, letter in places:
        if letter != " ":
            boxes.append(sheet.draw.textbbox((px, py), letter, font, stroke_width=5))
    box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    sheet.note(box, text, None, "title")
    return round(box[3] / SUPERSAMPLE) + 10


def plate(
    sheet: Sheet, rows: list[str], x: float, y: float, size: int, fill: Colour, ink: Colour, kind: str
) -> None:
    """A box of centred words; x, y: its upper left, page pixels."""
    font, scale = font_of(size), SUPERSAMPLE
    w = max(font.getlength(row) for row in rows) / scale + 28
    h = len(rows) * size * LEADING + 18
    sheet.draw.rectangle([x * scale, y * scale, (x + w) * scale, (y + h) * scale], fill, BLACK, 5)
    box = write(sheet, rows, (x + w / 2) * scale, (y + 8) * scale, size, ink)
    sheet.note(box, " ".join(rows), None, kind)


def draw_cover(issue: Issue, page: Cover, key: str) -> Sheet:
    """The art over the whole page, the logo, the price box and a tag line."""
    style = issue.style
    sheet = new_sheet(style, "cover", key)
    frame_panel(sheet, page.art, corners(0, 0, sheet.width, sheet.height))
    words = issue.series.split()
    split = 1 if len(words[0]) > 5 else 2
    small, big = " ".join(words[:split]), " ".join(words[split:])
    below = logo(sheet, small, 34, 78, style.logo)
    logo(sheet, big, below, 138, style.logo)
    plate(
        sheet,
        [f"NO. {issue.number}", page.price],
        sheet.width - 150,
        sheet.height - 110,
        24,
        WHITE,
        BLACK,
        "caption",
    )
    rows = balanced(page.tagline.upper(), font_of(30), (sheet.width - 230) * SUPERSAMPLE, 5, 60)
    plate(sheet, rows, 34, sheet.height - 60 - len(rows) * 37, 30, style.logo, BLACK, "caption")
    return sheet


def draw_back_cover(issue: Issue, page: BackCover, key: str) -> Sheet:
    """One picture and a few words in a box."""
    sheet = new_sheet(issue.style, "back_cover", key)
    frame_panel(sheet, page.art, corners(0, 0, sheet.width, sheet.height))
    rows = [word.upper() for word in page.words]
    wide = max(font_of(30).getlength(row) for row in rows) / SUPERSAMPLE + 28
    plate(sheet, rows, (sheet.width - wide) / 2, 80, 30, issue.style.balloon, BLACK, "caption")
    return sheet


def draw_text_story(issue: Issue, page: TextStory, key: str) -> Sheet:
    """A heading, a picture and two columns of prose."""
    sheet = new_sheet(issue.style, "text_story", key)
    cream = (250, 246, 234) if not issue.style.screened else (250, 250, 250)
    sheet.draw.rectangle([0, 0, *sheet.image.size], cream)
    margin, middle = 64, sheet.width / 2
    below = _heading(sheet, page.heading, 60, 44)
    box = write(sheet, [page.byline], middle * SUPERSAMPLE, below * SUPERSAMPLE, 20, BLACK, 0)
    sheet.note(box, page.byline, None, "title")
    top = below + 44
    frame_panel(sheet, page.spot, corners(margin, top, sheet.width - 2 * margin, 370), counted=False)
    _columns(sheet, page.paragraphs, margin, top + 396)
    return sheet


def _heading(sheet: Sheet, text: str, top: int, size: int) -> int:
    rows = wrap(text.upper(), font_of(size), (sheet.width - 110) * SUPERSAMPLE)
    box = write(sheet, rows, sheet.width, top * SUPERSAMPLE, size, BLACK, 3)
    sheet.note(box, " ".join(rows), None, "title")
    below = round(box[3] / SUPERSAMPLE) + 12
    sheet.draw.line([(128, below * 2), ((sheet.width - 64) * 2, below * 2)], BLACK, 5)
    return below + 14


def _columns(sheet: Sheet, paragraphs: tuple[str, ...], margin: int, top: int, size: int = 21) -> None:
    """Two columns, left one first; each paragraph's part in a column is one text."""
    wide = (sheet.width - 2 * margin - 32) / 2
    step, bottom = size * LEADING, sheet.height - 60
    column, y = 0, float(top)
    for paragraph in paragraphs:
        rows = wrap(paragraph, font_of(size), wide * SUPERSAMPLE)
        while rows:
            room = int((bottom - y) / step)
            if room < 1:
                column, y = column + 1, float(top)
                continue
            part, rows = rows[:room], rows[room:]
            left = margin + column * (wide + 32)
            box = write(sheet, part, left * SUPERSAMPLE, y * SUPERSAMPLE, size, BLACK, 0, centre=False)
            sheet.note(box, " ".join(part), None, "caption")
            y += len(part) * step
        y += 12


def draw_advert(issue: Issue, page: Advert, key: str) -> Sheet:
    """A loud page that wants to sell something."""
    sheet = new_sheet(issue.style, "advertisement", key)
    loud, soft = page.colours
    sheet.draw.rectangle([0, 0, *sheet.image.size], soft)
    sheet.draw.rectangle([36, 36, sheet.width * 2 - 36, sheet.height * 2 - 36], None, loud, 16)
    below = logo(sheet, page.headline, 60, 110, loud)
    frame_panel(sheet, page.art, corners(70, below + 20, sheet.width - 140, 540), counted=False)
    y = below + 592
    for k, pitch in enumerate(page.pitch):
        size = 38 if k == 0 else 28
        rows = wrap(pitch, font_of(size), (sheet.width - 150) * SUPERSAMPLE)
        box = write(sheet, rows, sheet.width, y * SUPERSAMPLE, size, BLACK, 2 if k == 0 else 1)
        sheet.note(box, " ".join(rows), None, "caption")
        y += round(len(rows) * size * LEADING) + 16
    _coupon(sheet, page.offer, mix(soft, WHITE, 0.6))
    return sheet


def _coupon(sheet: Sheet, offer: str, fill: Colour) -> None:
    top, left, right = sheet.height - 170, 70, sheet.width - 70
    sheet.draw.rectangle([left * 2, top * 2, right * 2, (top + 110) * 2], fill)
    for x in range(left * 2, right * 2, 40):
        for y in (top * 2, (top + 110) * 2):
            sheet.draw.line([(x, y), (min(x + 22, right * 2), y)], BLACK, 4)
    rows = wrap(offer, font_of(24), (right - left - 40) * SUPERSAMPLE)
    box = write(sheet, rows, sheet.width, (top + 22) * SUPERSAMPLE, 24, BLACK, 1)
    sheet.note(box, " ".join(rows), None, "caption")


def draw_notices(issue: Issue, page: Notices, key: str) -> Sheet:
    """A heading, a picture and centred words."""
    sheet = new_sheet(issue.style, page.page_type, key)
    pale = mix(issue.style.balloon, issue.style.caption, 0.25)
    sheet.draw.rectangle([0, 0, *sheet.image.size], WHITE if issue.style.screened else pale)
    top = _heading(sheet, page.heading, 90, 48) + 10
    framed = frame_panel(sheet, page.spot, corners(110, top, sheet.width - 220, 500), counted=False)
    letter_panel(sheet, page.spot, framed, None)
    y = top + 540
    for words in page.words:
        rows = wrap(words, font_of(26), (sheet.width - 150) * SUPERSAMPLE)
        box = write(sheet, rows, sheet.width, y * SUPERSAMPLE, 26, BLACK, 1)
        sheet.note(box, " ".join(rows), None, "caption")
        y += round(len(rows) * 26 * LEADING) + 16
    return sheet
