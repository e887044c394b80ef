"""How much a book may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one book; whatever is beyond them is refused with a code, not attempted.

    entry_bytes: unpacked size of one page.  total_bytes: unpacked size of all pages together.
    spool_bytes: the same of an archive that is unpacked as a whole (7z, packed RAR, compressed tar), for it
    lies in the temporary folder then.
    entries: files in an archive or folder.  directory_bytes: size of a zip's table of contents.
    pixels: width x height of one page, known from its header before anything is decoded.
    pdf_pages: pages of a PDF.  pdf_short_side: short side of a PDF page that is no scan, in pixels;
    a scan comes out at its own size.  pdf_long_side: the longest side any PDF page is rendered to.
    metadata_bytes: size of one metadata file.
    memory_bytes: address space of the process that reads books.
    open_seconds: time to open a book, unpacking a solid archive included.  page_seconds: time to read a page.
    """

    entry_bytes: int = 256 * MIB
    total_bytes: int = 64 * 1024 * MIB
    spool_bytes: int = 8 * 1024 * MIB
    entries: int = 20_000
    directory_bytes: int = 16 * MIB
    pixels: int = 120_000_000
    pdf_pages: int = 20_000
    pdf_short_side: int = 1200
    pdf_long_side: int = 4096
    metadata_bytes: int = 10 * MIB
    memory_bytes: int = 3072 * MIB
    open_seconds: float = 300.0
    page_seconds: float = 60.0


USUAL_LIMITS = Limits()
