"""Fingerprints of pages and files: exact (MD5, SHA-256) and perceptual (64-bit DCT hash)."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from warehouse.books.entries import is_junk_part
from warehouse.contracts import Pixels

THUMBNAIL_SIDE = 256
_HASH_SIDE, _HASH_KEEP = 32, 8
_PAPER_LEVEL = 230
_BLANK_LEVELS, _BLANK_SHARE = 24, 0.004
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ColourStatistics:
    """Means over the thumbnail, 0 to 1: HSV saturation (at half size), luma, share of near-white pixels."""

    saturation: float
    brightness: float
    paper: float


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Everything that is computed from a page made small, in one go.

    phash: unsigned 64 bits.  thumbnail: a JPEG, long side at most 256.
    """

    phash: int
    low_information: bool
    thumbnail: bytes
    colours: ColourStatistics


def fingerprint(pixels: Pixels) -> Fingerprint:
    """phash64, low_information, thumbnail and colour_statistics of one page, shrinking it once."""
    return fingerprint_image(Image.fromarray(pixels))


def fingerprint_image(image: Image.Image) -> Fingerprint:
    """The fingerprint of a picture of mode 'RGB' or 'L'."""
    small = shrink(image)
    grey = small if small.mode == "L" else small.convert("L")
    return Fingerprint(_dct_hash(grey), _is_blank(grey), _jpeg(small), _colours(small, grey))


def phash64(pixels: Pixels) -> int:
    """The perceptual hash of a page, unsigned 64-bit: compare by Hamming distance.

    The classic one (Zauner 2010, pHash): luma at 32 x 32, DCT-II, the 8 x 8 lowest frequencies against
    their median, row by row, the first in the highest bit.  Rescaling, re-encoding and grey hardly move it.
    """
    return _dct_hash(shrink(Image.fromarray(pixels)).convert("L"))


def low_information(pixels: Pixels) -> bool:
    """Whether a page is blank or nearly so, of whatever shade: its perceptual hash says nothing."""
    return _is_blank(shrink(Image.fromarray(pixels)).convert("L"))


def thumbnail(pixels: Pixels) -> bytes:
    """The page as a JPEG with a long side of at most 256 pixels."""
    return _jpeg(shrink(Image.fromarray(pixels)))


def colour_statistics(pixels: Pixels) -> ColourStatistics:
    """Colour means of the thumbnail-size page, as `PageEvidence` wants them."""
    small = shrink(Image.fromarray(pixels))
    return _colours(small, small.convert("L"))


def shrink(image: Image.Image) -> Image.Image:
    """The page averaged down to a long side of at most 256 pixels; never enlarged."""
    width, height = image.size
    scale = THUMBNAIL_SIDE / max(width, height)
    if scale >= 1:
        return image
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def md5_hex(data: bytes) -> str:
    """MD5 as hex: tells identical pages apart from others, and nothing about security."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a book as hex: of the file's bytes, or for a folder of its sorted file names and contents.

    Junk in a folder does not count, nor do its sub-folders.
    """
    digest = hashlib.sha256()
    if not path.is_dir():
        _feed(digest, path)
        return digest.hexdigest()
    names = [name for name in os.listdir(path) if not is_junk_part(name) and (path / name).is_file()]
    for name in sorted(names):
        label = os.fsencode(name)
        size = (path / name).stat().st_size
        # Lengths first, so that no other cut of names and contents gives the same stream.
        digest.update(len(label).to_bytes(8, "big") + label + size.to_bytes(8, "big"))
        _feed(digest, path / name)
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, path: Path) -> None:
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)


@cache
def _dct_rows() -> NDArray[np.float64]:
    """The lowest DCT-II basis vectors, (8, 32), orthonormal."""
    place = np.arange(_HASH_SIDE)
    rows = np.cos(np.pi * np.outer(np.arange(_HASH_KEEP), 2 * place + 1) / (2 * _HASH_SIDE))
    rows *= np.sqrt(2 / _HASH_SIDE)
    rows[0] /= np.sqrt(2)
    return rows


def _dct_hash(grey: Image.Image) -> int:
    square = np.asarray(grey.resize((_HASH_SIDE, _HASH_SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    rows = _dct_rows()
    # Rounded, or a blank page's bits would be those of floating-point dust.
    low = np.round(rows @ square @ rows.T, 4)
    bits = (low > np.median(low)).ravel()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def _is_blank(grey: Image.Image) -> bool:
    counts = np.asarray(grey.histogram())
    middle = int(np.searchsorted(np.cumsum(counts), counts.sum() / 2))
    near = counts[max(0, middle - _BLANK_LEVELS) : middle + _BLANK_LEVELS + 1].sum()
    return float(1 - near / counts.sum()) < _BLANK_SHARE


def _jpeg(small: Image.Image) -> bytes:
    file = io.BytesIO()
    small.save(file, "JPEG", quality=82)
    return file.getvalue()


def _colours(small: Image.Image, grey: Image.Image) -> ColourStatistics:
    if small.mode == "L":
        lowest, saturation = grey, 0.0
    else:
        red, green, blue = small.split()
        lowest = ImageChops.darker(ImageChops.darker(red, green), blue)
        saturation = _mean(small.reduce(2).convert("HSV").getchannel("S"))
    paper = sum(lowest.histogram()[_PAPER_LEVEL:]) / (small.width * small.height)
    return ColourStatistics(saturation, _mean(grey), paper)


def _mean(channel: Image.Image) -> float:
    """The mean of a channel, 0 to 1."""
    counts = np.asarray(channel.histogram())
    return float(counts @ np.arange(256) / (255 * counts.sum()))
