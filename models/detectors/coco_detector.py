"""Panels by the names of pages, from a file of detections."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from models.detectors.coco_file import FileImage, FilePanel, read_coco
from models.detectors.content import content_revision
from models.detectors.lazily import Lazily
from models.detectors.page_names import Parts, agreement, name_parts, page_parts
from warehouse.contracts import DetectedPanel, PageName, Pixels
from warehouse.errors import ModelError
from warehouse.geometry import Box, polygon_area, polygon_within

_SAME_SHAPE = 0.02
"""Of width / height: a picture whose shape differs by more is another one, of the same name."""


class CocoDetector:
    """Looks pages up in a COCO file; a page in another resolution has its panels scaled.

    An image that lies in a folder there is a page's if the folder has the name of the page's book too (or
    more of its path fits); an image named without a folder is any page's of that name.  Of several, the one
    whose name agrees in the most parts is meant; where two agree equally well, none is.
    """

    def __init__(self, file: Path, naming: Path | None = None):
        self._images = Lazily(lambda: _by_last_part(read_coco(file, naming)))
        self.name = f"coco:{file.name}"
        self.revision = content_revision([file] if naming is None else [file, naming])

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """Raises ModelError 'page-unnamed': pixels do not tell which page it is."""
        raise ModelError(
            f"{self.name} knows pages by their names only",
            code="page-unnamed",
            remedy="choose a detector that looks at pictures",
        )

    def knows(self, page: PageName) -> bool:
        return self._image(page) is not None

    def panels_of(self, page: PageName) -> list[DetectedPanel]:
        """The panels of a page, in its pixels; none where it is not known."""
        image = self._image(page)
        if image is None:
            return []
        scale = (page.width / (image.width or page.width), page.height / (image.height or page.height))
        found = [_on_page(panel, scale, page) for panel in image.panels]
        return [panel for panel in found if panel.box.area]

    def _image(self, page: PageName) -> FileImage | None:
        best, candidates = 0, list[FileImage]()
        for form in page_parts(page):
            for parts, image in self._images().get(form[0], ()):
                shared = agreement(parts, form)
                if shared < min(2, len(parts)) or shared < best or not _has_shape(image, page):
                    continue
                if shared > best:
                    best, candidates = shared, []
                if image not in candidates:
                    candidates.append(image)
        return candidates[0] if len(candidates) == 1 else None


def _by_last_part(images: list[FileImage]) -> dict[str, list[tuple[Parts, FileImage]]]:
    found = defaultdict(list)
    for image in images:
        parts = name_parts(image.name)
        if parts:
            found[parts[0]].append((parts, image))
    return dict(found)


def _has_shape(image: FileImage, page: PageName) -> bool:
    if not image.width or not image.height:
        return True
    return abs(image.width * page.height / (image.height * page.width) - 1) <= _SAME_SHAPE


def _on_page(panel: FilePanel, scale: tuple[float, float], page: PageName) -> DetectedPanel:
    x, y, w, h = panel.box
    left, top = round(x * scale[0]), round(y * scale[1])
    right, bottom = round((x + w) * scale[0]), round((y + h) * scale[1])
    box = Box(left, top, right - left, bottom - top).clipped(page.width, page.height)
    outline = polygon_within([(a * scale[0], b * scale[1]) for a, b in panel.polygon], box)
    rounding = box.w + box.h  # half a pixel all around
    if outline is not None and polygon_area(outline) >= box.area - rounding:
        outline = None
    return DetectedPanel(box, min(1.0, max(0.0, panel.score)), outline)
