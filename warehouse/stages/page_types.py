"""Stage `page_types`: what kind of page each is, from the whole book (page stream segmentation)."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.books.scanner_pages import scanner_pages
from warehouse.contracts import PageEvidence, PageTypeGuess, ReadLine
from warehouse.database.queries import stored_lines, stored_pages, stored_panels
from warehouse.fingerprint import input_hash
from warehouse.records import PageTypeRow, PageTypeRows, StoredLine, StoredPage, StoredPanel, VectorRows
from warehouse.stages.batches import batched_encode
from warehouse.stages.gaps import gap
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures


def type_pages(job: Job) -> PageTypeRows:
    """Predict the type of every readable page, and keep the backbone features of each."""
    pages = stored_pages(job.connection, job.book.id)
    panels = stored_panels(job.connection, job.book.id)
    lines = stored_lines(job.connection, job.book.id)
    evidence = [
        page_evidence(page, len(pages), panels.get(page.id, []), lines.get(page.id, [])) for page in pages
    ]
    guesses = with_scanner_pages(pages, job.profile.page_types.predict(evidence))
    types = tuple(
        PageTypeRow(page.id, guess.page_type, guess.probability)
        for page, guess in zip(pages, guesses, strict=True)
    )
    return PageTypeRows(types, _page_features(job, pages))


def with_scanner_pages(pages: Sequence[StoredPage], guesses: Sequence[PageTypeGuess]) -> list[PageTypeGuess]:
    """The guesses, but for the pages whose name among the others says that a scanner signed the book."""
    signed = scanner_pages([page.entry for page in pages], [(page.width, page.height) for page in pages])
    return [
        PageTypeGuess("scanner_tag", signed[place]) if place in signed else guess
        for place, guess in enumerate(guesses)
    ]


def page_evidence(
    page: StoredPage, page_count: int, panels: list[StoredPanel], lines: list[StoredLine]
) -> PageEvidence:
    """What is known of a page so far, as the predictor may see it."""
    return PageEvidence(
        seq=page.seq,
        page_count=page_count,
        width=page.width,
        height=page.height,
        panels=tuple(panel.box for panel in panels),
        lines=tuple(ReadLine(line.box, line.text, line.confidence) for line in lines),
        saturation=page.saturation,
        brightness=page.brightness,
        paper=page.paper,
        low_information=page.low_information,
    )


def _page_features(job: Job, pages: list[StoredPage]) -> VectorRows:
    """The backbone's features of the pages that lack them; the book is opened only if there are any."""
    backbone = job.profile.backbone
    lacking = gap(job, "page_visual", backbone.identity, {page.id: input_hash(page.md5) for page in pages})
    owners = set(lacking.owners)
    if not owners:
        return lacking.rows({})
    pictures = (pixels for _, pixels in page_pictures(job, pages, lambda page: page.id in owners))
    vectors = batched_encode(backbone.encode, pictures, backbone.identity.dim, size=8)
    return lacking.rows(dict(zip(lacking.owners, vectors, strict=True)))
