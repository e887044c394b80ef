"""What somebody says is written on a page: panels, their texts, and where those are."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.contracts import TextKind
from warehouse.geometry import Box


@dataclass(frozen=True, slots=True)
class SaidBox:
    """A rectangle as it was said.  of: width and height of the picture it is measured on, None: the page."""

    x: float
    y: float
    w: float
    h: float
    of: tuple[float, float] | None = None

    def on(self, width: int, height: int) -> Box | None:
        """The rectangle in pixels of a page of this size; None where it lies outside of it."""
        across, down = self.of or (width, height)
        left, right = round(self.x * width / across), round((self.x + self.w) * width / across)
        top, bottom = round(self.y * height / down), round((self.y + self.h) * height / down)
        box = Box(left, top, right - left, bottom - top).clipped(width, height)
        return box if box.area else None


@dataclass(frozen=True, slots=True)
class SaidText:
    """A balloon, caption or sound.  kind, box: None where nobody says."""

    text: str
    kind: TextKind | None = None
    box: SaidBox | None = None


@dataclass(frozen=True, slots=True)
class SaidPanel:
    """A panel and its texts in reading order.  box: None where nobody says."""

    texts: tuple[SaidText, ...]
    box: SaidBox | None = None
