"""Fingerprints of pages and books."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.unit.books.books_made import drawing, picture
from warehouse.books.hashing import (
    colour_statistics,
    file_sha256,
    fingerprint,
    low_information,
    md5_hex,
    phash64,
    thumbnail,
)
from warehouse.books.images import normalise
from warehouse.contracts import Pixels


def apart(one: Pixels, other: Pixels) -> int:
    return (phash64(one) ^ phash64(other)).bit_count()


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def test_phash_of_known_pages() -> None:
    white = np.full((90, 60, 3), 255, np.uint8)
    assert phash64(white) == 1 << 63
    assert phash64(np.zeros_like(white)) == 0


def test_phash_is_a_dct_against_its_median() -> None:
    """The definition, written out slowly, on a page that needs no shrinking."""
    grey = drawing(32, 32, seed=5)[:, :, :1].repeat(3, axis=2)
    levels = np.asarray(Image.fromarray(grey).convert("L"), np.float64)

    def coefficient(v: int, u: int) -> float:
        waves = np.outer(*(np.cos((2 * np.arange(32) + 1) * turns * np.pi / 64) for turns in (v, u)))
        return float((levels * waves).sum() * 0.5 ** (0.5 * (u == 0) + 0.5 * (v == 0)))

    low = np.array([[coefficient(v, u) for u in range(8)] for v in range(8)])
    bits = "".join("1" if value > np.median(low) else "0" for value in low.ravel())
    assert phash64(grey) == int(bits, 2)


@pytest.mark.parametrize("seed", range(5))
def test_phash_survives_rescaling_reencoding_and_grey(seed: int) -> None:
    page = drawing(600, 900, seed)
    assert apart(page, resized(page, 300, 450)) <= 4
    assert apart(page, resized(page, 1000, 1500)) <= 4
    assert apart(page, normalise(picture(page, "JPEG", quality=40)).pixels) <= 4
    assert apart(page, np.asarray(Image.fromarray(page).convert("L").convert("RGB"))) <= 2


def test_phash_tells_pages_apart() -> None:
    hashes = [phash64(drawing(300, 450, seed)) for seed in range(12)]
    assert min((a ^ b).bit_count() for place, a in enumerate(hashes) for b in hashes[:place]) > 12


def test_low_information() -> None:
    paper = np.full((900, 600, 3), 240, np.uint8)
    noise = np.random.default_rng(1).integers(-6, 7, paper.shape)
    assert low_information(paper)
    assert low_information((paper + noise).astype(np.uint8))
    assert low_information(np.zeros((1, 1, 3), np.uint8))
    assert not low_information(drawing(600, 900))
    lettered = Image.fromarray(paper)
    ImageDraw.Draw(lettered).rectangle((80, 100, 520, 130), fill="black")
    assert not low_information(np.asarray(lettered))


@pytest.mark.parametrize(
    ("size", "expected"), [((600, 900), (171, 256)), ((900, 300), (256, 85)), ((40, 60), (40, 60))]
)
def test_thumbnail(size: tuple[int, int], expected: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(thumbnail(drawing(*size)))) as small:
        assert (small.format, small.size) == ("JPEG", expected)


def test_very_long_strips_have_thumbnails() -> None:
    with Image.open(io.BytesIO(thumbnail(np.zeros((9000, 10, 3), np.uint8)))) as small:
        assert small.size == (1, 256)


def test_colour_statistics() -> None:
    red = colour_statistics(np.full((9, 9, 3), (255, 0, 0), np.uint8))
    assert (red.saturation, red.paper) == (1.0, 0.0)
    white = colour_statistics(np.full((9, 9, 3), 255, np.uint8))
    assert (white.saturation, white.brightness, white.paper) == (0.0, 1.0, 1.0)
    half = np.full((10, 10, 3), 255, np.uint8)
    half[:5] = 0
    assert colour_statistics(half).paper == pytest.approx(0.5)
    assert colour_statistics(half).brightness == pytest.approx(0.5)


def test_fingerprint_is_all_of_them() -> None:
    page = drawing(600, 900)
    seen = fingerprint(page)
    assert seen.phash == phash64(page)
    assert seen.low_information == low_information(page)
    assert seen.thumbnail == thumbnail(page)
    assert seen.colours == colour_statistics(page)


def test_md5_and_file_sha256(tmp_path: Path) -> None:
    assert md5_hex(b"abc") == "900150983cd24fb0d6963f7d28e17f72"
    (tmp_path / "a").write_bytes(b"abc")
    assert file_sha256(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


def test_folder_sha256_sees_names_and_contents_but_no_junk(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"ab")
    (tmp_path / "2.png").write_bytes(b"c")
    first = file_sha256(tmp_path)
    (tmp_path / "Thumbs.db").write_bytes(b"junk")
    assert file_sha256(tmp_path) == first
    (tmp_path / "2.png").rename(tmp_path / "3.png")
    renamed = file_sha256(tmp_path)
    (tmp_path / "1.png").write_bytes(b"a")
    (tmp_path / "3.png").write_bytes(b"bc")
    assert len({first, renamed, file_sha256(tmp_path)}) == 3
