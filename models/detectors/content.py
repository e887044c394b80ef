"""A detector's revision by what is in its files, wherever they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import ModelError


def content_revision(files: Iterable[Path]) -> str:
    """Twelve hex digits over the bytes of these files, in order.  Raises ModelError 'detector-missing'."""
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise ModelError(
                f"{path} cannot be read ({error.strerror})",
                code="detector-missing",
                remedy="check the path and who may read it",
            ) from error
    return digest.hexdigest()[:12]
