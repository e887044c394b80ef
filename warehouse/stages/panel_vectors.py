"""Stage `panel_vectors` (Stage 3): the vectors of the panels of narrative pages, and of all text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import ModelIdentity, PanelInputs, Pixels, Vectors
from warehouse.database.queries import stored_pages, stored_panels
from warehouse.fingerprint import input_hash
from warehouse.geometry import Box
from warehouse.records import StoredPage, StoredPanel, VectorRows
from warehouse.stages.batches import batched_encode
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures

WIDEST = 10.0
"""Aspect ratios are cut here: beyond, a box is a detection error or a hair line."""


def encode_panels(job: Job) -> list[VectorRows]:
    """Encode every panel of the narrative pages, and the text of every page and panel."""
    pages = stored_pages(job.connection, job.book.id)
    by_page = stored_panels(job.connection, job.book.id)
    narrative = [page for page in pages if page.is_narrative and by_page.get(page.id)]
    panels = [panel for page in narrative for panel in by_page[page.id]]
    backbone = job.profile.backbone
    features = batched_encode(
        backbone.encode, _crops(job, pages, narrative, by_page), backbone.identity.dim, size=16
    )
    sentences, has_text = _sentences(job, [panel.text for panel in panels])
    sizes = {page.id: page for page in narrative}
    composition = composition_features(
        [panel.box for panel in panels],
        [(sizes[panel.page_id].width, sizes[panel.page_id].height) for panel in panels],
    )
    present = np.stack([np.ones_like(has_text), has_text, np.ones_like(has_text)], axis=1)
    vectors = job.profile.panel_encoder.encode(PanelInputs(features, sentences, composition, present))
    hashes = [panel_hash(sizes[panel.page_id], panel) for panel in panels]
    ids = [panel.id for panel in panels]
    every = np.ones(len(panels), np.bool_)
    encoder = job.profile.panel_encoder.identity
    return [
        vector_rows("panel_feature", backbone.identity, ids, hashes, features, every),
        vector_rows("panel_vision", encoder, ids, hashes, vectors.vision, every),
        vector_rows("panel_text", encoder, ids, hashes, vectors.text, has_text),
        vector_rows("panel_composition", encoder, ids, hashes, vectors.composition, every),
        vector_rows("panel_embedding", encoder, ids, hashes, vectors.fused, every),
        vector_rows("panel_semantic", job.profile.sentences.identity, ids, hashes, sentences, has_text),
        _page_semantics(job, pages),
    ]


def composition_features(boxes: Sequence[Box], page_sizes: Sequence[tuple[int, int]]) -> Vectors:
    """The seven numbers of seed 000 for each box: (n, 7) float32.

    Aspect ratio, share of the page, three places for characters and shots (0: not detected here), centre x
    and centre y as shares of the page.
    """
    rows = [
        (
            min(box.w / max(box.h, 1), WIDEST),
            box.area / (width * height),
            0.0,
            0.0,
            0.0,
            box.centre[0] / width,
            box.centre[1] / height,
        )
        for box, (width, height) in zip(boxes, page_sizes, strict=True)
    ]
    return np.asarray(rows, np.float32).reshape(-1, 7)


def panel_hash(page: StoredPage, panel: StoredPanel) -> UUID:
    """What a panel's vectors are made from: the page's picture, the box and the text."""
    box = panel.box
    return input_hash(page.md5, page.width, page.height, box.x, box.y, box.w, box.h, panel.text)


def vector_rows(
    table: str,
    model: ModelIdentity,
    ids: Sequence[int],
    hashes: Sequence[UUID],
    v: Vectors,
    kept: NDArray[np.bool_],
) -> VectorRows:
    """The kept rows only: where there is nothing to encode there is no vector."""
    places = np.flatnonzero(kept).tolist()
    return VectorRows(
        table, model, tuple(ids[place] for place in places), tuple(hashes[place] for place in places), v[kept]
    )


def _crops(
    job: Job, pages: list[StoredPage], narrative: list[StoredPage], panels: dict[int, list[StoredPanel]]
) -> Iterator[Pixels]:
    wanted = {page.id for page in narrative}
    for page, pixels in page_pictures(job, pages, lambda page: page.id in wanted):
        for panel in panels[page.id]:
            box = panel.box
            yield pixels[box.y : box.bottom, box.x : box.right].copy()


def _sentences(job: Job, texts: list[str]) -> tuple[Vectors, NDArray[np.bool_]]:
    """Sentence vectors (n, 384), zero where there is no text, and which rows have text."""
    has_text = np.asarray([bool(text.strip()) for text in texts], np.bool_)
    vectors = np.zeros((len(texts), job.profile.sentences.identity.dim), np.float32)
    if has_text.any():
        spoken = [text for text, has in zip(texts, has_text, strict=True) if has]
        vectors[has_text] = job.profile.sentences.encode(spoken)
    return vectors, has_text


def _page_semantics(job: Job, pages: list[StoredPage]) -> VectorRows:
    vectors, has_text = _sentences(job, [page.text for page in pages])
    return vector_rows(
        "page_semantic",
        job.profile.sentences.identity,
        [page.id for page in pages],
        [input_hash(page.text) for page in pages],
        vectors,
        has_text,
    )
