"""Which page of a book a name given elsewhere means: compared from its end.

Words and numbers count, what stands between them does not, nor do noughts before a number: the page
'ch1/003.jpg' of 'Red Sonja 001.cbz' is 'ch1/3.json', and 'E:\\\\scans\\\\Red Sonja 001_ch1_003.jpg' too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

_PICTURE = re.compile(r"\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|avif|jxl|jp2)$", re.IGNORECASE)
_LONGEST = 1000


class PageNames:
    """The names of a book's pages.  entries: seq to the name inside the book."""

    def __init__(self, entries: Mapping[int, str]) -> None:
        self._pages: dict[str, set[int]] = defaultdict(set)
        for seq, entry in entries.items():
            parts = [part for part in re.split(r"[/\\]", entry) if part]
            for start in range(len(parts)):
                name = "/".join(parts[start:])
                for form in (name, _PICTURE.sub("", name)):
                    self._pages[flat(form)].add(seq)

    def page_of(self, name: str) -> int | None:
        """The seq of the page whose name agrees with the longest end of this; None for none, or several."""
        whole, bare = flat(name), flat(_PICTURE.sub("", name))
        return self._found(whole) if whole == bare or self._found(whole) is not None else self._found(bare)

    def _found(self, name: str) -> int | None:
        for end in _ends(name):
            pages = self._pages.get(end)
            if pages:
                return next(iter(pages)) if len(pages) == 1 else None
        return None


def flat(name: str) -> str:
    """The words and numbers of a name, in one case, parted by '_'."""
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", name[-_LONGEST:]).casefold())
    return "_".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in words if word)


def _ends(name: str) -> Iterator[str]:
    yield name
    for place, letter in enumerate(name):
        if letter == "_":
            yield name[place + 1 :]
