"""Answers on stdout: tables for people, JSON for machines."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import click

PLAIN_WIDTH = 120


def echo_json(value: object) -> None:
    """One JSON document; dataclasses become objects."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: object) -> object:
    """A value as JSON knows it; a vector becomes its width and length."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, UUID):
        return str(value)
    return vector_summary(value) or str(value)


def vector_summary(value: object) -> str | None:
    """'halfvec(512) |v|=1.00' for a pgvector value, None for anything else."""
    to_list = getattr(value, "to_list", None)
    if to_list is None:
        return None
    numbers = to_list()
    norm = sum(number * number for number in numbers) ** 0.5
    return f"{type(value).__name__.lower()}({len(numbers)}) |v|={norm:.2f}"


def echo_table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """A table that fits the terminal; numbers to the right, long text folded to one line and cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = [list(row) for row in rows]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, heading in enumerate(headings):
        numeric = bool(listed) and all(isinstance(row[place], int | float | Decimal | None) for row in listed)
        table.add_column(heading, justify="right" if numeric else "left", overflow="ellipsis", no_wrap=True)
    for row in listed:
        table.add_row(*[Text(cell(value)) for value in row])
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def cell(value: object) -> str:
    """A value as a person wants to read it in a table."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    summary = vector_summary(value)
    return summary if summary is not None else " ".join(str(value).split())
