"""Lines of text on a page: the PP-OCRv6 models of rapidocr's wheel (Apache-2.0), on onnxruntime."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models.revisions import RAPIDOCR
from models.text_detection import Quad, TextDetector
from models.text_recognition import TextRecognizer, upright_line
from models.text_second_look import (
    DOUBTFUL,
    TRUSTED,
    LineGuess,
    better_reading,
    doubtful_regions,
    letters_worth,
)
from models.windows import cut_windows
from warehouse.contracts import Pixels, ReadLine
from warehouse.geometry import Box

_SMALLEST_SIDE = 8  # fewer pixels hold no letter
_TALL = 2.5  # a page taller than this many widths is read tile by tile, not shrunk
_SHORTEST_TILE, _USUAL_TILE = 736, 1.5  # rows; widths
_SAME_LINE = 0.5
_MOST_PAGES_AT_ONCE = 4  # each takes some 300 MiB while it is read
_LEAST_PIXELS = 736 * 1104  # a smaller page is looked at enlarged to it: letters of a thumbnail are small
_MOST_ENLARGED = 4.0
_LONGEST_SIDE = 2000  # a larger page is looked at reduced to it
_CLOSER = 2.0  # how much larger doubtful lines are looked at


@dataclass(frozen=True, slots=True)
class Tile:
    """Rows top .. bottom-1 of a page; it answers for the lines centred from owned_top to owned_bottom."""

    top: int
    bottom: int
    owned_top: float
    owned_bottom: float


def tiles(page: Pixels) -> Iterator[Tile]:
    """Cut a very tall page into tiles, at rows where nothing is drawn.

    Where there is no such row, tiles overlap, so that every line up to half a width tall is whole in one.
    """
    height, width = page.shape[:2]
    if height <= _TALL * width:
        yield Tile(0, height, 0, height)
        return
    usual, overlap = max(_SHORTEST_TILE, round(_USUAL_TILE * width)), max(1, width // 4)
    cut_through = False
    for window in cut_windows(page, usual, longest=usual + overlap):
        top = window.top - overlap if cut_through else window.top
        bottom = window.bottom + overlap if window.goes_on else window.bottom
        if not window.blank:
            yield Tile(max(0, top), min(height, bottom), window.top, window.bottom)
        cut_through = window.goes_on


class RapidOcrReader:
    """Reads the lines of a page, top to bottom, then left to right.

    The page is looked at once as a whole; where lines were read with doubt, once more and twice as large.
    Lines are not classified by orientation, which turns lettering upside down.
    """

    name = RAPIDOCR.name
    revision = RAPIDOCR.revision

    def __init__(self, threads: int | None = None, pages_at_once: int | None = None):
        """threads: cores to use in all, None for every one.  pages_at_once: None for what suits them."""
        cores = threads or os.cpu_count() or 1
        self.pages_at_once = pages_at_once or min(cores, _MOST_PAGES_AT_ONCE)
        threads_a_page = max(1, cores // self.pages_at_once)
        self._detector = TextDetector(threads_a_page)
        self._recognizer = TextRecognizer(threads_a_page)

    def read(self, page: Pixels) -> list[ReadLine]:
        """Read an upright RGB page of any size, top to bottom.  A page too small for letters has none."""
        height, width = page.shape[:2]
        if min(height, width) < _SMALLEST_SIDE:
            return []
        found: list[ReadLine] = []
        for tile in tiles(page):
            for line in self._read_tile(page[tile.top : tile.bottom], tile.top):
                if tile.owned_top - 2 <= line.box.centre[1] <= tile.owned_bottom + 2 and not _known(
                    line, found
                ):
                    found.append(line)
        return found

    def _read_tile(self, tile: Pixels, top: int) -> list[ReadLine]:
        height, width = tile.shape[:2]
        lines = []
        for guess in self._guesses(np.ascontiguousarray(tile)):
            box = guess.quad.box.clipped(width, height)
            if guess.confidence >= TRUSTED and guess.text and box.area:
                lines.append(ReadLine(Box(box.x, box.y + top, box.w, box.h), guess.text, guess.confidence))
        return sorted(lines, key=lambda line: (line.box.y, line.box.x))

    def _guesses(self, picture: Pixels) -> list[LineGuess]:
        height, width = picture.shape[:2]
        scale = usual_scale(width, height)
        guesses = self._look(picture, Box(0, 0, width, height), scale)
        for region in doubtful_regions(guesses, width, height):
            again = self._look(picture, region, _CLOSER * scale)
            gone, come = better_reading(region, guesses, again)
            guesses = [guess for guess in guesses if guess not in gone] + come
        return guesses

    def _look(self, picture: Pixels, region: Box, scale: float) -> list[LineGuess]:
        part = picture[region.y : region.bottom, region.x : region.right]
        guesses = []
        for quad in self._detector.find(part, scale):
            text, confidence = self._read_line(part, quad) if quad.is_sure else ("", 0.0)
            guesses.append(LineGuess(quad.moved(region.x, region.y), text, confidence))
        return guesses

    def _read_line(self, part: Pixels, quad: Quad) -> tuple[str, float]:
        """A steep line may run down, up, or be a short word: where one way is doubtful, the best of three."""
        line = upright_line(part, quad)
        best = self._recognizer.read(line)
        if quad.is_steep and best[1] < DOUBTFUL:
            ways = [best, *(self._recognizer.read(np.rot90(line, turns)) for turns in (2, 3))]
            best = max(ways, key=lambda way: letters_worth(*way))
        return best


def usual_scale(width: int, height: int) -> float:
    """How much larger a page is looked at than it is: small ones enlarged, large ones reduced."""
    enlarged = min(_MOST_ENLARGED, math.sqrt(_LEAST_PIXELS / (width * height)))
    return min(max(1.0, enlarged), _LONGEST_SIDE / max(width, height))


def _known(line: ReadLine, found: list[ReadLine]) -> bool:
    return any(line.box.iou(other.box) > _SAME_LINE for other in found)
