"""Any picture file into upright RGB pixels.

Colour profiles are ignored; transparency lies on white paper; of an animation the first frame counts.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, UnidentifiedImageError

from warehouse.books.hashing import md5_hex
from warehouse.books.limits import Limits
from warehouse.contracts import Pixels
from warehouse.errors import PageError

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "JPEG2000", "JXL", "PPM")
"""What is decoded.  Pillow knows more, some of which start other programs (PostScript)."""

JXL_PLUGIN = "pylibjxl"
JXL_REMEDY = "pip install 'comic-warehouse[jxl]'"

_ORIENTATION_TAG = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_FOREIGN = (
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%!PS", "PostScript"),
    (0, b"\x00\x00\x01\x00", "icon"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
)


@dataclass(frozen=True, slots=True)
class NormalisedPage:
    """A page as the models see it.

    pixels: (height, width, 3) uint8 RGB, upright.  width, height: after rotation.
    source_mode: Pillow's mode before conversion ('RGB', 'L', 'CMYK', 'I;16', 'P', ...).
    md5: hex, of the picture file's bytes; of the pixels' bytes where there is no file (a rendered page).
    """

    pixels: Pixels
    width: int
    height: int
    source_mode: str
    md5: str


def normalise(data: bytes, limits: Limits | None = None) -> NormalisedPage:
    """Decode a picture file.

    Raises PageError 'image-empty' (no bytes), 'image-too-large' (more pixels than the limit, by its header),
    'image-unsupported' (a known format that is not read), 'image-truncated' or 'image-broken'.
    """
    with _decoding(data, limits or Limits()) as image:
        mode = image.mode
        image.load()
        upright = _turned(image)
        pixels = _to_rgb(upright)
    height, width = pixels.shape[:2]
    return NormalisedPage(pixels, width, height, mode, md5_hex(data))


@dataclass(frozen=True, slots=True)
class SmallPage:
    """A page made small while it was decoded.

    image: upright, mode 'RGB' or 'L', at least the side asked for wherever the page itself has it.
    width, height: of the page in full, upright.  md5: as in NormalisedPage.
    """

    image: Image.Image
    width: int
    height: int
    md5: str


def normalise_small(data: bytes, side: int, limits: Limits | None = None) -> SmallPage:
    """Decode a picture file no larger than needed for a long side of `side` pixels.

    A JPEG is read to its end but unpacked at a half, quarter or eighth of its size, which takes a fraction
    of the time; other formats are decoded in full.  Raises PageError as `normalise` does.
    """
    with _decoding(data, limits or Limits()) as image:
        width, height = image.size
        scale = min(1.0, side / max(width, height))
        drafted = image.draft(None, (max(1, round(width * scale)), max(1, round(height * scale))))
        image.load()
        upright = _turned(image)
        if drafted is None:
            width, height = upright.size
        elif _orientation(image) in _SIDEWAYS:
            width, height = height, width
        # Three equal channels of a grey page would be three times the work, for the same result.
        small = upright.copy() if _is_plain(upright) else Image.fromarray(_to_rgb(upright))
    return SmallPage(small, width, height, md5_hex(data))


def upright_size(data: bytes, limits: Limits | None = None) -> tuple[int, int]:
    """Width and height of a picture file after rotation, from its header.  Raises PageError."""
    with _decoding(data, limits or Limits()) as image:
        width, height = image.size
        # Pillow has turned the size of a TIFF already, and turns its pixels when they are loaded.
        sideways = image.format != "TIFF" and _orientation(image) in _SIDEWAYS
        return (height, width) if sideways else (width, height)


def jxl_installed() -> bool:
    """Whether the plugin for JPEG XL is there, without importing it."""
    return find_spec(JXL_PLUGIN) is not None


@cache
def _formats() -> tuple[str, ...]:
    if jxl_installed():
        import pylibjxl

        pylibjxl.register_pillow()
    Image.init()  # loads the decoders that Image.open would load only after the common ones failed
    return tuple(name for name in FORMATS if name in Image.OPEN)


@contextmanager
def _decoding(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """An opened picture within limits; whatever its decoder raises comes out as a PageError."""
    if not data:
        raise PageError("the picture has no bytes", code="image-empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_formats()) as image:
                _check_size(image, limits)
                yield image
    except PageError:
        raise
    except Image.DecompressionBombError as fault:
        raise PageError(f"the picture is too large: {fault}", code="image-too-large") from fault
    except UnidentifiedImageError as fault:
        raise _unidentified(data) from fault
    except MemoryError as fault:
        raise PageError("the picture does not fit in memory", code="image-too-large") from fault
    except Exception as fault:
        # Decoders raise whatever their parsers meet (SyntaxError, struct.error, zlib.error, IndexError...):
        # all of it means the same here, and the page's row records it.
        code = "image-truncated" if "truncated" in str(fault).lower() else "image-broken"
        raise PageError(f"the picture cannot be decoded: {fault}", code=code) from fault


def _check_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.pixels:
        raise PageError(
            f"the picture has {width} x {height} pixels, at most {limits.pixels} are decoded",
            code="image-too-large",
        )
    if width < 1 or height < 1:
        raise PageError("the picture has no pixels", code="image-broken")


def _unidentified(data: bytes) -> PageError:
    for offset, signature, name in _FOREIGN:
        if data.startswith(signature, offset):
            if name != "JPEG XL":
                return PageError(f"pictures of format {name} are not read", code="image-unsupported")
            if "JXL" not in _formats():
                return PageError(
                    "pictures of format JPEG XL are not read without a plugin",
                    code="image-unsupported",
                    remedy=JXL_REMEDY,
                )
    return PageError("the bytes are no picture of a known format", code="image-broken")


def _orientation(image: Image.Image) -> int:
    if image.format == "JXL":
        return 1  # its decoder has turned it already (ISO/IEC 18181-2: the codestream says, EXIF does not)
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error, AttributeError):
        return 1  # a damaged EXIF block is no reason to lose the page


def _turned(image: Image.Image) -> Image.Image:
    turn = _UPRIGHT.get(_orientation(image))
    return image if turn is None else image.transpose(turn)


def _to_rgb(image: Image.Image) -> Pixels:
    """(height, width, 3) uint8 from any mode."""
    if image.mode.startswith(("I", "F")):
        return _grey_to_rgb(_deep_to_8bit(image))
    if _is_transparent(image):
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return np.asarray(Image.alpha_composite(paper, layer).convert("RGB"))
    if image.mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
        # Pillow takes every CMYK JPEG for Adobe's inverted kind; one without Adobe's marker is not.
        image = ImageChops.invert(image)
    if image.mode == "L":
        return _grey_to_rgb(np.asarray(image))
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _is_transparent(image: Image.Image) -> bool:
    return "A" in image.mode or "a" in image.mode or "transparency" in image.info


def _is_plain(image: Image.Image) -> bool:
    return image.mode in ("L", "RGB") and not _is_transparent(image)


def _grey_to_rgb(grey: NDArray[np.uint8]) -> Pixels:
    pixels = np.empty((*grey.shape, 3), np.uint8)
    for channel in range(3):  # twice as fast as repeat or broadcasting
        pixels[:, :, channel] = grey
    return pixels


def _deep_to_8bit(image: Image.Image) -> NDArray[np.uint8]:
    """16-bit, 32-bit and float greys scaled to 8 bits; Pillow would clip them."""
    levels = np.asarray(image)
    if levels.dtype.kind == "f":
        finite = np.nan_to_num(levels, nan=0.0, posinf=0.0, neginf=0.0)
        top = 1.0 if finite.max() <= 1 else 255.0 if finite.max() <= 255 else float(finite.max())
    else:
        finite = levels.astype(np.float64)
        top = 65535.0 if finite.max() <= 65535 else float(finite.max())
    return np.clip(np.rint(finite * (255.0 / top)), 0, 255).astype(np.uint8)
