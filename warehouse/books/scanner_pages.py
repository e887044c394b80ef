"""Pages that scanners put into a book to sign it, told by their names among those of the other pages.

'zzz_group.jpg' after 'Title 001-024.jpg': at the end of the book, named unlike the rest, and by no word that
a page of the book itself would be named by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from warehouse.books.entries import name_parts

Size = tuple[int, int]

_SAYS_SO = re.compile(
    r"(?<![^\W_])(?:scann?ed[\s._-]*by|scan(?:ner|s)?[\s._-]*(?:tag|credits?|page|info|group)|scann?ers?|scanlat\w*"
    r"|(?:rip|tag|logo)(?:ged|ger|ped|per)?[\s._-]*by|tag[\s._-]*page|tags?|recruit\w*|join[\s._-]*us)(?![^\W_])",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"(?<![^\W_])(?:dcp|cps|zsou|son of ultron|minutemen|empire|oroboros|novus|zone|nerd)(?![^\W_])",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"(?<![^\W_])(?:front|back|rear|inside|outside|wrap\w*|covers?|[a-z]*cover|bc|fc|[io][fb]c|title|indici(?:a|um)"
    r"|end|ende|fin|final|colophon|thanks?|toc|contents?|index|about|authors?|notes?|preface|intro\w*"
    r"|prologue?|epilogue?|afterword|postscript|letters?|letter[\s._-]*page|ads?|advert\w*|preview|teaser|next"
    r"|variants?|alt|pin[\s._-]*ups?|gallery|sketch\w*|extras?|bonus|maps?|posters?|art|spreads?|fold[\s._-]*out"
    r"|gatefold|pages?|p|pg|story|omake|chapters?|appendix|glossary|cast|characters?|biblio\w*|interview|feature"
    r"|portada|contraportada|couverture|couv|dos|quatri[eè]me|titel|umschlag|r[uü]ckseite|copertina|retro|capa"
    r"|表紙|裏表紙|奥付|目次)(?![^\W_])",
    re.IGNORECASE,
)
_CREDITS = re.compile(r"(?<![^\W_])credits?(?![^\W_])", re.IGNORECASE)
_LAST_OF_ALL = re.compile(r"^(?:z{2,}|x{2,}|[zx](?=[\W_]|[A-Z])|[~¬])", re.ASCII)
_NINES = re.compile(r"9{2,}")

_AT_END = 2  # pages at the end of a book that may be signed
_FEW = 4  # pages: of fewer, none can be called unlike the rest
_SHARED = 0.2  # of the other pages: a word on that many is no scanner's own
_LIKE = 0.7  # of the other pages: that many must be named alike for another to be foreign
_SURE, _LIKELY, _MAYBE = 0.95, 0.85, 0.6
_SHAPE, _SHAPE_COUNTS = 0.12, 0.1  # difference of aspect or of area's root; what it adds to a probability
_JUMP = 10  # page numbers left out before one of nines


def scanner_pages(entries: Sequence[str], sizes: Sequence[Size | None] | None = None) -> dict[int, float]:
    """The pages of a book that a scanner signed: place among the entries to probability, 0.5 to 1.

    entries: names of all pages in reading order, folders included.  sizes: width and height of each, where
    known.  Looked at are the last two pages, and the first where its name says so outright.
    """
    names = [_stem(entry) for entry in entries]
    found: dict[int, float] = {}
    for place in sorted({0, *range(max(0, len(names) - _AT_END), len(names))}):
        others = [name for other, name in enumerate(names) if other != place]
        if others:
            at_end = place >= len(names) - _AT_END and place > 0
            probability = _probability(names[place], others, at_end=at_end)
            if probability and sizes is not None and _is_other_shape(place, sizes):
                probability = min(_SURE, probability + _SHAPE_COUNTS)
            if probability:
                found[place] = probability
    return found


def _probability(name: str, others: Sequence[str], *, at_end: bool) -> float:
    """0 for a page of the book itself."""
    sorts_last = _LAST_OF_ALL.match(name) and not any(_LAST_OF_ALL.match(other) for other in others[:-1])
    own = _own_part(_LAST_OF_ALL.sub("", name), others)
    says_so = _SAYS_SO.search(own)
    if says_so and not _OWN_WORDS.search(_SAYS_SO.sub(" ", own)):
        return _SURE
    if _CREDITS.search(own) and _GROUPS.search(own):
        return _LIKELY
    if not at_end or _OWN_WORDS.search(own):
        return 0.0
    if sorts_last:
        return _LIKELY
    if len(others) + 1 < _FEW or _CREDITS.search(own):
        return 0.0
    if _GROUPS.search(own):
        return _LIKELY
    return _MAYBE if _is_foreign(name, others) or _jumps(name, others) else 0.0


def _stem(entry: str) -> str:
    name = (name_parts(entry) or [""])[-1]
    return name.rpartition(".")[0] or name


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name.lower())


def _own_part(name: str, others: Sequence[str]) -> str:
    """What of a name is not on many of the other pages too: neither the title nor the mark on every page."""
    counts = Counter(word for other in others for word in set(_words(other)))
    shared = {word for word, count in counts.items() if count >= max(2, _SHARED * len(others))}
    return re.sub(r"[^\W\d_]+", lambda match: " " if match[0].lower() in shared else match[0], name)


def _template(name: str) -> str:
    """A name with its numbers taken out."""
    return re.sub(r"\d+[a-d]?(?![^\W\d_])", "#", name.lower())


def _is_foreign(name: str, others: Sequence[str]) -> bool:
    """Whether a page has no number and a name of its own, where all others are numbered alike."""
    templates = Counter(_template(other) for other in others)
    usual, count = templates.most_common(1)[0]
    if "#" not in usual or count < _LIKE * len(others) or re.search(r"\d", name):
        return False
    return bool(_words(name)) and not set(_words(name)) <= set(_words(usual))


def _jumps(name: str, others: Sequence[str]) -> bool:
    """Whether a page is numbered 99 or 9999 where the others end long before."""
    if not _NINES.fullmatch(name):
        return False
    numbers = [int(other) for other in others if re.fullmatch(r"\d{1,9}", other)]
    return len(numbers) == len(others) and int(name) - max(numbers) > _JUMP


def _is_other_shape(place: int, sizes: Sequence[Size | None]) -> bool:
    """Whether a page's aspect or size is not that of most."""
    size = sizes[place]
    rest = [other for seq, other in enumerate(sizes) if other is not None and seq != place]
    if size is None or not rest:
        return False
    aspect = median(width / height for width, height in rest)
    side = median((width * height) ** 0.5 for width, height in rest)
    return (
        abs(size[0] / size[1] / aspect - 1) > _SHAPE
        or abs((size[0] * size[1]) ** 0.5 / side - 1) > 2 * _SHAPE
    )
