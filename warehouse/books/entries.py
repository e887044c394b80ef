"""Which names inside a book are pages, which are junk, and in which order pages are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from natsort import natsort_keygen, ns

IMAGE_EXTENSIONS = frozenset(
    [
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "png",
        "gif",
        "webp",
        "avif",
        "bmp",
        "tif",
        "tiff",
        "jp2",
        "j2k",
        "jpx",
        "jpf",
        "jxl",
        "heic",
        "heif",
    ]
)
JUNK_NAMES = frozenset(
    [
        "__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir", "#recycle", "@recycle",
        "@recently-snapshot", "$recycle.bin", "system volume information", "lost+found",
    ]
)  # fmt: skip

natural_key: Callable[[str], Any] = natsort_keygen(alg=ns.IGNORECASE | ns.PATH)
"""Sorts names as people count: 'page 2' before 'page 10', case ignored, folder by folder."""


def name_parts(name: str) -> list[str]:
    """The parts of an entry name, whichever slash the archive uses."""
    return [part for part in re.split(r"[/\\]", name) if part]


def is_junk_part(part: str) -> bool:
    """Whether a file or folder of this name is left behind by a system or a tool."""
    if part in (".", ".."):
        return False
    return part.startswith(".") or part.lower() in JUNK_NAMES or part.lower().endswith(".qpkg")


def is_junk(name: str) -> bool:
    """Whether any part of an entry name is junk: dotfiles, __MACOSX, Thumbs.db, @eaDir and the like."""
    return any(is_junk_part(part) for part in name_parts(name))


def extension(name: str) -> str:
    """The lower-case extension without its dot, '' if there is none."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def is_page_name(name: str) -> bool:
    """Whether an entry of this name is a page: an image extension, and not junk."""
    return extension(name) in IMAGE_EXTENSIONS and not is_junk(name)


def reading_key(name: str) -> tuple[Any, str]:
    """The sort key of pages: natural order of the full name, ties by the name itself."""
    return natural_key(name.replace("\\", "/")), name
