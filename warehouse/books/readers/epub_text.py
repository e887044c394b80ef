"""The text of an EPUB's page documents: what stands on a page over its picture, else the picture's `alt`.

Reads tags alone, as `epub_package.pictures_shown` does: no entity but HTML's own is resolved, and the time
taken grows with the length of a document only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from warehouse.books.declared import storable
from warehouse.books.readers.epub_package import local_links

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)>|<[^<>]*+>")
_ALT = re.compile(r"""(?:^|\s)alt\s*+=\s*+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_SILENT = frozenset(["script", "style", "title", "head", "rt", "rp", "nav", "template"])
_WITHIN_LINES = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "ruby", "rb", "s", "small",
        "span", "strong", "sub", "sup", "u",
    ]
)  # fmt: skip
_PIECES = re.compile(r"[\u3000\n\r]+")  # Japanese parts what two people say by an ideographic space
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LEAST_LETTERS = 20
_LEAST_IDEOGRAPHS = 8
_LETTERS = 100_000  # of one page


@dataclass
class ShownText:
    """What a page document says of one picture, in its order.  pieces: on the page; alts: of the picture."""

    pieces: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)


def texts_shown(document: str) -> list[ShownText]:
    """The texts of each picture that `pictures_shown` finds; what comes before the first is of the first."""
    before: list[str] = []
    shown: list[ShownText] = []
    for alt, text in _parts(document):
        if alt is not None:
            shown.append(ShownText([] if shown else before, _pieces(alt)))
        elif text:
            (shown[-1].pieces if shown else before).extend(_pieces(text))
    return shown


def page_texts(pages: Sequence[ShownText]) -> dict[int, tuple[str, ...]]:
    """The texts of the pages that have any worth the name, by seq.

    A word or two, a page number or a label like 'comic page 3' is none, nor what most pages say.
    """
    alts = _own_words([page.alts for page in pages])
    return alts | _own_words([page.pieces for page in pages])


def _own_words(pages: Sequence[Sequence[str]]) -> dict[int, tuple[str, ...]]:
    common = Counter(key for pieces in pages for key in {_key(piece) for piece in pieces})
    found = {}
    for seq, pieces in enumerate(pages):
        own = tuple(piece for piece in pieces if common[_key(piece)] <= max(1, len(pages) / 2))
        if _has_words(own) and sum(map(len, own)) <= _LETTERS:
            found[seq] = own
    return found


def _has_words(pieces: Sequence[str]) -> bool:
    text = " ".join(pieces)
    letters = sum(map(str.isalpha, text))
    return letters >= _LEAST_LETTERS or len(_IDEOGRAPHS.findall(text)) >= _LEAST_IDEOGRAPHS


def _key(piece: str) -> str:
    """Labels of pages differ by their numbers only."""
    return re.sub(r"\d+", "0", piece.casefold())


def _pieces(text: str) -> list[str]:
    parts = (" ".join(storable(part).split()) for part in _PIECES.split(unescape(text)))
    return [part for part in parts if part]


def _parts(document: str) -> Iterator[tuple[str | None, str]]:
    """(alt, '') of each picture, and (None, text) of each paragraph, in order."""
    body = _BODY.search(document)
    text = _without_comments(document[body.start() :] if body else document)
    held: list[str] = []
    silent = end = 0
    for tag in _TAG.finditer(text):
        if not silent:
            held.append(text[end : tag.start()].replace("\n", " ").replace("\r", " "))
        end = tag.end()
        name = (tag[2] or "").lower().rpartition(":")[2]
        if name in _SILENT and not tag[0].endswith("/>"):
            silent = max(0, silent + (-1 if tag[1] else 1))
        elif name == "br":
            held.append(" ")
        elif name and name not in _WITHIN_LINES:
            yield None, "".join(held)
            held = []
        if name in ("img", "image") and not tag[1] and local_links(name, tag[3]):
            yield _alt(tag[3]), ""
    yield None, "".join([*held, "" if silent else text[end:]])


def _alt(attributes: str) -> str:
    match = _ALT.search(attributes)
    return (match[1] or match[2] or "") if match else ""


def _without_comments(document: str) -> str:
    kept, end = [], 0
    while (start := document.find("<!--", end)) >= 0:
        kept.append(document[end:start])
        end = document.find("-->", start)
        if end < 0:
            return "".join(kept)
        end += 3
    return "".join([*kept, document[end:]])
