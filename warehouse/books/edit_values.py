"""What a person types, as the value of a fact."""

from __future__ import annotations

from typing import get_args

from warehouse.books.declared import FIRST_YEAR, LARGEST, LAST_YEAR, NAME_BYTES, NUMBER_LETTERS
from warehouse.books.languages import language_code
from warehouse.books.page_types import PAGE_TYPES
from warehouse.contracts import Direction
from warehouse.errors import QueryError

TAG_KINDS = (
    "genre", "tag", "character", "team", "location", "story_arc", "series_group", "imprint", "universe",
)  # fmt: skip
NO_LABEL = "none"

_RANGES = {"volume": (0, LARGEST), "year": (FIRST_YEAR, LAST_YEAR), "month": (1, 12)}
_REQUIRED = ("series", "direction")


def typed_value(field: str, text: str) -> str | int | None:
    """The value of a field of `facts.FIELDS`; None for an empty text.  Raises QueryError 'edit-unusable'."""
    words = " ".join(text.split())
    if not words:
        if field in _REQUIRED:
            raise _unusable(f"--{field} is empty", f"give a value, or go back with --clear {field}")
        return None
    if field in _RANGES:
        return _whole_number(field, words)
    if field == "language":
        return _language(words)
    if field == "direction":
        return _one_of(words.lower(), get_args(Direction), "--direction")
    return _name(words, f"--{field}", NUMBER_LETTERS if field == "number" else NAME_BYTES)


def typed_tag(text: str) -> tuple[str, str]:
    """'genre=Horror' as kind and name."""
    kind, equals, name = text.partition("=")
    if not equals or not name.strip():
        raise _unusable(f"{text!r} is no tag", "write KIND=NAME, such as genre=Horror")
    return _one_of(kind.strip().lower(), TAG_KINDS, "a tag"), _name(
        " ".join(name.split()), "a tag", NAME_BYTES
    )


def typed_page_type(text: str) -> tuple[int, str | None]:
    """'3=cover' as the page's seq, 0-based, and its type; None takes a label back."""
    page, equals, page_type = text.partition("=")
    if not equals or not page.strip().isdecimal() or int(page) < 1:
        raise _unusable(
            f"{text!r} is no page and type", "write PAGE=TYPE, the first page is 1, such as 1=cover"
        )
    chosen = _one_of(page_type.strip().lower(), (*PAGE_TYPES, NO_LABEL), "--page-type")
    return int(page) - 1, None if chosen == NO_LABEL else chosen


def typed_order(text: str) -> tuple[int, ...]:
    """'0,2,1' as the present numbers of panels, in the order they are to be read."""
    numbers = [number.strip() for number in text.split(",")]
    if not all(number.isascii() and number.isdecimal() and len(number) < 6 for number in numbers):
        raise _unusable(f"--order {text!r} is no order of panels", "write their numbers, such as 0,2,1")
    return tuple(int(number) for number in numbers)


def typed_page(text: str) -> tuple[str, int] | None:
    """'Red Sonja 001.cbz:3' as the book and the page's seq, 0-based; None for anything else."""
    book, colon, page = text.rpartition(":")
    if not (colon and book and page.isascii() and page.isdecimal() and len(page) < 9 and int(page)):
        return None
    return book, int(page) - 1


def _whole_number(field: str, text: str) -> int:
    least, most = _RANGES[field]
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and least <= int(text) <= most):
        raise _unusable(f"--{field} {text!r} is no number from {least} to {most}", "write it in digits")
    return int(text)


def _language(text: str) -> str:
    code = language_code(text)
    if code is None:
        raise _unusable(f"--language {text!r} is not known", "use a code of two letters, such as en or ja")
    return code


def _one_of(text: str, choices: tuple[str, ...], what: str) -> str:
    if text not in choices:
        raise _unusable(f"{what} cannot be {text!r}", f"choose one of {', '.join(choices)}")
    return text


def _name(text: str, what: str, most: int) -> str:
    if "\0" in text or not text.isprintable() or len(text.encode(errors="replace")) > most:
        raise _unusable(f"{what} {text[:40]!r} cannot be kept", f"use at most {most} bytes of plain text")
    return text


def _unusable(message: str, remedy: str) -> QueryError:
    return QueryError(message, code="edit-unusable", remedy=remedy)
