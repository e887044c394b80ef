"""Groups of duplicate pages as the library stands: computed again only where it has changed since."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.database.duplicate_answers import Grouping, grouping
from warehouse.database.page_hashes import page_hashes
from warehouse.database.store.page_groups import write_groups
from warehouse.duplicates.grouping import group_pages


def refresh_groups(connection: Connection, max_distance: int) -> Grouping:
    """Make page_group hold the groups of this distance, 0 to 64 bits.  connection: autocommit.

    The hashes are read in one snapshot, compared outside any transaction, and the groups written in one.
    """
    known = grouping(connection, max_distance)
    if known is not None and not known.stale:
        return known
    state, pages = page_hashes(connection)
    groups = group_pages(pages, max_distance)
    with connection.transaction():
        write_groups(connection, groups, max_distance=max_distance, state=state, pages=len(pages.ids))
    written = grouping(connection, max_distance)
    assert written is not None
    return written
