"""Who did what: the many words of taggers for one role."""

from __future__ import annotations

import re
from collections.abc import Iterable

from warehouse.books.declared import distinct, name_of

_ROLES = {
    "author": "writer", "script": "writer", "scripter": "writer", "scriptwriter": "writer", "words": "writer",
    "plot": "writer", "plotter": "writer", "story": "writer", "scenario": "writer", "writers": "writer",
    "penciler": "penciller", "pencils": "penciller", "pencil": "penciller", "breakdowns": "penciller",
    "layouts": "penciller", "pencillers": "penciller",
    "inks": "inker", "finishes": "inker", "embellisher": "inker", "ink_assists": "inker", "inkers": "inker",
    "art": "artist", "illustrator": "artist", "drawing": "artist", "artists": "artist",
    "colourist": "colorist", "colorer": "colorist", "colourer": "colorist", "colors": "colorist",
    "colours": "colorist", "coloring": "colorist", "colorists": "colorist", "color_assists": "colorist",
    "color_flats": "colorist", "color_separations": "colorist", "gray_tone": "colorist",
    "letters": "letterer", "lettering": "letterer", "letterers": "letterer",
    "cover": "cover_artist", "covers": "cover_artist", "coverartist": "cover_artist",
    "coverdesigner": "cover_artist", "coverartists": "cover_artist", "cover_artists": "cover_artist",
    "cover_design": "cover_artist", "editing": "editor", "edits": "editor", "editors": "editor",
    "translation": "translator", "translators": "translator", "creator": "writer", "other": "other",
}  # fmt: skip


def role_of(word: str | None) -> str | None:
    """The role a word means, 'writer', 'penciller', 'inker', 'colorist', 'letterer', 'cover_artist'...

    Words not known stay as they are, lower case with underscores; None if nothing is left.
    """
    name = name_of(word)
    key = re.sub(r"[\W_]+", "_", (name or "").lower()).strip("_")[:60]
    return _ROLES.get(key, key) or None


def credited(pairs: Iterable[tuple[str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    """(role, person) of (word, name) pairs, each once; pairs without a name or role are passed over."""
    return distinct(
        (role, person)
        for word, name in pairs
        if (role := role_of(word)) is not None and (person := name_of(name)) is not None
    )
