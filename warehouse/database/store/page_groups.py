"""Groups of pages that show the same picture."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.duplicates.grouping import PageGroups


def write_groups(
    connection: Connection, groups: PageGroups, *, max_distance: int, state: str, pages: int
) -> None:
    """Replace the groups of this distance; state and pages say what they were made from."""
    key = {"max_distance": max_distance}
    connection.execute(statement("upsert_grouping"), key | {"state": state, "pages": pages})
    connection.execute(statement("delete_groups"), key)
    connection.execute(statement("create_new_groups"))
    with connection.cursor() as cursor, cursor.copy(statement("copy_new_groups")) as copy:
        copy.set_types(["int8", "int8", "int2"])
        rows = (groups.page_ids.tolist(), groups.canonical_ids.tolist(), groups.distances.tolist())
        for row in zip(*rows, strict=True):
            copy.write_row(row)
    connection.execute(statement("insert_groups"), key)
