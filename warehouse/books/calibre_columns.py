"""Custom columns of Calibre: those with a comic's words for a name count as what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from warehouse.books.credit_roles import credited, role_of
from warehouse.books.declared import Declared, distinct, issue_number, name_of, names_of, whole

Column = tuple[str, tuple[str, ...]]
"""A column's label without '#', and its values as text."""

_ROLES = frozenset(
    [
        "writer", "penciller", "inker", "artist", "colorist", "letterer", "cover_artist", "editor",
        "translator",
    ]
)  # fmt: skip
_TAGS = {
    "genre": "genre", "character": "character", "team": "team", "location": "location",
    "storyarc": "story_arc", "arc": "story_arc", "seriesgroup": "series_group", "imprint": "imprint",
}  # fmt: skip
_NUMBERS = frozenset(["issue", "issuenumber", "number"])
_COUNTS = frozenset(["count", "issuecount", "totalissue", "numberofissue"])
_VOLUMES = frozenset(["volume", "vol"])


def with_columns(said: Declared, columns: Sequence[Column]) -> Declared:
    """What Calibre says, with what its custom columns add; all of them are kept in `details` too."""
    people = credited(
        (label, person) for label, values in columns if role_of(label) in _ROLES for person in values
    )
    named = {role for role, _ in people}
    own = tuple(pair for pair in said.credits if pair[0] not in named)
    tags = [
        (kind, name)
        for label, values in columns
        if (kind := _TAGS.get(_key(label)))
        for name in names_of(values)
    ]
    return replace(
        said,
        credits=distinct([*own, *people]),
        tags=distinct([*said.tags, *tags]),
        number=issue_number(_first(columns, _NUMBERS)) or said.number,
        count=whole(_first(columns, _COUNTS), 1) or said.count,
        volume=whole(_first(columns, _VOLUMES), 0) or said.volume,
        details=replace(said.details, custom_columns=tuple(columns)),
    )


def column(label: object, values: Iterable[str]) -> Column | None:
    """A column as it is kept; None without a label or values."""
    name = name_of(label) if isinstance(label, str) else None
    kept = names_of(values)
    return (name.lstrip("#"), kept) if name and kept else None


def _key(label: str) -> str:
    """A label in one form: letters only, no plural."""
    return re.sub(r"[\W_]+", "", label.lower()).removesuffix("s")


def _first(columns: Iterable[Column], keys: frozenset[str]) -> str | None:
    return next((values[0] for label, values in columns if _key(label) in keys), None)
