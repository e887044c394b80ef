"""Which panels are not boxes: slanted pieces, by how much of their box they leave empty."""

from __future__ import annotations

from models.panel_detector.polygons import Polygon
from warehouse.geometry import Box, polygon_area, polygon_within
from warehouse.geometry import Polygon as Outline

_MOST_OF_BOX = 0.92
"""Of its box: a panel that fills more is one.  A page scanned askew by a degree leaves up to 0.075 of a
panel's box empty, if that is four times as wide as high; a border that slants by a sixth of the panel's
height leaves 0.083."""


def outline_on_page(outline: Polygon, box: Box, scale: tuple[float, float]) -> Outline | None:
    """The outline of a panel in pixels of the page; None where its box says all.

    outline: (n, 2) of the piece of the work page it is drawn on.  box: in pixels of the page.  scale: (x, y)
    work pixels a page pixel.
    """
    inside = polygon_within([(float(x) / scale[0], float(y) / scale[1]) for x, y in outline], box)
    if inside is None or polygon_area(inside) > _MOST_OF_BOX * box.area:
        return None
    return inside
