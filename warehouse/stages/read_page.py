"""What is read on one page: balloons, captions and sounds, each with its panel, kind and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import (
    Direction,
    LetteredBlock,
    Pixels,
    Profile,
    ReadLine,
    TextKind,
    TextKindGuess,
)
from warehouse.geometry import Box
from warehouse.reading_order import order_panels
from warehouse.records import StoredPage, StoredPanel
from warehouse.text_joining import count_words, joined_lines
from warehouse.text_layout import group_lines
from warehouse.text_records import LineRow, SpokenRow, TextRow


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A balloon, caption or sound: its lines in reading order.  kind: None where nobody says.

    ordered: it stands where somebody says it is read, and not where its box would put it.
    """

    box: Box
    lines: tuple[ReadLine, ...]
    panel_id: int | None
    kind: TextKindGuess | None
    source: str
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """The rows of one page."""

    lines: tuple[LineRow, ...]
    panels: tuple[TextRow, ...]
    spoken: tuple[SpokenRow, ...]
    page: TextRow


def read_page(profile: Profile, pixels: Pixels, panels: Sequence[StoredPanel]) -> list[ReadBlock]:
    """Read a page and tell its blocks apart; in no order."""
    reader = profile.text_reader
    boxes = [panel.box for panel in panels]
    lines = reader.read(pixels)
    blocks = group_lines(lines, boxes)
    lettered = [
        LetteredBlock(
            block.box,
            tuple(lines[place] for place in block.lines),
            None if block.panel is None else boxes[block.panel],
        )
        for block in blocks
    ]
    kinds = profile.text_kinds.tell(pixels, lettered)
    return [
        ReadBlock(
            block.box,
            of_block.lines,
            None if block.panel is None else panels[block.panel].id,
            kind,
            reader.name,
        )
        for block, of_block, kind in zip(blocks, lettered, kinds, strict=True)
    ]


def arrange(
    page: StoredPage,
    panels: Sequence[StoredPanel],
    blocks: Sequence[ReadBlock],
    direction: Direction,
    hyphenated: frozenset[str] = frozenset(),
) -> PageText:
    """The rows of a page, panel by panel in the order of `panels`; blocks in no panel come last.

    Blocks of a panel that are `ordered` stay in the order given.
    """
    rows: list[LineRow] = []
    panel_texts: list[TextRow] = []
    spoken: list[SpokenRow] = []
    texts: list[str] = []
    count = 0
    for panel_id in [*(panel.id for panel in panels), None]:
        mine = [block for block in blocks if block.panel_id == panel_id]
        if not all(block.ordered for block in mine):
            mine = [mine[place] for place in order_panels([block.box for block in mine], direction)]
        said = [joined_lines([line.text for line in block.lines], hyphenated) for block in mine]
        for block in mine:
            rows += _line_rows(page.id, block, count, len(rows))
            count += 1
        text = "\n".join(said)
        if panel_id is not None:
            panel_texts.append(TextRow(panel_id, text, count_words(text)))
            spoken.append(_spoken(panel_id, mine, said))
        if text:
            texts.append(text)
    whole = "\n".join(texts)
    return PageText(
        tuple(rows), tuple(panel_texts), tuple(spoken), TextRow(page.id, whole, count_words(whole))
    )


def _line_rows(page_id: int, block: ReadBlock, number: int, first: int) -> list[LineRow]:
    kind = block.kind
    return [
        LineRow(
            page_id,
            block.panel_id,
            first + place,
            line.box,
            line.text,
            line.confidence,
            block.source,
            number,
            None if kind is None else kind.kind,
            None if kind is None else kind.confidence,
        )
        for place, line in enumerate(block.lines)
    ]


def _spoken(panel_id: int, blocks: Sequence[ReadBlock], said: Sequence[str]) -> SpokenRow:
    def of(kind: TextKind) -> tuple[str, ...]:
        return tuple(
            text
            for block, text in zip(blocks, said, strict=True)
            if block.kind is not None and block.kind.kind == kind and text
        )

    return SpokenRow(panel_id, of("dialogue"), of("narration"), of("sfx"))
