"""Which of a detector's categories are panels, by their names.

Numbers say nothing: the same data set has been published with balloons as category 3 and as 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from warehouse.errors import ModelError

LEAST_SCORE = 0.5
"""Detections of a lower score are left out, whichever detector made them."""

_PANELS = {"panel", "panels", "frame", "frames", "koma", "コマ"}
_OF_WHAT = {"comic", "comics", "manga", "page"}


def panel_categories(names: Mapping[int, str], source: str) -> frozenset[int]:
    """The numbers of the categories that are panels ('panel', 'frame', 'Comic Panel', ...).

    Raises ModelError 'panel-category-missing' where none is.
    """
    found = frozenset(number for number, name in names.items() if _is_panel(name))
    if not found:
        known = ", ".join(names.values()) or "none"
        raise ModelError(
            f"{source} has no category of panels, only: {known}",
            code="panel-category-missing",
            remedy="name one 'panel' or 'frame'",
        )
    return found


def _is_panel(name: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", name.casefold()))
    return bool(words & _PANELS) and words <= _PANELS | _OF_WHAT
