"""Many sources, one book: scalar values are picked, lists are united, and each remembers who said it.

The sources come in order of trust; `metadata.py` says which and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from warehouse.books.declared import LIST_LENGTH, Declared, Details


class Merged:
    """The values of several sources, the most trusted first.  sources: who each picked value is from."""

    def __init__(self, declared: Sequence[Declared]):
        self._declared = declared
        self.sources: dict[str, str] = {}

    def pick(self, field: str, called: str | None = None, read: Callable[[Any], Any] | None = None) -> Any:
        """The first source's value that is one, also after `read`; None if no source has any."""
        for said in self._declared:
            value = getattr(said, field)
            value = read(value) if read and value is not None else value
            if value is not None:
                self.sources[called or field] = said.source
                return value
        return None

    def date(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day of one source: a month of one and a year of another make no date."""
        for said in self._declared:
            if said.year is not None:
                parts = {"year": said.year, "month": said.month, "day": said.day if said.month else None}
                self.sources |= {name: said.source for name, part in parts.items() if part is not None}
                return parts["year"], parts["month"], parts["day"]
        return None, None, None

    def details(self) -> Details:
        """Every detail from the first source that has it."""
        picked: dict[str, Any] = {}
        for field in fields(Details):
            for said in self._declared:
                value = getattr(said.details, field.name)
                if value is not None and value != () and value != {}:
                    picked[field.name], self.sources[field.name] = value, said.source
                    break
        return Details(**picked)

    def credits(self) -> list[tuple[str, str, str]]:
        """(role, person, source): each role as the most trusted source that names anybody in it has it."""
        owner: dict[str, str] = {}
        found = []
        for said in self._declared:
            for role, person in said.credits:
                if owner.setdefault(role, said.source) == said.source:
                    found.append((role, person, said.source))
        return list(dict.fromkeys(found))[:LIST_LENGTH]

    def tags(self) -> list[tuple[str, str, str]]:
        """(kind, name, source) of all sources, each tag once in the spelling of the most trusted."""
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        for said in self._declared:
            for kind, name in said.tags:
                found.setdefault((kind, name.casefold()), (kind, name, said.source))
        return list(found.values())[:LIST_LENGTH]

    def identifiers(
        self, read: Callable[[Declared], Sequence[tuple[str, str]]]
    ) -> list[tuple[str, str, str]]:
        """(catalogue, value, source) of all sources, each once."""
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        for said in self._declared:
            for catalogue, value in read(said):
                found.setdefault((catalogue, value), (catalogue, value, said.source))
        return list(found.values())[:LIST_LENGTH]
