"""Writing an issue down: the CBZ with its ComicInfo.xml, and the truth beside it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import PIL
from PIL import Image

from samples.drawing.drawing import draw_page
from samples.drawing.page import Sheet
from samples.drawing.script import Issue
from warehouse.geometry import Box

JPEG_QUALITY = 80
LONG_AGO = (2020, 1, 1, 0, 0, 0)
PUBLISHER = "Lantern Lane Press"

COMICINFO_TYPES = {
    "cover": "FrontCover",
    "inner_cover": "InnerCover",
    "story": "Story",
    "text_story": "Story",
    "credits": "Other",
    "advertisement": "Advertisement",
    "editorial": "Letters",
    "back_cover": "BackCover",
}


def book_path(issue: Issue) -> Path:
    """Where the CBZ lies, relative to the samples folder."""
    return Path(issue.series) / f"{issue.name}.cbz"


def truth_path(issue: Issue) -> Path:
    return Path(issue.series) / f"{issue.name}.truth.json"


def drawn_files(issue: Issue) -> dict[Path, bytes]:
    """Draw an issue: contents of its CBZ and its truth file, by path relative to the samples folder."""
    sheets = [draw_page(issue, seq) for seq in range(len(issue.pages))]
    return {book_path(issue): _cbz(issue, sheets), truth_path(issue): truth_json(issue, sheets)}


def page_file(issue: Issue, page: Image.Image) -> bytes:
    """A page as a PNG file where it is screened, which suits dots, else as a JPEG file."""
    buffer = io.BytesIO()
    if issue.style.screened:
        page.save(buffer, "PNG", optimize=True)
    else:
        page.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, dpi=(120, 120))
    return buffer.getvalue()


def page_name(issue: Issue, seq: int) -> str:
    return f"{issue.name} - p{seq:03d}.{'png' if issue.style.screened else 'jpg'}"


def _cbz(issue: Issue, sheets: Sequence[Sheet]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "ComicInfo.xml", comicinfo(issue, sheets))
        for seq, sheet in enumerate(sheets):
            _add(archive, page_name(issue, seq), page_file(issue, sheet.finished()))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def comicinfo(issue: Issue, sheets: Sequence[Sheet]) -> bytes:
    """ComicInfo.xml 2.0 (Anansi project), elements in the order of its schema."""
    fields = {
        "Title": issue.title,
        "Series": issue.series,
        "Number": str(issue.number),
        "Summary": issue.summary,
        "Notes": f"Drawn with Pillow {PIL.__version__}",
        "Year": str(issue.year),
        "Month": str(issue.month),
        "Writer": issue.writer,
        "Penciller": issue.penciller,
        "Publisher": PUBLISHER,
        "Genre": issue.genre,
        "PageCount": str(len(sheets)),
        "LanguageISO": "en",
        "BlackAndWhite": "Yes" if issue.style.screened else "No",
        "Manga": "YesAndRightToLeft" if issue.style.direction == "rtl" else "No",
        "Characters": ", ".join(issue.characters),
        "StoryArc": issue.story_arc,
    }
    root = ElementTree.Element("ComicInfo")
    for name, value in fields.items():
        if value:
            ElementTree.SubElement(root, name).text = value
    if issue.marked:
        _pages(root, sheets)
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root) + b"\n"


def _pages(root: ElementTree.Element, sheets: Sequence[Sheet]) -> None:
    pages = ElementTree.SubElement(root, "Pages")
    for seq, sheet in enumerate(sheets):
        page = ElementTree.SubElement(pages, "Page", Image=str(seq), Type=COMICINFO_TYPES[sheet.page_type])
        page.set("ImageWidth", str(sheet.width))
        page.set("ImageHeight", str(sheet.height))


def truth_json(issue: Issue, sheets: Sequence[Sheet]) -> bytes:
    """What is on every page: size, type, panels in reading order, lettering.  Boxes are x y w h pixels."""
    truth = {
        "book": book_path(issue).as_posix(),
        "language": "en",
        "direction": issue.style.direction,
        "licence": "Apache-2.0",
        "source": "samples/drawing",
        "note": None,
        "pages": [page_truth(seq, sheet) for seq, sheet in enumerate(sheets)],
    }
    return (json.dumps(truth, indent=1) + "\n").encode()


def page_truth(seq: int, sheet: Sheet) -> dict[str, object]:
    texts = [{"bbox": _plain(t.bbox), "text": t.text, "panel": t.panel, "kind": t.kind} for t in sheet.texts]
    return {
        "seq": seq,
        "width": sheet.width,
        "height": sheet.height,
        "page_type": sheet.page_type,
        "panels": [_plain(box) for box in sheet.panels],
        "texts": texts,
    }


def _plain(box: Box) -> list[int]:
    return [box.x, box.y, box.w, box.h]
