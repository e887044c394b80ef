"""A page looked at is the page decoded in full, only sooner."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from warehouse.books.images import normalise, normalise_small
from warehouse.books.looking import look, look_at_pixels
from warehouse.errors import PageError


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Patches of different shades, none aligned with another."""
    image = Image.new("RGB", (width, height), "white")
    random = np.random.default_rng(7)
    for _ in range(40):
        x, y, w, h = (random.random(4) * (width, height, width / 2, height / 2)).astype(int)
        image.paste(tuple(int(value) for value in random.integers(0, 255, 3)), (x, y, x + w, y + h))
    return image.convert(mode)


def encoded(image: Image.Image, format_: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        encoded(drawn(1000, 1500), "JPEG"),
        encoded(drawn(1000, 1500), "JPEG", progressive=True),
        encoded(drawn(1000, 1500, "L"), "JPEG"),
        encoded(drawn(1000, 1500, "CMYK"), "JPEG"),
        encoded(drawn(200, 120), "JPEG"),
        encoded(drawn(700, 900), "PNG"),
        encoded(drawn(700, 900, "P"), "PNG"),
        encoded(drawn(640, 480), "WEBP"),
        encoded(drawn(640, 480), "TIFF"),
        encoded(drawn(3000, 40), "JPEG"),
    ],
    ids=["jpeg", "progressive", "grey", "cmyk", "small", "png", "palette", "webp", "tiff", "wide"],
)
def test_a_look_agrees_with_the_whole_page(data: bytes) -> None:
    seen, whole = look(data), look_at_pixels(normalise(data))
    assert (seen.width, seen.height, seen.md5) == (whole.width, whole.height, whole.md5)
    assert (seen.fingerprint.phash ^ whole.fingerprint.phash).bit_count() <= 4
    assert seen.fingerprint.low_information == whole.fingerprint.low_information
    assert seen.fingerprint.colours.paper == pytest.approx(whole.fingerprint.colours.paper, abs=0.03)


def test_exif_rotation_turns_size_and_thumbnail() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = look(encoded(drawn(900, 600), "JPEG", exif=exif))
    assert (seen.width, seen.height) == (600, 900)
    small = Image.open(io.BytesIO(seen.fingerprint.thumbnail))
    assert small.height > small.width


def test_a_jpeg_is_unpacked_no_larger_than_needed() -> None:
    small = normalise_small(encoded(drawn(2048, 2048), "JPEG"), 256)
    assert small.image.size == (256, 256)
    assert (small.width, small.height) == (2048, 2048)


def test_a_cut_jpeg_is_seen_to_be_cut() -> None:
    data = encoded(drawn(1000, 1500), "JPEG")
    with pytest.raises(PageError) as caught:
        look(data[: len(data) // 2])
    assert caught.value.code == "image-truncated"
