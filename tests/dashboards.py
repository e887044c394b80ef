"""The dashboards of sql/dashboards/, read as Grafana reads them, macros and variables filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "sql/dashboards"
WAREHOUSE = {"type": "grafana-postgresql-datasource", "uid": "warehouse"}
SHARED = {"type": "datasource", "uid": "-- Dashboard --"}
"""Grafana's own source: the answer of another panel of the same dashboard."""

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
POINTS = 600
"""A time series has about so many, one every two pixels: that is how Grafana chooses $__interval."""
_MACRO = re.compile(r"\$(__\w+)\(([^)]*)\)")
_VARIABLE = re.compile(r"\$\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Query:
    """What one panel asks: SQL, its format ('table' | 'time_series'), and the least interval it groups by."""

    panel: str
    sql: str
    format: str
    interval: str | None


@dataclass(frozen=True)
class Dashboard:
    """One file.  raw: all of it, as parsed."""

    name: str
    raw: Mapping[str, Any]

    @property
    def panels(self) -> list[Mapping[str, Any]]:
        return [panel for panel in self.raw["panels"] if panel["type"] != "row"]

    @property
    def variables(self) -> list[Mapping[str, Any]]:
        return list(self.raw["templating"]["list"])

    @property
    def queries(self) -> list[Query]:
        return [
            Query(panel["title"], target["rawSql"], target["format"], panel.get("interval"))
            for panel in self.panels
            for target in panel["targets"]
            if target["datasource"] == WAREHOUSE
        ]

    @property
    def span(self) -> timedelta:
        """How far back it looks when it is opened."""
        return timedelta(seconds=_seconds(self.raw["time"]["from"].removeprefix("now-")))


@cache
def dashboards() -> tuple[Dashboard, ...]:
    """Every dashboard, by the name of its file."""
    return tuple(
        Dashboard(file.stem, json.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.json"))
    )


def asked(query: Query, chosen: Mapping[str, str | Sequence[str]], span: timedelta) -> str:
    """The query as Grafana sends it: chosen values of variables and the time range until now filled in."""
    now = datetime.now(UTC)
    sql = _VARIABLE.sub(lambda match: _written(chosen[match[1]], match[2]), query.sql)
    step = max(span.total_seconds() / POINTS, _seconds(query.interval or "1s"))
    sql = sql.replace("$__interval", _interval(step))
    return _MACRO.sub(lambda match: _expanded(match[1], match[2], now - span, now), sql)


def _written(value: str | Sequence[str], form: str | None) -> str:
    if form == "sqlstring":
        values = [value] if isinstance(value, str) else value
        return ",".join("'" + one.replace("'", "''") + "'" for one in values)
    if form is None and isinstance(value, str):
        return value.replace("'", "''")
    raise ValueError(f"a variable written as {form!r} is not what the dashboards use")


def _expanded(macro: str, argument: str, since: datetime, until: datetime) -> str:
    ends = {"__timeFrom": since, "__timeTo": until}
    if macro in ends:
        return f"'{ends[macro].isoformat()}'"
    if macro == "__timeFilter":
        return f"{argument} BETWEEN '{since.isoformat()}' AND '{until.isoformat()}'"
    raise ValueError(f"unknown macro {macro}")


def _seconds(written: str) -> float:
    return int(written[:-1]) * SECONDS[written[-1]]


def _interval(seconds: float) -> str:
    unit = max((unit for unit, size in SECONDS.items() if size <= seconds), key=SECONDS.__getitem__)
    return f"{int(seconds // SECONDS[unit])}{unit}"
