"""Whether two names mean the same page: compared from their last parts.

A page is known by its book and its picture's name inside that; elsewhere the same page lay in some folder,
on another disk, its book unpacked: 'E:/scans/Red Sonja 001/003.png' is '003.jpg' of 'Red Sonja 001.cbz'.
"""

from __future__ import annotations

import re
import unicodedata

from warehouse.contracts import PageName

Parts = tuple[str, ...]

_PICTURES = r"\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|avif|jxl|jp2)$"
_BOOKS = r"\.(cb[zr7ta]|zip|rar|7z|tar(\.\w+)?|pdf|epub)$"


def name_parts(name: str) -> Parts:
    """Folders and the picture's name, without its ending and the book's, in one case; last part first."""
    text = unicodedata.normalize("NFC", name).casefold()
    parts = [part for part in re.split(r"[/\\]", text) if part not in ("", ".", "..")]
    if not parts:
        return ()
    picture = re.sub(_PICTURES, "", parts[-1])
    return (picture, *(re.sub(_BOOKS, "", part) for part in reversed(parts[:-1])))


def page_parts(page: PageName) -> list[Parts]:
    """The names a page may have elsewhere: with the folders inside its book, without, or joined by '_'."""
    inside = [part for part in re.split(r"[/\\]", page.entry) if part]
    book = page.book.rstrip("/\\")
    if re.split(r"[/\\]", book)[-1] == page.entry:  # a single picture is a book of its own
        return [name_parts(book)]
    forms = (page.entry, inside[-1], "_".join(inside)) if inside else ()
    return list(dict.fromkeys(name_parts(f"{book}/{form}") for form in forms))


def agreement(one: Parts, other: Parts) -> int:
    """How many parts two names share, from the last on."""
    shared = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        shared += 1
    return shared
