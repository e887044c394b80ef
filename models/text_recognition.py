"""What a line says: PP-OCRv6's recogniser (Apache-2.0, in rapidocr's wheel), decoded greedily.

Connectionist temporal classification (Graves et al., 2006): a letter or a blank for every few columns of
the picture; repetitions are one letter.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text_detection import Quad
from models.text_sessions import load_session
from warehouse.contracts import Pixels

_MODEL = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # rows of the network's input
_NARROWEST, _WIDEST = 16, 4800  # columns of the same
_BLANK_SPREAD = 4.0  # grey levels: JPEG noise stays below, a letter does not


class TextRecognizer:
    """Reads one line at a time.

    On a CPU a batch costs what its lines cost, and the padding: tests.benchmarks.text_batches shows it.
    """

    def __init__(self, threads: int):
        self._session = load_session(_MODEL, threads)
        self._input = self._session.get_inputs()[0].name
        letters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *letters, " "]

    def read(self, line: Pixels) -> tuple[str, float]:
        """The text of an RGB picture of one line, and the mean probability of its letters, 0 to 1.

        A picture in which nothing is drawn says nothing, with confidence 0.
        """
        if float(line.std()) < _BLANK_SPREAD:
            return "", 0.0
        height, width = line.shape[:2]
        columns = min(_WIDEST, max(1, math.ceil(_HEIGHT * width / height)))
        shrinks = height > 2 * _HEIGHT
        resized = cv2.resize(
            line, (columns, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        )
        values = cv2.cvtColor(resized, cv2.COLOR_RGB2BGR).astype(np.float32) / np.float32(127.5) - 1
        values = np.pad(values, ((0, 0), (0, max(0, _NARROWEST - columns)), (0, 0)))
        batch = np.ascontiguousarray(values.transpose(2, 0, 1)[np.newaxis])
        return self._decoded(np.asarray(self._session.run(None, {self._input: batch})[0][0]))

    def _decoded(self, chances: NDArray[np.float32]) -> tuple[str, float]:
        """chances: (steps, letters), the blank first."""
        best = chances.argmax(axis=1)
        kept = best != 0
        kept[1:] &= best[1:] != best[:-1]
        text = "".join(self._letters[place] for place in best[kept])
        return text.strip(), float(chances.max(axis=1)[kept].mean()) if text else 0.0


def upright_line(picture: Pixels, quad: Quad) -> Pixels:
    """What lies in the quad as a picture of its own; columns are turned, top to the left."""
    corners = quad.corners
    width = int(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3])))
    height = int(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    line = cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(corners, target),
        (max(width, 1), max(height, 1)),
        borderMode=cv2.BORDER_REPLICATE,
        flags=cv2.INTER_CUBIC,
    )
    turned = np.rot90(line) if quad.is_steep else line
    return np.ascontiguousarray(turned, dtype=np.uint8)
