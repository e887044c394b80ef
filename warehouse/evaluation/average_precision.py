"""Average precision of detections as COCO has it, computed by pycocotools (BSD licence)."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import DetectedPanel
from warehouse.geometry import Box

_PANEL = 1


@dataclass(frozen=True, slots=True)
class AveragePrecision:
    """ap50: at IoU 0.5; ap50_95: mean over IoU 0.50, 0.55 ... 0.95.  0 to 1; NaN without true panels."""

    ap50: float
    ap50_95: float


def average_precision(
    pages: Sequence[tuple[Sequence[DetectedPanel], Sequence[Box]]],
) -> AveragePrecision:
    """Over pages of (found panels with scores, true boxes).

    What a detector finds on a page without true panels counts against it.
    """
    if not any(true for _, true in pages):
        return AveragePrecision(float("nan"), float("nan"))
    if not any(found for found, _ in pages):
        return AveragePrecision(0.0, 0.0)
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    with contextlib.redirect_stdout(io.StringIO()):  # it tells its progress by print
        truth = COCO()
        truth.dataset = _dataset([true for _, true in pages])
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(_results([found for found, _ in pages])), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return AveragePrecision(float(evaluation.stats[1]), float(evaluation.stats[0]))


def _dataset(pages: Sequence[Sequence[Box]]) -> dict[str, object]:
    boxes = [(page, box) for page, true in enumerate(pages, start=1) for box in true]
    return {
        "info": {},
        "images": [{"id": page} for page in range(1, len(pages) + 1)],
        "categories": [{"id": _PANEL, "name": "panel"}],
        "annotations": [
            {"id": number, "image_id": page, "category_id": _PANEL, "iscrowd": 0, "area": box.area,
             "bbox": [box.x, box.y, box.w, box.h]}
            for number, (page, box) in enumerate(boxes, start=1)
        ],
    }  # fmt: skip


def _results(pages: Sequence[Sequence[DetectedPanel]]) -> list[dict[str, object]]:
    return [
        {"image_id": page, "category_id": _PANEL, "score": panel.score,
         "bbox": [panel.box.x, panel.box.y, panel.box.w, panel.box.h]}
        for page, found in enumerate(pages, start=1)
        for panel in found
    ]  # fmt: skip
