"""The named statements of sql/queries/ and sql/roles.sql: `-- name --`, a sentence, the statement."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast

_HEADING = re.compile(r"^-- ([a-z0-9_]+) --$", re.MULTILINE)


def statement(name: str) -> LiteralString:
    """The statement of this name.  Its text is the project's own, never a user's."""
    return _statements()[name]


@cache
def _statements() -> dict[str, LiteralString]:
    found: dict[str, LiteralString] = {}
    sql = files("sql")
    queries = sorted(sql.joinpath("queries").iterdir(), key=lambda file: file.name)
    for file in (*queries, sql.joinpath("roles.sql")):
        parts = _HEADING.split(file.read_text("utf-8"))
        for name, body in zip(parts[1::2], parts[2::2], strict=True):
            found[name] = cast(LiteralString, body.strip())
    return found
