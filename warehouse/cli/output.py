"""Answers on stdout: tables for people, JSON for machines."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import click
from rich.cells import cell_len, set_cell_size

PLAIN_WIDTH = 120
NARROWEST = 8
GAP = 3
VECTOR_TYPES = {"HalfVector": "halfvec", "SparseVector": "sparsevec"}
"""What PostgreSQL calls the driver's classes."""


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
    """'halfvec(512) |v|=1.000' for a pgvector value, None for anything else."""
    numbers = vector_numbers(value)
    if numbers is None:
        return None
    norm = sum(number * number for number in numbers) ** 0.5
    name = VECTOR_TYPES.get(type(value).__name__, type(value).__name__.lower())
    return f"{name}({len(numbers)}) |v|={norm:.3f}"


def vector_numbers(value: object) -> list[float] | None:
    """The numbers of a pgvector value, None for anything else."""
    to_list = getattr(value, "to_list", None)
    return None if to_list is None else to_list()


def echo_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, null: str = "–") -> None:
    """A table that fits the terminal; numbers to the right, wide columns of text cut first."""
    for line in table_lines(headings, rows, null=null):
        click.echo(line)


def table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, null: str = "–"
) -> Iterator[str]:
    """The lines of that table."""
    listed = [list(row) for row in rows]
    cells = [[null if value is None else cell(value) for value in row] for row in listed]
    natural = [max(cell_len(line[place]) for line in (headings, *cells)) for place in range(len(headings))]
    widths = fitted(natural, _terminal_width() - GAP * (len(headings) - 1))
    right = [bool(listed) and all(_is_number(row[place]) for row in listed) for place in range(len(headings))]
    for line in (list(headings), ["─" * width for width in widths], *cells):
        shown = [
            set_cell_size(cut(text, width), width) if not to_right else text.rjust(width)
            for text, width, to_right in zip(line, widths, right, strict=True)
        ]
        yield (" " * GAP).join(shown).rstrip()


def fitted(natural: Sequence[int], room: int) -> list[int]:
    """Column widths that sum to at most `room` where they can: the widest columns give way first."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = max(range(len(widths)), key=lambda place: widths[place])
        others = [width for place, width in enumerate(widths) if place != widest]
        least = max([*others, NARROWEST])
        widths[widest] = max(min(widths[widest] - 1, least), widths[widest] - (sum(widths) - room), NARROWEST)
    return widths


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns of a terminal."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


def _terminal_width() -> int:
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if sys.stdout.isatty() else PLAIN_WIDTH


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def cell(value: object) -> str:
    """A value as a person wants to read it in a table."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}" if value == 0 or not abs(value) < 0.001 else f"{value:.1e}"
    summary = vector_summary(value)
    return summary if summary is not None else " ".join(str(value).split())
