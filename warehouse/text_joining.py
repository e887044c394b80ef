"""Lines of a balloon to sentences: words that a line break parted become whole, spaces go where words part.

A hyphen at the end of a line is there for the line's sake, or belongs to the word.  It belongs to the word
where the book writes the word with it inside a line ('GOOD-BYE' elsewhere), in numbers (TWENTY-ONE), in
stutters and echoes (W-WHAT, HA-HA), after words that are always tied (SELF-MADE, EX-WIFE), before a capital
after small letters (Anglo-Saxon) and beside digits (F-16).  Otherwise it goes.  Two hyphens are a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from warehouse.contracts import ReadLine

_WORD = re.compile(r"\w+")
_BROKEN = re.compile(r"([^\W_]+(?:['’][^\W_]+)?)[-‐\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_UNSPACED = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0e7f…]")
_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_ONES = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third"]
)
_TIED = frozenset(["self", "ex", "all", "half", "non", "quasi", "mid", "well"])
_HANGING = frozenset(["und", "oder", "bzw", "en", "of", "ou", "et"])
"""Words before which German, Dutch and French leave a hyphen standing for what follows: 'Vor- und'."""


class Block(Protocol):
    """What is joined: places of lines, in reading order."""

    @property
    def lines(self) -> tuple[int, ...]: ...


def hyphenated_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that a book writes with a hyphen inside a line, in small letters."""
    return frozenset(word.lower() for text in texts for word in _HYPHENATED.findall(text))


def joined_lines(lines: Sequence[str], hyphenated: frozenset[str] = frozenset()) -> str:
    """The lines of one balloon as one line of text.  hyphenated: words known to have a hyphen."""
    text = ""
    for line in (line.strip() for line in lines):
        if not text or not line:
            text = text or line
        elif text.endswith("\u00ad"):
            text = text[:-1] + line
        else:
            text = _continued(text, line, hyphenated)
    return text


def joined_text(
    blocks: Sequence[Block], lines: Sequence[ReadLine], hyphenated: frozenset[str] = frozenset()
) -> str:
    """The text of the blocks, a block a line."""
    return "\n".join(
        joined_lines([lines[place].text for place in block.lines], hyphenated) for block in blocks
    )


def _continued(text: str, line: str, hyphenated: frozenset[str]) -> str:
    broken, rest = _BROKEN.search(text), _FIRST_WORD.match(line)
    if broken is not None and rest is not None:
        head, tail = broken[1], rest[0]
        if tail.lower() in _HANGING and len(head) > 1:
            return f"{text} {line}"
        return (text if keeps_hyphen(head, tail, hyphenated) else text[:-1]) + line
    if _UNSPACED.match(text[-1]) and _UNSPACED.match(line[0]):
        return text + line
    return f"{text} {line}"


def keeps_hyphen(head: str, tail: str, hyphenated: frozenset[str] = frozenset()) -> bool:
    """Whether the hyphen between two parts of a word is part of the word."""
    one, two = head.lower(), tail.lower()
    return (
        f"{one}-{two}" in hyphenated
        or (one in _TENS and two in _ONES)
        or one in _TIED
        or two.startswith(one)
        or one[-1].isdigit()
        or two[0].isdigit()
        or (tail[0].isupper() and any(letter.islower() for letter in head))
    )


def count_words(text: str) -> int:
    """Runs of letters and digits."""
    return len(_WORD.findall(text))
