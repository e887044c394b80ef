"""Where the text of a book's pages may lie: one JSON file a book, or a folder with one a page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.limits import Limits

_ENDING = ".json"
_LEVELS = 3


@dataclass(frozen=True, slots=True)
class SidecarPlace:
    """A file or folder to look at.

    named: made for text by its name, so that what is wrong there is to be told; else other things may be
    called so too.  pages: a folder that may hold books of any number: their JSON file by seq.
    """

    path: Path
    named: bool
    pages: Mapping[int, tuple[Path, ...]] | None = None


def sidecar_places(
    book: Path, entries: Mapping[int, str], folder: Path | None = None
) -> Iterator[SidecarPlace]:
    """Where to look, the first that has text counts.  folder: that a person has named for all books."""
    stem = book.name if book.is_dir() else book.stem
    if folder is not None:
        yield from _called(folder, stem, owned=True)
        yield SidecarPlace(folder, True, _joined(folder, stem, entries))
    yield from _called(book.parent, stem, owned=False)
    if book.is_dir():
        yield SidecarPlace(book, False)


def _called(folder: Path, stem: str, *, owned: bool) -> Iterator[SidecarPlace]:
    yield SidecarPlace(folder / f"{stem}.text.json", True)
    yield SidecarPlace(folder / f"{stem}.json", owned)
    yield SidecarPlace(folder / f"{stem}.text", True)
    yield SidecarPlace(folder / f"{stem}_json", True)
    yield SidecarPlace(folder / stem, owned)


def _joined(folder: Path, stem: str, entries: Mapping[int, str]) -> dict[int, tuple[Path, ...]]:
    """BOOK_PAGE.json: a few fixed names a page are tried, so that full folders cost nothing."""
    found = {}
    for seq, entry in entries.items():
        inside = entry.replace("\\", "/").strip("/")
        forms = dict.fromkeys((inside.replace("/", "_"), inside.rpartition("/")[2]))
        names = [name for form in forms for name in (os.path.splitext(form)[0], form)]
        found[seq] = tuple(folder / f"{stem}_{name}{_ENDING}" for name in names if "\0" not in name)
    return found


def json_files(folder: Path, limits: Limits) -> list[tuple[str, Path]]:
    """The JSON files in a folder and at most two below it, by their names from there on."""
    found: list[tuple[str, Path]] = []
    for root, folders, names in os.walk(folder):
        below = Path(root).relative_to(folder)
        if len(below.parts) >= _LEVELS - 1:
            folders.clear()
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_ENDING) and not name.startswith("."):
                found.append(((below / name).as_posix()[: -len(_ENDING)], Path(root) / name))
        if len(found) > limits.entries:
            return found[: limits.entries]
    return found
