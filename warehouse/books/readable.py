"""Which formats can be read on this machine, by what, and how to get the rest."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version

from PIL import features

from warehouse.books.images import FORMATS, JXL_PLUGIN, JXL_REMEDY, jxl_installed
from warehouse.books.readers import libarchive_stream, unar_stream
from warehouse.errors import BookError


@dataclass(frozen=True, slots=True)
class ReadableFormat:
    """One format.  by: what reads it here, None if nothing does.  remedy: how to get that, else ''."""

    name: str
    by: str | None
    remedy: str = ""


def readable_formats() -> tuple[ReadableFormat, ...]:
    """Every format, the ones that are always readable first."""
    libarchive, unar = _libarchive(), _unar()
    pictures = ", ".join(name for name in FORMATS if name not in ("JXL", "PPM") and _is_decoded(name))
    return (
        ReadableFormat("CBZ, ZIP", "stored, deflate, bzip2, LZMA"),
        ReadableFormat("CBT, tar", "plain, gzip, xz, bzip2, Zstandard"),
        ReadableFormat("PDF", f"pypdfium2 {version('pypdfium2')}"),
        ReadableFormat("EPUB", "pictures in the order of the spine"),
        ReadableFormat("folders of pictures, single pictures", "as they are"),
        ReadableFormat("pictures", f"{pictures} (Pillow {version('pillow')})"),
        ReadableFormat("CB7, 7z", libarchive, libarchive_stream.HOW_TO_GET),
        ReadableFormat("CBR, RAR", libarchive, libarchive_stream.HOW_TO_GET),
        ReadableFormat("CBR, RAR 4, solid", unar, unar_stream.HOW_TO_GET),
        ReadableFormat("pictures in JPEG XL", _jxl(), JXL_REMEDY),
    )


def _libarchive() -> str | None:
    try:
        number = int(libarchive_stream.libarchive().version_number())
    except BookError:
        return None
    return f"libarchive {number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}"


def _unar() -> str | None:
    return shutil.which("unar")


def _jxl() -> str | None:
    return f"{JXL_PLUGIN} {version(JXL_PLUGIN)}" if jxl_installed() else None


def _is_decoded(name: str) -> bool:
    """Whether Pillow was built with it; what it does not ask about is always in."""
    match name:
        case "AVIF" | "WEBP":
            return bool(features.check_module(name.lower()))
        case "JPEG2000":
            return bool(features.check_codec("jpg_2000"))
        case "TIFF":
            return bool(features.check_codec("libtiff"))
    return True
