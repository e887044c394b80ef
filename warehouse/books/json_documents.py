"""JSON from strangers: bounded in size, depth and numbers, read by type.

A value of the wrong type is left out and complained of; nothing raises but a document that is no JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from warehouse.books.declared import LARGEST, issue_number, name_of, prose, whole
from warehouse.books.limits import Limits
from warehouse.books.xml_documents import decoded
from warehouse.errors import BookError

_LONGEST_NUMBER = 40
_MOST_COMPLAINTS = 20


def parse_json(data: bytes, file: str, limits: Limits | None = None) -> Fields:
    """The object a JSON document called `file` holds.

    Raises BookError 'metadata-refused' (too large) or 'metadata-broken' (no JSON object, or too deep).
    """
    most = (limits or Limits()).metadata_bytes
    if len(data) > most:
        raise BookError(f"{file} has {len(data)} bytes, at most {most} are read", code="metadata-refused")
    try:
        found = json.loads(decoded(data), parse_int=_integer, parse_float=_float, parse_constant=_nothing)
    except RecursionError as fault:
        raise BookError(f"{file} is nested too deeply", code="metadata-broken") from fault
    except (ValueError, MemoryError) as fault:
        raise BookError(f"{file} cannot be read: {fault}", code="metadata-broken") from fault
    if not isinstance(found, dict):
        raise BookError(f"{file} holds {_kind(found)}, not an object", code="metadata-broken")
    return Fields(found)


class Fields:
    """An object of a JSON document: its values by name, each asked for by type.

    What has another type counts as absent, and is added to `complaints`, shared with the objects within.
    Names are found in any case; null and empty texts are absent.
    """

    def __init__(self, values: Mapping[str, Any], place: str = "", complaints: list[str] | None = None):
        self._values = {str(key).lower(): value for key, value in values.items()}
        self._place = place
        self.names = tuple(str(key) for key in values)
        self.complaints: list[str] = [] if complaints is None else complaints

    def name(self, *keys: str) -> str | None:
        """A short text, or a number as one; the first of these keys that has any."""
        return name_of(self._text(keys))

    def prose(self, *keys: str) -> str | None:
        """A running text."""
        return prose(self._text(keys))

    def number(self, key: str) -> str | None:
        """An issue number as written: text, or a number without a useless '.0'."""
        return issue_number(self._text((key,)))

    def named(self, key: str) -> str | None:
        """The name of an object at `key`, or the text in its place."""
        return self.within(key).name("name") if self.is_object(key) else self.name(key)

    def whole(self, key: str, lowest: int, highest: int = LARGEST) -> int | None:
        """A whole number within bounds, written as a number or as digits."""
        return whole(self._text((key,)), lowest, highest)

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        return self._values.get(key.lower()) is not None

    def is_object(self, key: str) -> bool:
        """Whether the value is an object."""
        return isinstance(self._values.get(key.lower()), dict)

    def within(self, *path: str) -> Fields:
        """The object at a path of names, an empty one if it is absent."""
        found = self
        for key in path:
            value = found._values.get(key.lower())
            if not isinstance(value, dict):
                found._complain(key, value, "an object")
                value = {}
            found = Fields(value, f"{found._place}{key}.", self.complaints)
        return found

    def objects(self, key: str) -> Iterator[Fields]:
        """The objects in a list."""
        for item in self._list(key):
            if isinstance(item, dict):
                yield Fields(item, f"{self._place}{key}.", self.complaints)
            else:
                self._complain(key, item, "a list of objects")

    def texts(self, key: str) -> Iterator[str]:
        """The texts in a list, or the one text in its place, which may list several after commas."""
        value = self._values.get(key.lower())
        if isinstance(value, str):
            yield from value.split(",", 10_000)
            return
        for item in self._list(key):
            text = _plain(item)
            if text is None:
                self._complain(key, item, "a list of texts")
            else:
                yield text

    def whole_texts(self, key: str) -> Iterator[str]:
        """The texts in a list, or the one text in its place, as they are."""
        value = self._values.get(key.lower())
        for item in [value] if isinstance(value, str) else self._list(key):
            text = _plain(item)
            if text is None:
                self._complain(key, item, "a list of texts")
            else:
                yield text

    def whole_numbers(self, key: str, highest: int = LARGEST) -> list[int]:
        """The whole numbers from 0 in a list; those of another kind are left out."""
        found = [whole(_plain(item), 0, highest) for item in self._list(key)]
        return [number for number in found if number is not None]

    def items(self, key: str) -> Iterator[Fields | str]:
        """The objects and texts in a list, or the one in its place; nulls are left out."""
        value = self._values.get(key.lower())
        for item in [value] if isinstance(value, str | dict) else self._list(key):
            text = _plain(item)
            if isinstance(item, dict):
                yield Fields(item, f"{self._place}{key}.", self.complaints)
            elif text is not None:
                yield text
            else:
                self._complain(key, item, "a list of objects or texts")

    def whole_text(self, *keys: str) -> str:
        """A text as it is, or a number as one; of the first of these keys that has any, else ''."""
        return self._text(keys) or ""

    def numbers(self, key: str, count: int) -> tuple[float, ...] | None:
        """A list of so many numbers; None where it is absent, empty or of another kind."""
        value = self._values.get(key.lower())
        if value in (None, []):
            return None
        listed = value if isinstance(value, list) else []
        found = tuple(
            float(item) for item in listed if isinstance(item, int | float) and not isinstance(item, bool)
        )
        if len(found) == len(listed) == count:
            return found
        self._complain(key, value, f"a list of {count} numbers")
        return None

    def alone(self) -> Fields:
        """The same object, with complaints of its own."""
        return Fields(self._values, self._place)

    def keys_of(self, key: str) -> tuple[str, ...]:
        """The names in an object that serves as a set, or the texts of a list in its place."""
        if self.is_object(key):
            return self.within(key).names
        return tuple(self.texts(key))

    def _list(self, key: str) -> list[Any]:
        value = self._values.get(key.lower())
        self._complain(key, None if isinstance(value, list) else value, "a list")
        return value if isinstance(value, list) else []

    def _text(self, keys: tuple[str, ...]) -> str | None:
        for key in keys:
            value = self._values.get(key.lower())
            text = _plain(value)
            if text is not None and text.strip():
                return text
            if text is None:
                self._complain(key, value, "a text or number")
        return None

    def _complain(self, key: str, value: Any, wanted: str) -> None:
        if value is not None and len(self.complaints) < _MOST_COMPLAINTS:
            complaint = f"{name_of(self._place + key)} holds {_kind(value)}, not {wanted}"
            if complaint not in self.complaints:
                self.complaints.append(complaint)


def _plain(value: Any) -> str | None:
    """A text, or a number as it would be written; None for all else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _float(digits: str) -> float | None:
    value = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    return value if abs(value) < 1e15 else None


def _nothing(_: str) -> None:
    """NaN and the infinities are no values."""


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
