"""Where a text stands that somebody says is on a page, and not where: there where much the same is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from warehouse.stages.read_page import ReadBlock

_ALIKE = 0.6  # share of the shorter text's letters that is in the other, in runs of two and more
_RUN = 2
_LONGEST = 2000  # letters compared of one text


def lacks_place(blocks: Sequence[ReadBlock]) -> bool:
    """Whether a text of a page is in no panel."""
    return any(block.panel_id is None for block in blocks)


def with_read_places(said: Sequence[ReadBlock], read: Sequence[ReadBlock]) -> list[ReadBlock]:
    """Said texts in no panel get box, panel and kind of what is read most like them; the rest are left."""
    letters = [_letters(block) for block in read]
    found = []
    for block in said:
        like = None if block.panel_id is not None else _most_alike(_letters(block), letters)
        found.append(block if like is None else _placed(block, read[like]))
    return found


def _most_alike(text: str, others: Sequence[str]) -> int | None:
    best, most = None, 0
    for place, other in enumerate(others):
        shared = _shared(text, other)
        if shared > most and shared >= _ALIKE * min(len(text), len(other)):
            best, most = place, shared
    return best


def _shared(one: str, other: str) -> int:
    """Letters of the runs that two texts share."""
    if one == other:
        return len(one)
    matches = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches if match.size >= _RUN)


def _letters(block: ReadBlock) -> str:
    text = "".join(line.text for line in block.lines).casefold()
    return "".join(character for character in text if character.isalnum())[:_LONGEST]


def _placed(block: ReadBlock, like: ReadBlock) -> ReadBlock:
    return replace(
        block,
        box=like.box,
        lines=tuple(replace(line, box=like.box) for line in block.lines),
        panel_id=like.panel_id,
        kind=block.kind or like.kind,
    )
