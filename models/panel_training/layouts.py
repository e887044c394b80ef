"""Layouts of comic pages at random: tiers, columns, staggered and slanted panels, insets, overlaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.panel_training.cutting import Outline, bounds, cut, rectangle

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Manner:
    """How the panels of one page are parted, in pixels.

    across, down: width of the gutters between tiers and between neighbours in a tier.
    slant: how much of a cut's length its ends may be apart.  slanted: share of the cuts that are slanted.
    least: a panel's least width and height.
    """

    across: float
    down: float
    slant: float
    slanted: float
    least: float


def manner(random: Random, side: int) -> Manner:
    """A manner for a page whose longer side has so many pixels."""
    kind = random.random()
    if kind < 0.12:
        across = down = 0.0
    elif kind < 0.35:
        across, down = random.uniform(0.3, 3.0, 2)
    else:
        across = float(random.uniform(2, 22))
        down = across * float(random.choice([1.0, random.uniform(0.3, 1.0)]))
    slanting = random.random()
    slanted = 0.0 if slanting < 0.5 else float(random.uniform(0.1, 0.9))
    return Manner(across, down, float(random.uniform(0.04, 0.3)), slanted, side * random.uniform(0.09, 0.15))


def laid_out(random: Random, width: int, height: int) -> list[Outline]:
    """The panels of a page, those in front later.  Some run to its edges or beyond."""
    how = manner(random, max(width, height))
    margins = _margins(random, width, height)
    area = rectangle(margins[0], margins[1], width - margins[2], height - margins[3])
    panels = _divided(random, area, how)
    if random.random() < 0.35:
        panels = [_bled(random, panel, area, width, height) for panel in panels]
    if len(panels) > 2 and random.random() < 0.18:
        panels = _thinned(random, panels)
    if random.random() < 0.22:
        panels = _overlapping(random, panels, how)
    if random.random() < 0.2:
        panels += _insets(random, panels, how)
    return panels


def _margins(random: Random, width: int, height: int) -> list[float]:
    """Left, top, right, bottom."""
    if random.random() < 0.12:
        return [0.0] * 4
    usual = random.uniform(0.01, 0.09) * max(width, height)
    return [float(usual * random.uniform(0.4, 1.6)) for _ in range(4)]


def _divided(random: Random, area: Outline, how: Manner) -> list[Outline]:
    """Mostly tiers that are parted into neighbours, sometimes columns first, or cut upon cut."""
    kind = random.random()
    width, height = _extent(area)
    tiers = _count(random, height, how.least * 1.35, 6)
    neighbours = int(min(4, max(1, width / how.least / 1.35)))
    if kind < 0.72:
        rows = _parted(random, area, tiers, how, lying=True)
        parts = [
            _parted(random, row, int(random.integers(1, neighbours + 1)), how, lying=False) for row in rows
        ]
    elif kind < 0.8:
        columns = _parted(random, area, min(3, neighbours), how, lying=False)
        parts = [_parted(random, col, int(random.integers(1, tiers + 1)), how, lying=True) for col in columns]
    else:
        return _recursively(random, area, how, int(random.integers(2, 5)))
    panels = [panel for row in parts for panel in row]
    deeper = random.random() < 0.3
    return [
        part
        for panel in panels
        for part in (_recursively(random, panel, how, 1) if deeper and random.random() < 0.35 else [panel])
    ]


def _count(random: Random, length: float, least: float, most: int) -> int:
    most = max(1, min(most, int(length / least)))
    return int(random.integers(1 if random.random() < 0.15 else min(2, most), most + 1))


def _recursively(random: Random, area: Outline, how: Manner, depth: int) -> list[Outline]:
    width, height = _extent(area)
    if depth == 0 or (depth < 3 and random.random() < 0.12):
        return [area]
    lying = random.random() < height / (width + height)
    parts = _parted(random, area, 2 if random.random() < 0.8 else 3, how, lying)
    if len(parts) == 1:
        return parts
    return [panel for part in parts for panel in _recursively(random, part, how, depth - 1)]


def _parted(random: Random, area: Outline, count: int, how: Manner, lying: bool) -> list[Outline]:
    """So many parts, one behind the other; fewer where they would be too small."""
    if count < 2:
        return [area]
    shares = random.uniform(0.6, 1.7, count) if random.random() < 0.7 else np.ones(count)
    places = np.cumsum(shares)[:-1] / shares.sum()
    left, top, right, bottom = bounds(area)
    parts, rest = [], area
    for place in places:
        lean = random.uniform(-how.slant, how.slant) / 2 if random.random() < how.slanted else 0.0
        if lying:
            y, rise = top + place * (bottom - top), lean * (right - left)
            ends, gutter = ([left, y - rise], [right, y + rise]), how.across
        else:
            x, rise = left + place * (right - left), lean * (bottom - top)
            ends, gutter = ([x - rise, top], [x + rise, bottom]), how.down
        first, second = cut(rest, np.asarray(ends[0]), np.asarray(ends[1]), gutter)
        if _is_large(first, how.least) and _is_large(second, how.least):
            parts.append(first)
            rest = second
    return [*parts, rest]


def _is_large(outline: Outline, least: float) -> bool:
    return len(outline) >= 3 and min(_extent(outline)) >= least


def _extent(outline: Outline) -> tuple[float, float]:
    left, top, right, bottom = bounds(outline)
    return right - left, bottom - top


def _bled(random: Random, panel: Outline, area: Outline, width: int, height: int) -> Outline:
    """The panel drawn out over the edges of the page that it lies along."""
    left, top, right, bottom = bounds(area)
    drawn = panel.copy()
    for axis, edge, beyond in (
        (0, left, -9.0),
        (1, top, -9.0),
        (0, right, width + 9),
        (1, bottom, height + 9),
    ):
        if random.random() < 0.5:
            drawn[np.abs(panel[:, axis] - edge) < 1.5, axis] = beyond
    return drawn


def _thinned(random: Random, panels: list[Outline]) -> list[Outline]:
    """Without one or two of them: there the page stays bare."""
    gone = random.choice(len(panels), int(random.integers(1, max(2, len(panels) // 3))), replace=False)
    return [panel for place, panel in enumerate(panels) if place not in gone]


def _overlapping(random: Random, panels: list[Outline], how: Manner) -> list[Outline]:
    """Some of them larger, so that they lie over or under their neighbours; in any order."""
    grown = []
    for panel in panels:
        if random.random() < 0.4:
            centre = panel.mean(axis=0)
            panel = centre + (panel - centre) * random.uniform(1.05, 1.3, 2)
            panel = panel + random.uniform(-0.6, 0.6, 2) * how.least
        grown.append(panel)
    return [grown[place] for place in random.permutation(len(grown))]


def _insets(random: Random, panels: list[Outline], how: Manner) -> list[Outline]:
    """Small panels that lie in the largest ones, near their edges, or a little over them."""
    hosts = sorted(panels, key=lambda panel: -float(np.prod(_extent(panel))))[:2]
    found = []
    for host in hosts[: int(random.integers(1, 3))]:
        left, top, right, bottom = bounds(host)
        if min(right - left, bottom - top) < 2.2 * how.least:
            continue
        for _ in range(int(random.integers(1, 3))):
            w, h = (
                random.uniform(0.8 * how.least, 0.45 * (right - left)),
                random.uniform(0.8 * how.least, 0.45 * (bottom - top)),
            )
            x = random.choice([left + random.uniform(-0.1, 0.3) * w, right - random.uniform(0.7, 1.1) * w])
            y = random.uniform(top - 0.1 * h, bottom - 0.9 * h)
            found.append(rectangle(x, y, x + w, y + h))
    return found
