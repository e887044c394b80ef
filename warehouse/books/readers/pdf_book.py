"""PDF: every page rendered at the resolution of the scan it holds."""

from __future__ import annotations

import io
import math
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from warehouse.books.document import DocumentInfo
from warehouse.books.hashing import md5_hex
from warehouse.books.images import NormalisedPage
from warehouse.books.limits import Limits
from warehouse.books.looking import PageLook, look_at_pixels
from warehouse.books.readers.open_book import SIDECAR_NAMES, OpenBook
from warehouse.errors import BookError, PageError

_SCAN_SHARE = 0.8
_OBJECTS_LOOKED_AT = 64
_PASSWORD_NEEDED = 4

_PDFIUM = threading.RLock()  # PDFium is not thread-safe, whole process over


class PdfBook(OpenBook):
    """A PDF.  A page that is one scan comes out at the scan's own size, others at a set short side."""

    format = "pdf"

    def __init__(self, path: Path, limits: Limits):
        import pypdfium2

        self.path, self.limits = path, limits
        self._faults = (pypdfium2.PdfiumError, ValueError, OSError, RuntimeError, ArithmeticError)
        with _PDFIUM:
            try:
                self._pdf: Any = pypdfium2.PdfDocument(path)
            except self._faults as fault:
                raise _refused(path, fault) from fault
            count = len(self._pdf)
        if not 0 < count <= limits.pdf_pages:
            self.close()
            if count < 1:
                raise BookError(f"no pages in {path}", code="no-pages")
            raise BookError(
                f"{count} pages in {path}, at most {limits.pdf_pages} are read", code="archive-too-large"
            )
        self.entries = tuple(f"page {number}" for number in range(1, count + 1))
        facts = self._facts()
        self.document = document_info(facts)
        self.sidecars = self._attachments(facts)

    def page_pixels(self, seq: int) -> NormalisedPage:
        pixels = self._render(seq)
        height, width = pixels.shape[:2]
        return NormalisedPage(pixels, width, height, "RGB", md5_hex(pixels.tobytes()))

    def look(self, seq: int) -> PageLook:
        return look_at_pixels(self.page_pixels(seq))

    def page_bytes(self, seq: int) -> bytes:
        """The rendered page as a PNG."""
        file = io.BytesIO()
        Image.fromarray(self._render(seq)).save(file, "PNG", compress_level=1)
        return file.getvalue()

    def page_size(self, seq: int) -> tuple[int, int]:
        with _PDFIUM:
            page = self._page(seq)
            try:
                return _pixel_size(page, self._scale(page))
            finally:
                page.close()

    def close(self) -> None:
        with _PDFIUM:
            self._pdf.close()

    def _page(self, seq: int) -> Any:
        self.entries[seq]  # beyond the book: IndexError, as in every other format
        try:
            return self._pdf[seq % len(self.entries)]
        except self._faults as fault:
            raise PageError(
                f"cannot load page {seq + 1} of {self.path}: {fault}", code="entry-unreadable"
            ) from fault

    def _render(self, seq: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
        with _PDFIUM:
            page = self._page(seq)
            try:
                bitmap = page.render(scale=self._scale(page), rev_byteorder=True)
                pixels: np.ndarray[Any, np.dtype[np.uint8]] = np.array(bitmap.to_numpy()[:, :, :3])
                bitmap.close()
            except self._faults as fault:
                raise PageError(
                    f"cannot draw page {seq + 1} of {self.path}: {fault}", code="image-broken"
                ) from fault
            finally:
                page.close()
        return pixels

    def _scale(self, page: Any) -> float:
        """Pixels per point: the scan's own, within the limits on size."""
        width, height = page.get_size()
        if not (math.isfinite(width * height) and width > 0 and height > 0):
            raise PageError(f"a page of {self.path} has no size", code="image-broken")
        drawn = self.limits.pdf_short_side / min(width, height)
        wanted = _scan_resolution(page, width * height, self._faults) or drawn
        wanted = min(wanted, self.limits.pdf_long_side / max(width, height))
        # PDFium rounds up: a hair less keeps 844.0000001 from becoming 845.
        return min(wanted, math.sqrt(self.limits.pixels / (width * height))) * (1 - 1e-6)

    def _facts(self) -> dict[str, str]:
        try:
            with _PDFIUM:
                found: dict[str, str] = self._pdf.get_metadata_dict(skip_empty=True)
        except (*self._faults, UnicodeError):
            return {}
        return {key: value.replace("\0", "").strip() for key, value in found.items()}

    def _attachments(self, facts: dict[str, str]) -> Mapping[str, bytes]:
        """ComicInfo.xml attached to the PDF or, as an older habit has it, pasted into its keywords."""
        found: dict[str, bytes] = {}
        if "<ComicInfo" in facts.get("Keywords", ""):
            found["comicinfo.xml"] = facts["Keywords"].encode()
        try:
            with _PDFIUM:
                for place in range(min(self._pdf.count_attachments(), self.limits.entries)):
                    attachment = self._pdf.get_attachment(place)
                    name = attachment.get_name().lower()
                    if name in SIDECAR_NAMES:
                        found[name] = bytes(attachment.get_data())
        except self._faults:
            return found  # a damaged attachment is no reason to lose the book
        return found


def _refused(path: Path, fault: Exception) -> BookError:
    if getattr(fault, "err_code", None) == _PASSWORD_NEEDED:
        return BookError(
            f"the PDF needs a password: {path}", code="archive-encrypted", remedy="save it without one"
        )
    return BookError(
        f"the PDF cannot be opened: {path} ({fault})", code="pdf-broken", remedy="get the book again"
    )


def _pixel_size(page: Any, scale: float) -> tuple[int, int]:
    width, height = page.get_size()
    return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))


def _scan_resolution(page: Any, area: float, faults: tuple[type[Exception], ...]) -> float | None:
    """Pixels per point of the one picture that fills the page, None if there is no such picture."""
    from pypdfium2 import raw

    try:
        for place, piece in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            if place >= _OBJECTS_LOOKED_AT:
                return None
            left, bottom, right, top = piece.get_bounds()
            covered = (right - left) * (top - bottom)
            width, height = piece.get_px_size()
            if covered > _SCAN_SHARE * area and width > 0 and height > 0:
                return math.sqrt(width * height / covered)
    except faults:
        return None  # a page whose parts cannot be listed can still be drawn
    return None


def document_info(facts: dict[str, str]) -> DocumentInfo:
    """The document information of a PDF; its makers' names and addresses are not taken for authors."""
    author = facts.get("Author", "")
    people = [] if "://" in author else [name.strip() for name in re.split(r"[;,&]", author) if name.strip()]
    keywords = "" if "<" in facts.get("Keywords", "") else facts.get("Keywords", "")
    words = [word.strip() for word in re.split(r"[;,]", keywords) if word.strip()]
    return DocumentInfo(
        source="pdf",
        title=facts.get("Title") or None,
        credits=tuple(("writer", name) for name in dict.fromkeys(people)),
        keywords=tuple(dict.fromkeys(words)),
    )
