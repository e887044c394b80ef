"""Stage `strips` (Stage 4): panels in the context of their strip, strips as a whole, pages pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from warehouse.contracts import STRIP_LENGTH, Vectors
from warehouse.database.queries import panel_embeddings, stored_pages, stored_panels
from warehouse.fingerprint import input_hash
from warehouse.records import StoredPanel, StripRow, StripRows, VectorRows
from warehouse.stages.job import Job

BATCH = 32


@dataclass(frozen=True, slots=True)
class _Strip:
    row: StripRow
    panels: tuple[StoredPanel, ...]
    vectors: Vectors
    hash: UUID


def encode_strips(job: Job) -> StripRows:
    """Cut every page with panel vectors into strips and encode them; pool its panels into a page vector.

    The page vector is the normalised mean of the page's fused panel vectors: it lives in the panel encoder's
    space, so that a panel can be compared with pages.
    """
    embeddings = panel_embeddings(job.connection, job.book.id, job.profile.panel_encoder.identity)
    by_page = stored_panels(job.connection, job.book.id)
    strips: list[_Strip] = []
    pooled: list[tuple[int, UUID, Vectors]] = []
    pages = stored_pages(job.connection, job.book.id)
    for place, page in enumerate(pages):
        panels = [panel for panel in by_page.get(page.id, []) if panel.id in embeddings]
        if panels:
            vectors = np.stack([embeddings[panel.id][1] for panel in panels])
            hashes = [embeddings[panel.id][0] for panel in panels]
            strips.extend(_strips_of(page.id, panels, vectors, hashes))
            pooled.append((page.id, input_hash(*hashes), pool(vectors)))
        job.tick(place + 1, len(pages))
    return _rows(job, strips, pooled)


def cut_strips(count: int) -> list[tuple[int, int]]:
    """Cut `count` panels into the fewest strips of at most 16, as even as can be: (first, last) each."""
    if count == 0:
        return []
    pieces = np.array_split(np.arange(count), -(-count // STRIP_LENGTH))
    return [(int(piece[0]), int(piece[-1])) for piece in pieces]


def pool(vectors: Vectors) -> Vectors:
    """The L2-normalised mean of (n, dim) vectors: (dim,); zero where they cancel out."""
    mean = vectors.mean(axis=0)
    norm = float(np.linalg.norm(mean))
    return (mean / norm if norm > 0 else mean).astype(np.float32)


def _strips_of(
    page_id: int, panels: Sequence[StoredPanel], vectors: Vectors, hashes: Sequence[UUID]
) -> list[_Strip]:
    return [
        _Strip(
            StripRow(page_id, seq, panels[first].seq, panels[last].seq),
            tuple(panels[first : last + 1]),
            vectors[first : last + 1],
            input_hash(*hashes[first : last + 1]),
        )
        for seq, (first, last) in enumerate(cut_strips(len(panels)))
    ]


def _rows(job: Job, strips: list[_Strip], pooled: list[tuple[int, UUID, Vectors]]) -> StripRows:
    encoder = job.profile.strip_encoder.identity
    context, whole = _encode(job, strips)
    texts = ["\n".join(panel.text for panel in strip.panels if panel.text) for strip in strips]
    spoken = [place for place, text in enumerate(texts) if text.strip()]
    sentences = job.profile.sentences
    semantic = (
        sentences.encode([texts[place] for place in spoken])
        if spoken
        else np.empty((0, sentences.identity.dim), np.float32)
    )
    panel_ids = tuple(panel.id for strip in strips for panel in strip.panels)
    panel_hashes = tuple(strip.hash for strip in strips for _ in strip.panels)
    page_vectors = (
        np.stack([v for _, _, v in pooled]) if pooled else np.empty((0, whole.shape[1]), np.float32)
    )
    return StripRows(
        strips=tuple(strip.row for strip in strips),
        strip_vectors=(
            VectorRows(
                "strip_embedding",
                encoder,
                tuple(range(len(strips))),
                tuple(strip.hash for strip in strips),
                whole,
            ),
            VectorRows(
                "strip_semantic",
                sentences.identity,
                tuple(spoken),
                tuple(input_hash(texts[place]) for place in spoken),
                semantic,
            ),
        ),
        vectors=(
            VectorRows("panel_context", encoder, panel_ids, panel_hashes, context),
            VectorRows(
                "page_embedding",
                job.profile.panel_encoder.identity,
                tuple(page_id for page_id, _, _ in pooled),
                tuple(hash_ for _, hash_, _ in pooled),
                page_vectors,
            ),
        ),
    )


def _encode(job: Job, strips: list[_Strip]) -> tuple[Vectors, Vectors]:
    """Contextualised panels (all panels, dim) in strip order, and strip vectors (strips, dim)."""
    encoder = job.profile.strip_encoder
    dim = encoder.identity.dim
    contexts: list[Vectors] = []
    wholes: list[Vectors] = []
    for start in range(0, len(strips), BATCH):
        batch = strips[start : start + BATCH]
        panels = np.zeros((len(batch), STRIP_LENGTH, dim), np.float32)
        present = np.zeros((len(batch), STRIP_LENGTH), np.bool_)
        for row, strip in enumerate(batch):
            panels[row, : len(strip.panels)] = strip.vectors
            present[row, : len(strip.panels)] = True
        vectors = encoder.encode(panels, present)
        contexts.append(vectors.context[present])
        wholes.append(vectors.strip)
    empty = np.empty((0, dim), np.float32)
    return np.concatenate([empty, *contexts]), np.concatenate([empty, *wholes])
