"""What people drew, written as COCO and asked for by the names of pages: every panel comes back."""

from __future__ import annotations

import json
from pathlib import Path

from models.detectors.coco_detector import CocoDetector
from warehouse.books.reading import open_book
from warehouse.evaluation.detections import detect_book
from warehouse.evaluation.truth import TrueBook, annotated_books

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def as_coco(books: list[tuple[TrueBook, Path]]) -> list[dict[str, object]]:
    """Results of a detector that is never wrong, each image named as an unpacked book has it."""
    found: list[dict[str, object]] = []
    for book, path in books:
        with open_book(path) as opened:
            entries = opened.entries
        for page in book.pages:
            name = f"D:\\unpacked\\{path.stem}\\{Path(entries[page.seq]).with_suffix('.jpeg')}"
            for box in page.panels or ():
                at = [box.x, box.y, box.w, box.h]
                found.append({"file_name": name, "category_name": "frame", "bbox": at, "score": 0.9})
    return found


def test_books_of_a_library_are_told_apart(tmp_path: Path) -> None:
    books = annotated_books(SAMPLES, None)
    (tmp_path / "truth.json").write_text(json.dumps(as_coco(books)))
    detector = CocoDetector(tmp_path / "truth.json")
    pages = [found for book, path in books[:2] for found in detect_book(book, path, detector, every=3)]
    assert sum(len(found.panels) for found in pages) > 10
    assert [found.errors for found in pages] == [0] * len(pages)
