"""Paths as they are written down: a file name is any bytes, a database takes only UTF-8."""

from __future__ import annotations

import os
import re
from pathlib import Path

_ESCAPED = re.compile(r"\\udc([89a-f][0-9a-f])")


def stored_path(path: str | Path) -> str:
    r"""The absolute path as text; bytes that are no UTF-8 are written as '\udc' and two digits."""
    return os.path.abspath(path).encode(errors="backslashreplace").decode()


def disk_path(stored: str) -> Path:
    """The path on disk that `stored_path` wrote down."""
    if _ESCAPED.search(stored) and not os.path.lexists(stored):
        return Path(_ESCAPED.sub(lambda match: chr(0xDC00 + int(match[1], 16)), stored))
    return Path(stored)
