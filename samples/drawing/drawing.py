"""Drawing any page of an issue."""

from __future__ import annotations

from samples.drawing.boards import draw_advert, draw_back_cover, draw_cover, draw_notices, draw_text_story
from samples.drawing.lettering import letter_panel, write
from samples.drawing.page import Framed, Sheet, frame_panel, inset_corners, new_sheet, slots
from samples.drawing.script import (
    Advert,
    BackCover,
    Cover,
    Issue,
    Notices,
    Panel,
    StoryPage,
    Style,
    TextStory,
)


def draw_page(issue: Issue, seq: int) -> Sheet:
    """Draw page seq (0-based) of an issue."""
    page = issue.pages[seq]
    key = f"{issue.name}/{seq}"
    if isinstance(page, StoryPage):
        return _story(issue.style, page, key)
    if isinstance(page, Cover):
        return draw_cover(issue, page, key)
    if isinstance(page, BackCover):
        return draw_back_cover(issue, page, key)
    if isinstance(page, TextStory):
        return draw_text_story(issue, page, key)
    if isinstance(page, Advert):
        return draw_advert(issue, page, key)
    assert isinstance(page, Notices)
    return draw_notices(issue, page, key)


def _story(style: Style, page: StoryPage, key: str) -> Sheet:
    """All art first, then all lettering, so that an inset never covers a balloon."""
    sheet = new_sheet(style, "story", key, page.spread)
    if page.title:
        ink = (16, 16, 22) if sum(style.paper) > 380 else style.caption
        box = write(sheet, [page.title.upper()], sheet.width, style.margin * 2, 32, ink, 2)
        sheet.note(box, page.title.upper(), None, "title")
    free = iter(slots(style, page))
    framed: list[tuple[Panel, Framed]] = []
    for panel in page.panels:
        corners = next(free) if panel.inset is None else inset_corners(sheet.panels[-1], panel.inset)
        framed.append((panel, frame_panel(sheet, panel, corners)))
    assert next(free, None) is None, f"{key}: more slots than panels"
    for index, (panel, frame) in enumerate(framed):
        blocked = [f.box for p, f in framed[index + 1 : index + 2] if p.inset is not None]
        letter_panel(sheet, panel, frame, index, blocked)
    return sheet
