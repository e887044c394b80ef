"""A page's text as a sidecar says it: given to the panels that were found."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.books.text_sidecars import SaidPanel
from warehouse.contracts import ReadLine, TextKindGuess
from warehouse.geometry import Box
from warehouse.records import StoredPage, StoredPanel
from warehouse.stages.read_page import ReadBlock

SOURCE = "sidecar"
_SAME_PANEL = 0.5
_SURE = 1.0


def said_blocks(
    page: StoredPage, panels: Sequence[StoredPanel], said: Sequence[SaidPanel]
) -> list[ReadBlock]:
    """Texts of the sidecar as blocks, each with the box of its panel, or the page's where that is unknown.

    A panel is the found one it overlaps by an IoU of at least 0.5; without boxes, and only where as many were
    found as are said, the one at the same place in reading order.  Other texts are in no panel.
    """
    blocks = []
    for place, one in enumerate(said):
        panel = _found_panel(one, place, panels, len(said))
        box = panel.box if panel is not None else one.box or Box(0, 0, page.width, page.height)
        for kind, text in one.texts:
            blocks.append(
                ReadBlock(
                    box,
                    (ReadLine(box, text, _SURE),),
                    None if panel is None else panel.id,
                    TextKindGuess(kind, _SURE),
                    SOURCE,
                )
            )
    return blocks


def _found_panel(
    said: SaidPanel, place: int, panels: Sequence[StoredPanel], count: int
) -> StoredPanel | None:
    if said.box is None:
        return panels[place] if len(panels) == count else None
    best = max(panels, key=lambda panel: panel.box.iou(said.box), default=None)  # type: ignore[arg-type]
    return best if best is not None and best.box.iou(said.box) >= _SAME_PANEL else None
