"""A figure of the benchmark: ours beside a peer measured in the same run, and the bar it has to meet."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """value: a ratio or a recall.  bar: None where the figure is shown for information."""

    what: str
    ours: str
    peer: str
    value: float
    bar: float | None = None
    at_most: bool = False
    unit: str = "x"

    @property
    def met(self) -> bool | None:
        if self.bar is None:
            return None
        return self.value <= self.bar if self.at_most else self.value >= self.bar


def interleaved(rounds: int, ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each way: one after the other, so many rounds, after one that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            taken = timed(way)
            if number:
                seconds[name].append(taken)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def timed(way: Callable[[], object]) -> float:
    """Seconds of one call, garbage collected before it."""
    gc.collect()
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def faster(what: str, ours: float, peer: float, bar: float | None, peer_name: str = "") -> Figure:
    """How many times faster than the peer; bar: at least so many."""
    return Figure(what, milliseconds(ours), f"{peer_name} {milliseconds(peer)}".strip(), peer / ours, bar)


def times(what: str, ours: float, peer: float, bar: float | None, peer_name: str = "") -> Figure:
    """How many times the peer's time it takes; bar: at most so many."""
    shown = f"{peer_name} {milliseconds(peer)}".strip()
    return Figure(what, milliseconds(ours), shown, ours / peer, bar, at_most=True)


def line(figure: Figure) -> str:
    """What | ours | peer | value | bar | met."""
    sign = "" if figure.bar is None else ("≤ " if figure.at_most else "≥ ")
    bar = "" if figure.bar is None else f"{sign}{figure.bar:g}{figure.unit}"
    met = {True: "met", False: "MISSED", None: ""}[figure.met]
    value = f"{figure.value:,.3g}" if figure.value < 1000 else f"{figure.value:,.0f}"
    return f"{figure.what:<58} {figure.ours:>20}  {figure.peer:<34} {value + figure.unit:>14} {bar:>10} {met}"
