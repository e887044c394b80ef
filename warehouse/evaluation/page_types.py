"""Predicted page types against the types people gave, and what is found on pages without panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.hashing import fingerprint
from warehouse.books.images import NormalisedPage
from warehouse.books.reading import open_book
from warehouse.contracts import PageEvidence, Profile
from warehouse.evaluation.panels import ratio
from warehouse.evaluation.truth import TrueBook

SAME_TYPE = {"title": "inner_cover", "textstory": "text_story"}
"""Names in truth files that the warehouse calls otherwise."""


@dataclass(frozen=True, slots=True)
class PageTypeFigures:
    """Counts over labelled pages.

    as_usual: pages right if the first were called a cover and all others story.  bare: pages that are no
    story; flagged: those of them that are not taken for one, so that what is found on them counts nowhere.
    """

    pages: int = 0
    right: int = 0
    story_right: int = 0
    as_usual: int = 0
    bare: int = 0
    flagged: int = 0

    def __add__(self, other: PageTypeFigures) -> PageTypeFigures:
        return PageTypeFigures(
            self.pages + other.pages,
            self.right + other.right,
            self.story_right + other.story_right,
            self.as_usual + other.as_usual,
            self.bare + other.bare,
            self.flagged + other.flagged,
        )

    @property
    def accuracy(self) -> float:
        return ratio(self.right, self.pages)

    @property
    def story_accuracy(self) -> float:
        """Share of pages rightly taken for story or for something else."""
        return ratio(self.story_right, self.pages)

    @property
    def accuracy_as_usual(self) -> float:
        return ratio(self.as_usual, self.pages)

    @property
    def share_flagged(self) -> float:
        return ratio(self.flagged, self.bare)


def judge_page_types(book: TrueBook, predicted: list[str]) -> PageTypeFigures:
    """Figures of one book.  predicted: the type of every page of it, by seq."""
    figures = PageTypeFigures()
    for page in book.pages:
        if page.page_type:
            name, said = SAME_TYPE.get(page.page_type, page.page_type), predicted[page.seq]
            bare = name != "story"
            figures += PageTypeFigures(
                pages=1,
                right=int(said == name),
                story_right=int((said == "story") != bare),
                as_usual=int(name == ("story" if page.seq else "cover")),
                bare=int(bare),
                flagged=int(bare and said != "story"),
            )
    return figures


def predicted_types(profile: Profile, path: Path) -> list[str]:
    """The predicted type of every page of a book."""
    return [guess.page_type for guess in profile.page_types.predict(list(evidence_of_book(profile, path)))]


def evidence_of_book(profile: Profile, path: Path) -> Iterator[PageEvidence]:
    with open_book(path) as opened:
        count = len(opened.entries)
        for seq in range(count):
            yield page_evidence(profile, opened.page_pixels(seq), seq, count)


def page_evidence(profile: Profile, page: NormalisedPage, seq: int, page_count: int) -> PageEvidence:
    """What the page type predictor gets to see of a page, read as the stages would, without a database."""
    seen = fingerprint(page.pixels)
    return PageEvidence(
        seq=seq,
        page_count=page_count,
        width=page.width,
        height=page.height,
        panels=tuple(panel.box for panel in profile.panel_detector.detect(page.pixels)),
        lines=tuple(profile.text_reader.read(page.pixels)),
        saturation=seen.colours.saturation,
        brightness=seen.colours.brightness,
        paper=seen.colours.paper,
        low_information=seen.low_information,
    )
