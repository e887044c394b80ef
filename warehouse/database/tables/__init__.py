"""The tables, as SQLAlchemy metadata: what `alembic check` holds the migrations against.

Nothing queries through these objects; rows are written in `warehouse.database.store` and read in
`warehouse.database.queries`.
"""

from warehouse.database.tables import books, indexes, pages, snapshots, sums, vectors, work
from warehouse.database.tables.parts import metadata

__all__ = ["books", "indexes", "metadata", "pages", "snapshots", "sums", "vectors", "work"]
