"""Books and pictures made for these tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from warehouse.contracts import Pixels


def drawing(width: int = 120, height: int = 180, seed: int = 0) -> Pixels:
    """Coarse coloured blocks: something to recognise after rescaling and re-encoding."""
    blocks = np.random.default_rng(seed).integers(0, 256, (12, 8, 3), np.uint8)
    return np.asarray(Image.fromarray(blocks).resize((width, height), Image.Resampling.BICUBIC))


def picture(pixels: Pixels, kind: str = "PNG", **options: Any) -> bytes:
    return saved(Image.fromarray(pixels), kind, **options)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def make_zip(path: Path, entries: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> Path:
    """A zip with its entries in the order given; names may repeat."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return path


def pages(*names: str) -> list[tuple[str, bytes]]:
    """A picture for every name, each of its own height."""
    return [(name, picture(drawing(40, 60 + place))) for place, name in enumerate(names)]


CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def make_epub(
    path: Path,
    spine: Sequence[tuple[str, str]],
    files: Sequence[tuple[str, bytes]],
    metadata: str = "",
    progression: str = "",
) -> Path:
    """An EPUB; spine: (href, body) of its documents in reading order, files: pictures by entry name."""
    items = "".join(
        f'<item id="p{place}" href="{href}" media-type="application/xhtml+xml"/>'
        for place, (href, _) in enumerate(spine)
    )
    references = "".join(f'<itemref idref="p{place}"/>' for place in range(len(spine)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine {progression}>{references}</spine></package>"
    )
    documents = [
        (f"OPS/{href}", f"<html><head><title>x</title></head><body>{body}</body></html>".encode())
        for href, body in spine
    ]
    parts = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OPS/book.opf", opf.encode()),
    ]
    return make_zip(path, [*parts, *documents, *files])


FIXED = '<meta property="rendition:layout">pre-paginated</meta>'
