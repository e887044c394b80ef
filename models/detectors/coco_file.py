"""Detections made elsewhere: COCO JSON, in full form or as results.

The full form is an object with images, annotations and categories.  Results are a bare list of annotations;
each names its image (`file_name`, or `image_id` where that is text), or another file in full form does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.detectors.panel_categories import LEAST_SCORE, panel_categories
from warehouse.errors import ModelError

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FilePanel:
    """A panel in pixels of its image.  box: x y w h.  polygon: its outline, if it has one.  score: 0 to 1."""

    box: tuple[float, float, float, float]
    polygon: tuple[Corner, ...]
    score: float


@dataclass(frozen=True, slots=True)
class FileImage:
    """An image with its panels.  width, height: in pixels, None where the file does not tell."""

    name: str
    width: float | None
    height: float | None
    panels: tuple[FilePanel, ...]


def read_coco(file: Path, naming: Path | None = None) -> list[FileImage]:
    """The images of a file with the panels on them, those without any too.

    naming: a file in full form that has the images and categories of results.
    Raises ModelError 'detections-broken' for what is no COCO, 'panel-category-missing'.
    """
    content = _json(file)
    named = content if naming is None else _json(naming)
    try:
        annotations = content if isinstance(content, list) else content["annotations"]
        listed = named if isinstance(named, dict) else {}
        images = {image["id"]: image for image in listed.get("images", ())}
        wanted = panel_categories(_categories(listed, annotations), str(file))
        return _images(images, [item for item in annotations if item.get("category_id", 0) in wanted], file)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(file, f"{type(error).__name__}: {error}") from error


def _json(file: Path) -> Any:
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise _broken(file, str(error)) from error
    if not isinstance(content, list | dict):
        raise _broken(file, "neither an object nor a list")
    return content


def _broken(file: Path, why: str) -> ModelError:
    return ModelError(
        f"{file} holds no COCO detections ({why})",
        code="detections-broken",
        remedy="write them in full form, or as results that name their images",
    )


def _categories(listed: Mapping[str, Any], annotations: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Names by number.  Of nameless results all in one category, that can only be the panels."""
    names = {item["id"]: str(item["name"]) for item in listed.get("categories", ())}
    if not names:
        names = {item.get("category_id", 0): str(item.get("category_name", "")) for item in annotations}
        if len(names) <= 1 and not any(names.values()):
            return dict.fromkeys(names or (0,), "panel")
    return names


def _images(
    images: Mapping[Any, Mapping[str, Any]], annotations: Sequence[Mapping[str, Any]], file: Path
) -> list[FileImage]:
    panels: dict[str, list[FilePanel]] = {str(image["file_name"]): [] for image in images.values()}
    sizes = {str(image["file_name"]): (image.get("width"), image.get("height")) for image in images.values()}
    for item in annotations:
        name = _image_name(item, images)
        if name is None:
            raise _broken(file, f"no image has id {item.get('image_id')!r}")
        panel = _panel(item)
        if panel.score >= LEAST_SCORE:
            panels.setdefault(name, []).append(panel)
        else:
            panels.setdefault(name, [])
    return [
        FileImage(name, *sizes.get(name, (None, None)), panels=tuple(found)) for name, found in panels.items()
    ]


def _image_name(item: Mapping[str, Any], images: Mapping[Any, Mapping[str, Any]]) -> str | None:
    if "file_name" in item:
        return str(item["file_name"])
    number = item["image_id"]
    if number in images:
        return str(images[number]["file_name"])
    return number if isinstance(number, str) else None


def _panel(item: Mapping[str, Any]) -> FilePanel:
    outlines = item.get("segmentation")
    rings = [_corners(ring) for ring in outlines] if isinstance(outlines, list) else []
    polygon = max(rings, key=len, default=())
    if "bbox" in item:
        x, y, w, h = (float(value) for value in item["bbox"])
    else:
        xs, ys = zip(*polygon, strict=True)
        x, y, w, h = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    score = item.get("score")
    return FilePanel((x, y, w, h), polygon if len(rings) == 1 else (), 1.0 if score is None else float(score))


def _corners(ring: Sequence[float]) -> tuple[Corner, ...]:
    return tuple((float(x), float(y)) for x, y in zip(ring[::2], ring[1::2], strict=True))
