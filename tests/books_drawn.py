"""Small books drawn by the tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image


def picture(seed: int, size: tuple[int, int] = (120, 180), kind: str = "PNG") -> bytes:
    """A noisy picture of its own, as a file."""
    noise = np.random.default_rng(seed).integers(0, 255, (size[1] // 4, size[0] // 4, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize(size, Image.Resampling.NEAREST).save(file, kind)
    return file.getvalue()


def comicinfo(**fields: str) -> bytes:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<?xml version="1.0"?><ComicInfo>{inner}</ComicInfo>'.encode()


def cbz(path: Path, pages: dict[str, bytes], info: bytes | None = None) -> Path:
    """Write a CBZ; entries in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
        if info is not None:
            archive.writestr("ComicInfo.xml", info)
    return path


def library(folder: Path, books: int = 4, pages: int = 5) -> Path:
    """A folder of small books in two series."""
    for book in range(books):
        series = "Moon Fox" if book % 2 else "Tin Owl"
        cbz(
            folder / series / f"{series} {book:03}.cbz",
            {f"{page:02}.png": picture(100 * book + page) for page in range(pages)},
            comicinfo(Series=series, Number=str(book), Characters="Fox, Owl", Year="1999", LanguageISO="en"),
        )
    return folder
