"""Detections made elsewhere, in every form a COCO file comes in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.detectors import load_detector
from models.detectors.coco_detector import CocoDetector
from models.detectors.coco_file import read_coco
from warehouse.contracts import DetectedPanel, PageName, PanelRecord
from warehouse.errors import ModelError
from warehouse.geometry import Box

CATEGORIES = [{"id": 3, "name": "Comic Panel"}, {"id": 1, "name": "face"}]
PAGE = PageName("/comics/Tin Owl 001.cbz", "003.jpg", 800, 1200)


def full(images: list[dict[str, Any]], annotations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"images": images, "annotations": annotations, "categories": CATEGORIES}


def image(number: int, name: str, **size: int) -> dict[str, Any]:
    return {"id": number, "file_name": name, **size}


def panel(image_id: Any, box: list[float], **more: Any) -> dict[str, Any]:
    return {"image_id": image_id, "category_id": 3, "bbox": box, **more}


def detector(folder: Path, content: Any, naming: Any = None) -> CocoDetector:
    (folder / "found.json").write_text(json.dumps(content))
    if naming is None:
        return CocoDetector(folder / "found.json")
    (folder / "naming.json").write_text(json.dumps(naming))
    return CocoDetector(folder / "found.json", folder / "naming.json")


def test_full_form_by_category_name_and_score(tmp_path: Path) -> None:
    annotations = [
        panel(7, [10.4, 20, 100, 200.3], score=0.75),
        panel(7, [10, 300, 100, 200], score=0.25),
        panel(7, [500, 600, 400, 700]),
        {"image_id": 7, "category_id": 1, "bbox": [0, 0, 50, 50], "score": 0.9},
    ]
    found = detector(tmp_path, full([image(7, "x/Tin Owl 001/003.jpg")], annotations))
    assert isinstance(found, PanelRecord)
    assert found.panels_of(PAGE) == [
        DetectedPanel(Box(10, 20, 100, 200), 0.75),
        DetectedPanel(Box(500, 600, 300, 600), 1.0),
    ]


def test_pages_of_another_size_have_their_panels_scaled(tmp_path: Path) -> None:
    half = image(1, "Tin Owl 001/003.jpg", width=400, height=600)
    outline = [10, 10, 210, 10, 110, 310, 10, 310]
    found = detector(tmp_path, full([half], [panel(1, [10, 10, 200, 300], segmentation=[outline])]))
    [slanted] = found.panels_of(PAGE)
    assert slanted.box == Box(20, 20, 400, 600)
    assert slanted.polygon == ((20, 20), (420, 20), (220, 620), (20, 620))


def test_a_segmentation_that_is_the_box_says_nothing(tmp_path: Path) -> None:
    outline = [10, 10, 210, 10, 210, 310, 10, 310]
    images = [image(1, "Tin Owl 001/003.jpg")]
    found = detector(tmp_path, full(images, [panel(1, [10, 10, 200, 300], segmentation=[outline])]))
    assert [panel.polygon for panel in found.panels_of(PAGE)] == [None]
    rle = panel(1, [10, 10, 200, 300], segmentation={"counts": [1], "size": [1200, 800]})
    assert detector(tmp_path, full(images, [rle])).panels_of(PAGE)[0].polygon is None


def test_results_name_their_images_or_another_file_does(tmp_path: Path) -> None:
    box = [10, 20, 100, 200]
    expected = [DetectedPanel(Box(*box), 0.9)]
    named = [{"image_id": "Tin Owl 001/003.jpg", "category_id": 4, "bbox": box, "score": 0.9}]
    assert detector(tmp_path, named).panels_of(PAGE) == expected
    worded = [{"file_name": "Tin Owl 001/003.jpg", "category_name": "panel", "bbox": box, "score": 0.9}]
    assert detector(tmp_path, worded).panels_of(PAGE) == expected
    numbered = [panel(5, box, score=0.9), {"image_id": 5, "category_id": 1, "bbox": box, "score": 0.9}]
    naming = {"images": [image(5, "Tin Owl 001/003.jpg")], "categories": CATEGORIES}
    assert detector(tmp_path, numbered, naming).panels_of(PAGE) == expected
    chosen = load_detector(f"coco:{tmp_path}/found.json+{tmp_path}/naming.json")
    assert isinstance(chosen, PanelRecord)
    assert chosen.panels_of(PAGE) == expected


def test_the_longest_agreement_is_meant_and_none_where_two_agree(tmp_path: Path) -> None:
    def of(*names: str) -> list[int]:
        images = [image(number, name) for number, name in enumerate(names)]
        boxes = [panel(number, [number, 0, 100, 100]) for number in range(len(names))]
        return [found.box.x for found in detector(tmp_path, full(images, boxes)).panels_of(PAGE)]

    assert of("003.jpg", "Tin Owl 001/003.jpg", "comics/Tin Owl 001/003.jpg") == [2]
    assert of("Moon Fox 001/003.jpg", "Tin Owl 001/003.jpg") == [1]
    assert of("003.jpg", "004.jpg") == [0]
    assert of("Moon Fox 001/003.jpg") == []
    assert of("a/Tin Owl 001/003.jpg", "b/Tin Owl 001/003.jpg") == []


def test_a_page_without_panels_is_known_and_one_of_another_shape_is_not(tmp_path: Path) -> None:
    images = [image(1, "Tin Owl 001/003.jpg", width=805, height=1200)]
    found = detector(tmp_path, full(images, []))
    assert found.knows(PAGE)
    assert found.panels_of(PAGE) == []
    assert not found.knows(PageName(PAGE.book, PAGE.entry, 1600, 1200))
    assert not found.knows(PageName(PAGE.book, "004.jpg", 800, 1200))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("no json", "detections-broken"),
        (json.dumps(3), "detections-broken"),
        (json.dumps({"images": []}), "detections-broken"),
        (json.dumps([{"image_id": 4, "category_id": 1, "bbox": [1, 2, 3, 4]}]), "detections-broken"),
        (json.dumps(full([image(1, "a")], [panel(1, [1, 2, 3])])), "detections-broken"),
        (json.dumps({"images": [], "annotations": [], "categories": [{"id": 1, "name": "face"}]}), "panel"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "found.json").write_text(content)
    with pytest.raises(ModelError) as caught:
        read_coco(tmp_path / "found.json")
    assert caught.value.code.startswith(code)


def test_the_revision_is_the_content(tmp_path: Path) -> None:
    first = detector(tmp_path, full([], []))
    again = detector(tmp_path, full([], []))
    other = detector(tmp_path, full([image(1, "a")], []))
    assert first.revision == again.revision != other.revision
    assert first.name == "coco:found.json"


def test_pixels_alone_name_no_page(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        detector(tmp_path, full([], [])).detect(np.zeros((10, 10, 3), np.uint8))
    assert caught.value.code == "page-unnamed"


@pytest.mark.parametrize("choice", ["best", "coco:", "hub:", "torchvision", ""])
def test_detectors_that_there_are_not(choice: str) -> None:
    with pytest.raises(
        ModelError, match="offline, trained, both, coco:FILE, torchvision:FILE or hub:ID"
    ) as caught:
        load_detector(choice)
    assert caught.value.code == "detector-unknown"


@pytest.mark.parametrize("kind", ["coco", "torchvision"])
def test_files_that_are_not_there(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load_detector(f"{kind}:{tmp_path}/none")
    assert caught.value.code == "detector-missing"
