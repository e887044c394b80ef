"""Files of the warehouse that are not where they were: reported, never purged unasked."""

from __future__ import annotations

from collections import defaultdict

from warehouse.books.presence import PATIENCE, look_for
from warehouse.database.connection import Connection
from warehouse.database.queries import paths_of_books
from warehouse.records import MissingFile, MissingFiles


def missing_files(connection: Connection, patience: float = PATIENCE) -> MissingFiles:
    """Look for every path of every book; a disk that is silent for `patience` seconds is not waited for."""
    paths = paths_of_books(connection)
    presence = look_for((path.path for path in paths if path.held), patience)
    copies: defaultdict[int, list[str]] = defaultdict(list)
    for path in paths:
        if path.held and path.path not in presence.gone:
            copies[path.book_id].append(path.path)
    files = tuple(
        MissingFile(
            path.book_id, path.path, "gone" if path.held else "overwritten", tuple(copies[path.book_id])
        )
        for path in paths
        if not path.held or path.path in presence.gone
    )
    without = {file.book_id for file in files if not file.copies}
    return MissingFiles(len(files), len(without), len(presence.unknown), files)
