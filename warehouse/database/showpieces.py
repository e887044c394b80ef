"""What to ask of a library that one knows nothing about yet: for the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.geometry import Box


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where a panel is to be found."""

    panel_id: int
    path: str
    page_seq: int
    box: Box
    series: str | None
    number: str | None


def telling_word(connection: Connection) -> str | None:
    """A word that some pages of the library say, None where hardly any text was read."""
    row = connection.execute(statement("telling_word")).fetchone()
    return row[0] if row else None


def showpiece_panel(connection: Connection) -> PanelPlace | None:
    """A panel of a good size to search with, None where there is none."""
    row = connection.execute(statement("showpiece_panel")).fetchone()
    if row is None:
        return None
    place = connection.execute(statement("panel_place"), {"panel_id": row[0]}).fetchone()
    assert place is not None
    path, seq, x, y, w, h, series, number = place
    return PanelPlace(row[0], path, seq, Box(x, y, w, h), series, number)


def largest_series(connection: Connection) -> list[str]:
    """The names of the three largest series; fewer where the library has fewer."""
    return [name for (name,) in connection.execute(statement("largest_series")).fetchall()]
