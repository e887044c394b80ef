"""Every error of the project, with its stable code.  A leaf module: it imports nothing of ours.

WarehouseError              what failed, on what, what to do next; the command line prints it in one line
├── ConfigError             a setting that cannot be used
├── DatabaseError           the database cannot be reached, is too old, or refuses
├── BookError               a whole book cannot be used; becomes book.error_code
│   └── PageError           one page of a book cannot be used; becomes page.error_code
├── ModelError              a model or its weights cannot be used
├── LeaseLostError          another run has taken this piece of work over; nothing was written
├── SnapshotError           a snapshot cannot be written, read or trusted
└── QueryError              a question that cannot be answered as asked
"""


class WarehouseError(Exception):
    """Something failed."""

    code = "failed"

    def __init__(self, message: str | None = None, *, code: str | None = None, remedy: str | None = None):
        text = message or (self.__doc__ or "").strip().splitlines()[0]
        super().__init__(f"{text}: {remedy}" if remedy else text)
        if code is not None:
            self.code = code


class ConfigError(WarehouseError):
    """A setting cannot be used."""

    code = "config"


class DatabaseError(WarehouseError):
    """The database cannot be used."""

    code = "database"


class BookError(WarehouseError):
    """The book cannot be read."""

    code = "book-unreadable"


class PageError(BookError):
    """The page cannot be read."""

    code = "page-unreadable"


class ModelError(WarehouseError):
    """The model cannot be used."""

    code = "model"


class LeaseLostError(WarehouseError):
    """Another run has taken this piece of work over."""

    code = "lease-lost"


class SnapshotError(WarehouseError):
    """The snapshot cannot be written or read."""

    code = "snapshot"


class QueryError(WarehouseError):
    """The question cannot be answered as asked."""

    code = "query"
