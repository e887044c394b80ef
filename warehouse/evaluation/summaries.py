"""What is told of some pages in one row of a table: shares from 0 to 1, NaN where nothing can be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.evaluation.average_precision import average_precision
from warehouse.evaluation.detections import PageDetections
from warehouse.evaluation.order import OrderFigures
from warehouse.evaluation.page_types import PageTypeFigures
from warehouse.evaluation.panels import ratio, total
from warehouse.evaluation.readings import PageReading, PlaceFigures
from warehouse.evaluation.text import TextFigures


@dataclass(frozen=True, slots=True)
class PanelSummary:
    """Panels matched one to one at IoU 0.5.

    whole: share of pages with every panel found and none too many.  bare: covers, advertisements and the
    like; stray: panels found on them, a page; most: on one page.  seconds: a page.
    """

    pages: int
    f1: float
    precision: float
    recall: float
    whole: float
    ap50: float
    ap50_95: float
    bare: int
    stray: float
    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """Order of the panels found, and of the boxes that people drew (true_...).

    right: share of pairs of panels in order.  tau: Kendall's, mean over pages.  whole: share of pages.
    """

    pages: int
    pairs: int
    right: float
    tau: float
    whole: float
    true_pairs: int
    true_right: float
    true_tau: float
    true_whole: float


@dataclass(frozen=True, slots=True)
class TextSummary:
    """Text read in the boxes that people drew.

    right: share of boxes of which at least 90 % is.  placed: texts with a known panel; in_true, in_found:
    share of them given that one, among the panels people drew and among those found.  seconds: a page.
    """

    pages: int
    boxes: int
    character_error: float
    right: float
    placed: int
    in_true: float
    in_found: float
    seconds: float


@dataclass(frozen=True, slots=True)
class PageTypeSummary:
    """Predicted page types.

    story: share of pages rightly taken for story or not.  as_usual: share right if the first page were a
    cover and the rest story.  bare: pages that are no story; flagged: share of them not taken for one.
    """

    pages: int
    right: float
    story: float
    as_usual: float
    bare: int
    flagged: float


def summed_panels(pages: Sequence[PageDetections]) -> PanelSummary:
    judged = [page for page in pages if page.is_judged]
    figures = total(page.figures() for page in judged)
    precision = average_precision([(page.panels, page.page.panels or ()) for page in judged])
    stray = [page.stray for page in pages if page.is_bare]
    return PanelSummary(
        pages=figures.pages,
        f1=figures.f1,
        precision=figures.precision,
        recall=figures.recall,
        whole=figures.share_right,
        ap50=precision.ap50,
        ap50_95=precision.ap50_95,
        bare=len(stray),
        stray=ratio(sum(stray), len(stray)),
        most=max(stray, default=0),
        seconds=ratio(sum(page.seconds for page in pages), len(pages)),
    )


def summed_order(pages: Sequence[PageDetections]) -> OrderSummary:
    judged = [page for page in pages if page.is_judged]
    found = sum((page.order() for page in judged), OrderFigures())
    true = sum((page.order_of_true() for page in judged), OrderFigures())
    return OrderSummary(
        pages=true.pages,
        pairs=found.pairs,
        right=found.share_right,
        tau=found.tau,
        whole=found.share_of_pages,
        true_pairs=true.pairs,
        true_right=true.share_right,
        true_tau=true.tau,
        true_whole=true.share_of_pages,
    )


def summed_text(pages: Sequence[PageReading]) -> TextSummary:
    figures = sum((page.figures() for page in pages), TextFigures())
    places = sum((page.places() for page in pages), PlaceFigures())
    return TextSummary(
        pages=len(pages),
        boxes=figures.boxes,
        character_error=figures.character_error_rate,
        right=figures.share_right,
        placed=places.texts,
        in_true=places.share_of_true,
        in_found=places.share_of_found,
        seconds=ratio(sum(page.seconds for page in pages), len(pages)),
    )


def summed_page_types(books: Sequence[PageTypeFigures]) -> PageTypeSummary:
    figures = sum(books, PageTypeFigures())
    return PageTypeSummary(
        pages=figures.pages,
        right=figures.accuracy,
        story=figures.story_accuracy,
        as_usual=figures.accuracy_as_usual,
        bare=figures.bare,
        flagged=figures.share_flagged,
    )
