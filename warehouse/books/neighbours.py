"""Metadata files that lie beside a book: a few fixed names are tried, so that full folders cost nothing."""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path

from warehouse.books.limits import Limits
from warehouse.books.sources import is_book_name
from warehouse.errors import BookError

_LOOKED_AT = 1000


def neighbour(path: Path, limits: Limits) -> bytes | None:
    """The bytes of a small file, None where there is no such regular file.

    Raises BookError 'metadata-refused' (too large) or 'metadata-unreadable'.
    """
    try:
        size = os.stat(path)
        if not stat.S_ISREG(size.st_mode):
            return None
        if size.st_size > limits.metadata_bytes:
            raise BookError(
                f"{path} has {size.st_size} bytes, at most {limits.metadata_bytes} are read",
                code="metadata-refused",
            )
        with open(path, "rb") as file:
            return file.read(limits.metadata_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as fault:
        raise BookError(f"cannot read {path}: {fault}", code="metadata-unreadable") from fault


def package_beside(book: Path) -> Path | None:
    """The OPF file that describes a book: 'BOOK.opf', or 'metadata.opf' in a folder of that book alone."""
    own = Path(f"{os.path.splitext(book)[0]}.opf")
    if os.path.isfile(own):
        return own
    shared = book.parent / "metadata.opf"
    return shared if os.path.isfile(shared) and _alone(book) else None


def _alone(book: Path) -> bool:
    """Whether no book of another name lies in the same folder; stops at the first, or in a crowd."""
    try:
        with os.scandir(book.parent) as items:
            for item in islice(items, _LOOKED_AT):
                if is_book_name(item.name) and Path(item.name).stem != book.stem:
                    return False
            return next(items, None) is None
    except OSError:
        return False  # a folder whose files may be opened but not listed
