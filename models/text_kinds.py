"""Balloon, caption or sound: told from the ground that lettering stands on, its shape and its place.

Own work, no learning.  Lettering in a balloon or caption stands on a ground of one tone with an end to it:
that ground is flooded from around the letters, and its holes, which are the letters, are filled.  A ground
that fills its bounding box is a caption, one that is round or has a tail a balloon.  Lettering on no such
ground is drawn into the picture: a sound where it is a large short word, else a caption.  The letters of a
very large word are a ground of their own, which says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.revisions import TEXT_KINDS
from warehouse.contracts import LetteredBlock, Pixels, ReadLine, TextKindGuess
from warehouse.geometry import Box

_WORK_HEIGHT = 14.0  # line height in pixels at which grounds are looked at: strokes are still two wide
_AROUND = 3.5  # line heights looked at around a block: balloons leave one or two
_TONE = 26  # grey and colour levels by which paper in a balloon differs from its tone
_EVEN = 0.45  # least share of the lettering's box that is ground: letters cover a quarter to a half of it
_OPEN = 0.22  # share of the border of the picture looked at that the ground of a balloon may reach
_BEYOND = 0.15  # least share of a ground around its lettering: less are letters of one tone, outlined
_RECTANGLE = 0.93  # share of its bounding box that a caption fills; an ellipse fills 0.785
_LARGE = 1.6  # line heights of a page: more is drawn, not written
_HUGE = 2.8  # the same: more than people shout in balloons, which is about twice as large as they speak
_FILLED = 0.7  # share of its box that is one tone: more is a balloon around thin letters, however large
_SHORT = 14  # letters of a sound: 'KRRAAKKOOOM', twice 'Clap'
_CLOSE = 1.5  # line heights from the border of a panel, where captions stand


@dataclass(frozen=True, slots=True)
class Ground:
    """What lettering stands on.

    even: share of the lettering's box that has its tone, letters not counted.  open: share of the border of
    what was looked at that it reaches.  fill: share of its bounding box that it fills.  beyond: share of it
    that lies outside of the lettering's boxes.  All 0 to 1.
    """

    even: float
    open: float
    fill: float
    beyond: float

    @property
    def closed(self) -> bool:
        return self.even >= _EVEN and self.open <= _OPEN and self.beyond >= _BEYOND


class GroundTextKinds:
    """Tells kinds apart by the ground, a few numbers a block."""

    name = TEXT_KINDS.name
    revision = TEXT_KINDS.revision

    def tell(self, page: Pixels, blocks: Sequence[LetteredBlock]) -> list[TextKindGuess]:
        """The kind of each block of a page, RGB (height, width, 3)."""
        sizes = [line_height(line) for block in blocks for line in block.lines if _letters(line.text) > 2]
        usual = float(np.median(sizes)) if sizes else 0.0
        return [_told(page, block, usual) for block in blocks]


def line_height(line: ReadLine) -> int:
    """Height of a row, width of a column."""
    return min(line.box.w, line.box.h)


def ground_of(page: Pixels, block: LetteredBlock) -> Ground:
    """Look at the ground of a block in a small picture of what is around it."""
    height = float(np.median([line_height(line) for line in block.lines]))
    crop, lettering = _surroundings(page, block, height)
    tone = _tone(crop, lettering)
    same = (np.abs(crop.astype(np.int16) - tone).max(axis=2) <= _TONE).astype(np.uint8)
    even = float(same[lettering].mean()) if lettering.any() else 0.0
    region = _filled(_touching(same, lettering))
    border = np.concatenate([region[0], region[-1], region[:, 0], region[:, -1]])
    _, _, width, tall = cv2.boundingRect(region)
    fill = float(region.sum()) / max(1, width * tall)
    beyond = float(region[~lettering].sum()) / max(1, int(region.sum()))
    return Ground(even, float(border.mean()), fill, beyond)


def _surroundings(page: Pixels, block: LetteredBlock, height: float) -> tuple[Pixels, NDArray[np.bool_]]:
    """The picture around a block made small, and where its lettering is on it."""
    margin = round(_AROUND * height)
    box = Box(block.box.x - margin, block.box.y - margin, block.box.w + 2 * margin, block.box.h + 2 * margin)
    box = box.clipped(page.shape[1], page.shape[0])
    scale = min(1.0, _WORK_HEIGHT / max(height, 1.0))
    size = max(1, round(box.w * scale)), max(1, round(box.h * scale))
    crop = cv2.resize(page[box.y : box.bottom, box.x : box.right], size, interpolation=cv2.INTER_AREA)
    lettering = np.zeros(crop.shape[:2], bool)
    for line in block.lines:
        top, left = round((line.box.y - box.y) * scale), round((line.box.x - box.x) * scale)
        bottom, right = round((line.box.bottom - box.y) * scale), round((line.box.right - box.x) * scale)
        lettering[max(0, top) : bottom + 1, max(0, left) : right + 1] = True
    return np.asarray(crop, np.uint8), lettering


def _tone(crop: Pixels, lettering: NDArray[np.bool_]) -> NDArray[np.int16]:
    """The commonest colour among the letters, in bins of 32 levels, averaged: the ground, not the ink."""
    pixels = crop[lettering] if lettering.any() else crop.reshape(-1, 3)
    bins = (pixels >> 5).astype(np.int32) @ np.array([64, 8, 1])
    common = bins == np.bincount(bins).argmax()
    return np.asarray(np.median(pixels[common], axis=0), np.int16)


def _touching(same: NDArray[np.uint8], lettering: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The pieces of the tone that have a part among the letters worth speaking of."""
    count, labels = cv2.connectedComponents(same, connectivity=4)
    inside = np.bincount(labels[lettering], minlength=count)
    inside[0] = 0
    wanted = inside >= max(1, 0.05 * inside.sum())
    return np.asarray(wanted[labels], np.uint8)


def _filled(region: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The region with its holes."""
    outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(np.zeros_like(region), outlines, -1, 1, cv2.FILLED), np.uint8)


def _told(page: Pixels, block: LetteredBlock, usual: float) -> TextKindGuess:
    ground = ground_of(page, block)
    size = max(line_height(line) for line in block.lines) / usual if usual else 1.0
    sound = _may_be_sound("".join(line.text for line in block.lines))
    if sound and size > _HUGE and ground.even < _FILLED:
        return TextKindGuess("sfx", 0.7 if ground.closed else 0.85)
    if ground.closed:
        return _on_ground(ground, block)
    if sound and size > _LARGE:
        return TextKindGuess("sfx", 0.65)
    if block.panel is None or ground.even < _EVEN:
        return TextKindGuess("narration", 0.5)
    return TextKindGuess("dialogue", 0.5)


def _on_ground(ground: Ground, block: LetteredBlock) -> TextKindGuess:
    if ground.fill < _RECTANGLE:
        return TextKindGuess("dialogue", 0.9 if ground.fill < _RECTANGLE - 0.06 else 0.7)
    return TextKindGuess("narration", 0.9 if block.panel is None or _at_border(block) else 0.7)


def _at_border(block: LetteredBlock) -> bool:
    """Whether a block stands near an edge of its panel, or over it."""
    panel, box = block.panel, block.box
    if panel is None:
        return False
    near = _CLOSE * float(np.median([line_height(line) for line in block.lines]))
    return min(box.x - panel.x, box.y - panel.y, panel.right - box.right, panel.bottom - box.bottom) < near


def _may_be_sound(text: str) -> bool:
    """Whether a text is as short as a sound, and no number."""
    letters = sum(character.isalpha() for character in text)
    return 1 < letters <= _SHORT and 2 * letters > _letters(text)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
