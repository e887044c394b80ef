"""A page read as the stages would read it, without a database."""

from __future__ import annotations

from warehouse.books.hashing import fingerprint
from warehouse.books.images import NormalisedPage
from warehouse.contracts import PageEvidence, Profile


def page_evidence(profile: Profile, page: NormalisedPage, seq: int, page_count: int) -> PageEvidence:
    """What the page type predictor gets to see of a page."""
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
