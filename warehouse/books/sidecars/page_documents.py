"""One page in JSON, in the forms that vision-language models and the tools behind them write.

panels: [{panel_coords | bbox [x, y, w, h] in pixels, or box_2d [top, left, bottom, right] in thousandths;
then the first there is of
    text_content: [{label, text, box_2d}],
    speakers:     [{dialogue, speech_type}],
    text:         {dialogue, narration, sfx} or one text,
    dialogue, narration, sfx: texts}].
Boxes in pixels are of the page, or of a picture of image_width x image_height.  What is null or absent is
unknown.  Descriptions, captions that tell what a panel shows, and names of characters are not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.books.declared import storable
from warehouse.books.json_documents import Fields
from warehouse.books.sidecars.said import SaidBox, SaidPanel, SaidText
from warehouse.contracts import TextKind

_KINDS: tuple[TextKind, ...] = ("narration", "dialogue", "sfx")
_LABELS: dict[str, TextKind] = {
    **dict.fromkeys(("dialogue", "speech", "thought", "balloon", "bubble", "speechbubble"), "dialogue"),
    **dict.fromkeys(("narration", "caption", "narrator", "narrationbox"), "narration"),
    **dict.fromkeys(("sfx", "sound", "soundeffect", "onomatopoeia"), "sfx"),
}
_PANEL_KEYS = ("panel_number", "panel_coords", "box_2d", "bbox", "text_content", "speakers", "text")
_THOUSANDTHS = (1000.0, 1000.0)
_MOST_PIXELS = 1_000_000
_LETTERS = 100_000  # of one page; a page of prose has four thousand
_PANELS = 1000


@dataclass(frozen=True, slots=True)
class SaidPage:
    """A page of a document.  image: the path of its picture as the document has it, None if it does not say.

    complaints: fields of the wrong kind; what such a page says is not to be trusted.
    """

    panels: tuple[SaidPanel, ...]
    image: str | None = None
    complaints: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        return any(panel.texts for panel in self.panels)


def said_page(page: Fields) -> SaidPage:
    """Read one page."""
    size = _picture_size(page)
    panels = tuple(_panel(panel, size) for panel in _numbered(list(_panels(page))))
    image = page.name("page_image_path", "image_path", "file_name")
    complaints = list(page.complaints)
    if not page.has("panels"):
        complaints.append("panels is missing")
    if len(panels) > _PANELS or sum(len(text.text) for panel in panels for text in panel.texts) > _LETTERS:
        complaints.append("panels holds more than a page can")
    return SaidPage(panels, image, tuple(complaints))


def _picture_size(page: Fields) -> tuple[float, float] | None:
    width, height = (page.whole(name, 1, _MOST_PIXELS) for name in ("image_width", "image_height"))
    return (float(width), float(height)) if width and height else None


def _panels(page: Fields) -> Iterator[Fields]:
    """Panels in a list, by number in an object, or the only one in its place."""
    if not page.is_object("panels"):
        yield from page.objects("panels")
        return
    inside = page.within("panels")
    if any(inside.has(key) for key in _PANEL_KEYS):
        yield inside
        return
    numbers = [re.sub(r"\D", "", name)[:9] for name in inside.names]
    order = list(range(len(numbers)))
    if all(numbers):
        order.sort(key=lambda place: int(numbers[place]))
    for place in order:
        yield inside.within(inside.names[place])


def _numbered(panels: list[Fields]) -> list[Fields]:
    """By their numbers where each has one of its own, else as listed."""
    numbers = [panel.whole("panel_number", 0) for panel in panels]
    known = [number for number in numbers if number is not None]
    if len(set(known)) < len(panels):
        return panels
    return [panels[place] for place in sorted(range(len(panels)), key=lambda place: known[place])]


def _panel(panel: Fields, size: tuple[float, float] | None) -> SaidPanel:
    box = _thousandths(panel) or _pixels(panel, "panel_coords", size) or _pixels(panel, "bbox", size)
    return SaidPanel(tuple(text for text in _texts(panel) if text.text), box)


def _texts(panel: Fields) -> Iterator[SaidText]:
    if panel.has("text_content"):
        for item in panel.items("text_content"):
            if isinstance(item, str):
                yield SaidText(_clean(item))
            else:
                yield SaidText(_clean(item.whole_text("text")), _kind(item.name("label")), _thousandths(item))
    elif panel.has("speakers"):
        for item in panel.items("speakers"):
            if isinstance(item, Fields):
                kind = _kind(item.name("speech_type")) or "dialogue"
                yield from (SaidText(_clean(text), kind) for text in item.whole_texts("dialogue"))
    elif panel.has("text") and not panel.is_object("text"):
        yield from (SaidText(_clean(text)) for text in panel.whole_texts("text"))
    else:
        yield from _by_kind(panel.within("text") if panel.has("text") else panel)


def _by_kind(said: Fields) -> Iterator[SaidText]:
    for kind in _KINDS:
        for item in said.items(kind):
            text = item if isinstance(item, str) else item.whole_text("text", "dialogue")
            yield SaidText(_clean(text), kind)


def _kind(label: str | None) -> TextKind | None:
    return _LABELS.get(re.sub(r"[\W_]", "", (label or "").lower()))


def _clean(text: str) -> str:
    return " ".join(storable(text).split())


def _thousandths(of: Fields) -> SaidBox | None:
    sides = of.numbers("box_2d", 4)
    if sides is None:
        return None
    top, left, bottom, right = sides
    return _box(left, top, right - left, bottom - top, _THOUSANDTHS)


def _pixels(panel: Fields, key: str, size: tuple[float, float] | None) -> SaidBox | None:
    sides = panel.numbers(key, 4)
    if sides is None:
        return None
    x, y, w, h = sides
    return _box(x, y, w, h, size)


def _box(x: float, y: float, w: float, h: float, of: tuple[float, float] | None) -> SaidBox | None:
    """None for one without an area: it says as much as none."""
    inside = w > 0 and h > 0 and max(abs(x), abs(y), w, h) <= _MOST_PIXELS
    return SaidBox(x, y, w, h, of) if inside else None
