"""Pictures of every kind come out as upright RGB."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tests.unit.books.books_made import drawing, picture, saved
from warehouse.books.hashing import md5_hex
from warehouse.books.images import jxl_installed, normalise, upright_size
from warehouse.books.limits import Limits
from warehouse.contracts import Pixels
from warehouse.errors import PageError

PAGE = drawing()


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(PageError) as caught:
        normalise(data, limits)
    return caught.value.code


def far_apart(one: Pixels, other: Pixels) -> float:
    """Mean difference in levels."""
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "WEBP", "JPEG2000"])
def test_lossless_formats_keep_every_pixel(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    data = picture(PAGE, kind, **options)
    page = normalise(data)
    assert page.pixels.dtype == np.uint8
    assert np.array_equal(page.pixels, PAGE)
    assert (page.width, page.height, page.source_mode) == (120, 180, "RGB")
    assert page.md5 == md5_hex(data)


@pytest.mark.parametrize("kind", ["JPEG", "AVIF", "WEBP"])
def test_lossy_formats_come_close(kind: str) -> None:
    assert far_apart(normalise(picture(PAGE, kind, quality=90)).pixels, PAGE) < 6


def test_progressive_and_grey_jpeg() -> None:
    grey = Image.fromarray(PAGE).convert("L")
    page = normalise(saved(grey, "JPEG", quality=95, progressive=True))
    assert page.source_mode == "L"
    assert far_apart(page.pixels, np.asarray(grey.convert("RGB"))) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_is_undone(orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = Image.fromarray(PAGE)
    stored = image.transpose(turns[orientation]) if orientation in turns else image
    exif = Image.Exif()
    exif[0x0112] = orientation
    for kind in ("JPEG", "PNG", "TIFF"):
        data = saved(stored, kind, exif=exif)
        page = normalise(data)
        assert far_apart(page.pixels, PAGE) < 6
        assert upright_size(data) == (page.width, page.height) == (120, 180)


def test_damaged_exif_does_not_lose_the_page() -> None:
    data = picture(PAGE, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f garbage")
    assert normalise(data).height == 180


def test_cmyk_of_both_kinds() -> None:
    inks = Image.fromarray(PAGE).convert("CMYK")
    assert far_apart(normalise(saved(inks, "JPEG", quality=95)).pixels, PAGE) < 6
    # Pillow writes Adobe's inverted inks; inverted beforehand, they lie in the file as they are.
    plain = without_adobe_marker(saved(ImageChops.invert(inks), "JPEG", quality=95))
    assert far_apart(normalise(plain).pixels, PAGE) < 6


def without_adobe_marker(data: bytes) -> bytes:
    start = data.index(b"\xff\xee")
    return data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4], "big") :]


def test_16_bit_grey_is_scaled_not_clipped() -> None:
    ramp = np.linspace(0, 65535, 256).round().astype(np.uint16)
    page = normalise(saved(Image.fromarray(np.tile(ramp, (4, 1))), "PNG"))
    assert page.source_mode.startswith("I")
    assert np.array_equal(page.pixels[0, :, 0], np.arange(256))


def test_float_and_32_bit_grey() -> None:
    ramp = np.linspace(0, 1, 256, dtype=np.float32)
    page = normalise(saved(Image.fromarray(np.tile(ramp, (4, 1))), "TIFF"))
    assert np.array_equal(page.pixels[0, :, 0], np.arange(256))
    deep = np.tile((ramp.astype(np.float64) * 2_000_000).astype(np.int32), (4, 1))
    assert np.array_equal(normalise(saved(Image.fromarray(deep), "TIFF")).pixels[0, :, 0], np.arange(256))


def test_one_bit_and_palette() -> None:
    checks = Image.fromarray(PAGE).convert("1")
    assert np.array_equal(normalise(saved(checks, "PNG")).pixels, np.asarray(checks.convert("RGB")))
    palette = Image.fromarray(PAGE).quantize(64)
    assert np.array_equal(normalise(saved(palette, "GIF")).pixels, np.asarray(palette.convert("RGB")))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_lies_on_white(mode: str) -> None:
    image = Image.new(mode, (8, 8), 0)
    assert (normalise(saved(image, "PNG")).pixels == 255).all()
    half = Image.new("RGBA", (8, 8), (0, 0, 0, 128))
    assert abs(int(normalise(saved(half, "PNG")).pixels[0, 0, 0]) - 127) <= 1


def test_transparent_palette_and_colour_key_lie_on_white() -> None:
    palette = Image.new("P", (8, 8), 3)
    palette.putpalette([0] * 768)
    assert (normalise(saved(palette, "PNG", transparency=3)).pixels == 255).all()
    key = Image.new("RGB", (8, 8), (1, 2, 3))
    assert (normalise(saved(key, "PNG", transparency=(1, 2, 3))).pixels == 255).all()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_counts(kind: str) -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("#ff0000", "#0000ff")]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert np.abs(normalise(data).pixels.astype(int) - (255, 0, 0)).max() <= 4


def png_header_only(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [11_000, 13_000, 30_000])
def test_too_many_pixels_are_refused_by_the_header(side: int) -> None:
    assert code_of(png_header_only(side, side)) == "image-too-large"


def test_limits_are_taken() -> None:
    assert code_of(picture(PAGE), Limits(pixels=120 * 180 - 1)) == "image-too-large"
    assert normalise(picture(PAGE), Limits(pixels=120 * 180)).height == 180


def test_codes_of_bad_pictures() -> None:
    jpeg = picture(drawing(400, 600), "JPEG", quality=95)
    assert code_of(b"") == "image-empty"
    assert code_of(jpeg[: len(jpeg) // 2]) == "image-truncated"
    assert code_of(b"no picture at all") == "image-broken"
    jxl = "image-broken" if jxl_installed() else "image-unsupported"
    assert code_of(b"\xff\x0a" + bytes(50)) == jxl
    assert code_of(b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50)) == jxl
    assert code_of(b"\0\0\0\x18ftypheic" + bytes(50)) == "image-unsupported"
    assert code_of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n") == "image-unsupported"


GOOD = [picture(drawing(30, 40), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "JPEG2000")]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_damage_never_raises_anything_else(good: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=6)):
        spoilt[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(good)))
    with suppress(PageError):
        page = normalise(bytes(spoilt[:cut] if data.draw(st.booleans()) else spoilt), Limits(pixels=100_000))
        assert page.pixels.shape == (page.height, page.width, 3)
