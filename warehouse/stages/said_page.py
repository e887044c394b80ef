"""A page's text as somebody says it, given to the panels that were found."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.books.sidecars.said import SaidPanel, SaidText
from warehouse.contracts import ReadLine, TextKindGuess
from warehouse.geometry import Box
from warehouse.records import StoredPage, StoredPanel
from warehouse.stages.read_page import ReadBlock
from warehouse.text_layout import panel_of

SIDECAR, EPUB = "sidecar", "epub"
_SAME_PANEL = 0.5  # IoU of one panel drawn by two
_HELD = 0.8  # share of a said panel inside a found one that took its neighbours in
_SURE = 1.0


def said_blocks(
    page: StoredPage, panels: Sequence[StoredPanel], said: Sequence[SaidPanel], source: str = SIDECAR
) -> list[ReadBlock]:
    """Texts as blocks in the order they are said, each with its own box, else its panel's, else the page's.

    A panel is the found one it overlaps by an IoU of at least 0.5, else the one that holds it, else, where as
    many were found as are said, the one at the same place in reading order.  A text of no such panel is in
    the panel its own box lies in, and without one in none.
    """
    whole = Box(0, 0, page.width, page.height)
    blocks = []
    for one, panel in zip(said, paired(page, panels, said), strict=True):
        around = panel.box if panel is not None else _on(page, one)
        for text in one.texts:
            box = None if text.box is None else text.box.on(page.width, page.height)
            home = panel
            if home is None and box is not None:
                place = panel_of(box, [found.box for found in panels])
                home = None if place is None else panels[place]
            blocks.append(_block(text, box or around or whole, home, source))
    return blocks


def paired(
    page: StoredPage, panels: Sequence[StoredPanel], said: Sequence[SaidPanel]
) -> list[StoredPanel | None]:
    """The found panel that each said one is, None where it cannot be told."""
    by_box = [_by_box(_on(page, one), panels) for one in said]
    if len(said) != len(panels):
        return by_box
    taken = {panel.id for panel in by_box if panel is not None}
    return [
        panel if panel is not None or same.id in taken or _elsewhere(_on(page, one), same) else same
        for one, panel, same in zip(said, by_box, panels, strict=True)
    ]


def _on(page: StoredPage, panel: SaidPanel) -> Box | None:
    return None if panel.box is None else panel.box.on(page.width, page.height)


def _by_box(box: Box | None, panels: Sequence[StoredPanel]) -> StoredPanel | None:
    if box is None or not panels:
        return None
    best = max(panels, key=lambda panel: panel.box.iou(box))
    if best.box.iou(box) >= _SAME_PANEL:
        return best
    around = [panel for panel in panels if box.share_inside(panel.box) >= _HELD]
    return min(around, key=lambda panel: panel.box.area, default=None)


def _elsewhere(box: Box | None, panel: StoredPanel) -> bool:
    return box is not None and not box.intersection(panel.box)


def _block(text: SaidText, box: Box, panel: StoredPanel | None, source: str) -> ReadBlock:
    return ReadBlock(
        box,
        (ReadLine(box, text.text, _SURE),),
        None if panel is None else panel.id,
        None if text.kind is None else TextKindGuess(text.kind, _SURE),
        source,
        ordered=True,
    )
