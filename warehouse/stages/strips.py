"""Stage `strips` (Stage 4): panels in the context of their strip, strips as a whole, pages pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from warehouse.contracts import STRIP_LENGTH, ModelIdentity, StripEncoder, Vectors
from warehouse.database.queries import (
    stored_hashes,
    stored_pages,
    stored_panels,
    stored_strips,
    stored_vectors,
)
from warehouse.fingerprint import input_hash
from warehouse.records import StoredPanel, StripRow, StripRows, VectorRows
from warehouse.stages.gaps import Gap, gap
from warehouse.stages.job import Job
from warehouse.stages.panel_vectors import has_words
from warehouse.stages.vector_models import VectorModels, vector_models

BATCH = 32


@dataclass(frozen=True, slots=True)
class _Strip:
    """id: None for a new one.  hash: over those of its panels' vectors; None where one of them has none."""

    row: StripRow
    id: int | None
    panels: tuple[StoredPanel, ...]
    hash: UUID | None

    @property
    def text(self) -> str:
        return "\n".join(panel.text for panel in self.panels if panel.text)


def encode_strips(job: Job) -> StripRows:
    """Cut every narrative page into strips and encode them; pool its panels into a page vector.

    Only what is missing or stale is made.  The page vector is the normalised mean of the page's fused panel
    vectors: it lives in the panel encoder's space, so that a panel can be compared with pages.
    """
    models = vector_models(job.profile)
    hashes = stored_hashes(job.connection, job.book.id, "panel_embedding", models.panel_encoder)
    ids = stored_strips(job.connection, job.book.id)
    by_page = stored_panels(job.connection, job.book.id)
    pages = {
        page.id: by_page[page.id]
        for page in stored_pages(job.connection, job.book.id)
        if page.is_narrative and page.id in by_page
    }
    strips = [
        strip for page_id, panels in pages.items() for strip in _strips_of(page_id, panels, hashes, ids)
    ]
    whole, context = _encoded(job, models, strips)
    return StripRows(
        strips=tuple(strip.row for strip in strips),
        strip_vectors=(whole, _semantic(job, models, strips)),
        vectors=(context, _pooled(job, models, pages, hashes)),
    )


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
    page_id: int,
    panels: Sequence[StoredPanel],
    hashes: Mapping[int, UUID],
    ids: Mapping[StripRow, int],
) -> list[_Strip]:
    strips = []
    for seq, (first, last) in enumerate(cut_strips(len(panels))):
        row = StripRow(page_id, seq, panels[first].seq, panels[last].seq)
        cut = tuple(panels[first : last + 1])
        strips.append(_Strip(row, ids.get(row), cut, _hash(cut, hashes)))
    return strips


def _hash(panels: Sequence[StoredPanel], hashes: Mapping[int, UUID]) -> UUID | None:
    """What a vector over these panels is made from; None where one of them has no vector."""
    if any(panel.id not in hashes for panel in panels):
        return None
    return input_hash(*(hashes[panel.id] for panel in panels))


def _by_place(
    job: Job, table: str, model: ModelIdentity, strips: Sequence[_Strip], wanted: Mapping[int, UUID]
) -> Gap:
    """What strips lack; they go by their place in the book, as new ones have no id yet."""
    stored = stored_hashes(job.connection, job.book.id, table, model)
    ids = [(place, strip.id) for place, strip in enumerate(strips)]
    return Gap(table, model, wanted, {place: stored[id_] for place, id_ in ids if id_ in stored})


def _encoded(job: Job, models: VectorModels, strips: Sequence[_Strip]) -> tuple[VectorRows, VectorRows]:
    """The vectors of strips as a whole, and of panels in the context of their strip."""
    wanted = {place: strip.hash for place, strip in enumerate(strips) if strip.hash is not None}
    whole = _by_place(job, "strip_embedding", models.strip_encoder, strips, wanted)
    in_context = {panel.id: hash_ for place, hash_ in wanted.items() for panel in strips[place].panels}
    context = gap(job, "panel_context", models.strip_encoder, in_context)
    lacking_panels, lacking = set(context.owners), set(whole.owners)
    places = [
        place
        for place in wanted
        if place in lacking or any(panel.id in lacking_panels for panel in strips[place].panels)
    ]
    asked = [[panel.id for panel in strips[place].panels] for place in places]
    vectors = stored_vectors(
        job.connection, "panel_embedding", models.panel_encoder, [id_ for ids in asked for id_ in ids]
    )
    contexts, wholes = _encode(job.profile.strip_encoder, asked, vectors)
    return whole.rows(dict(zip(places, wholes, strict=True))), context.rows(contexts)


def _encode(
    encoder: StripEncoder, strips: Sequence[Sequence[int]], vectors: Mapping[int, Vectors]
) -> tuple[dict[int, Vectors], list[Vectors]]:
    """Contextualised panels (dim,) by id, and strip vectors (dim,) in the order of the strips' panel ids."""
    dim = encoder.identity.dim
    contexts: dict[int, Vectors] = {}
    wholes: list[Vectors] = []
    for start in range(0, len(strips), BATCH):
        batch = strips[start : start + BATCH]
        panels = np.zeros((len(batch), STRIP_LENGTH, dim), np.float32)
        present = np.zeros((len(batch), STRIP_LENGTH), np.bool_)
        for row, ids in enumerate(batch):
            panels[row, : len(ids)] = [vectors[id_] for id_ in ids]
            present[row, : len(ids)] = True
        encoded = encoder.encode(panels, present)
        wholes.extend(encoded.strip)
        for ids, rows in zip(batch, encoded.context, strict=True):
            contexts.update(zip(ids, rows, strict=False))  # beyond its panels a strip is padded
    return contexts, wholes


def _semantic(job: Job, models: VectorModels, strips: Sequence[_Strip]) -> VectorRows:
    """Sentence vectors of the strips' texts."""
    texts = {place: strip.text for place, strip in enumerate(strips) if has_words(strip.text)}
    wanted = {place: input_hash(text) for place, text in texts.items()}
    lacking = _by_place(job, "strip_semantic", models.sentences, strips, wanted)
    if not lacking.owners:
        return lacking.rows({})
    vectors = job.profile.sentences.encode([texts[place] for place in lacking.owners])
    return lacking.rows(dict(zip(lacking.owners, vectors, strict=True)))


def _pooled(
    job: Job,
    models: VectorModels,
    pages: Mapping[int, Sequence[StoredPanel]],
    hashes: Mapping[int, UUID],
) -> VectorRows:
    """Pages as the mean of their panels."""
    wanted = {
        page_id: hash_ for page_id, panels in pages.items() if (hash_ := _hash(panels, hashes)) is not None
    }
    lacking = gap(job, "page_embedding", models.panel_encoder, wanted)
    ids = {page_id: [panel.id for panel in pages[page_id]] for page_id in lacking.owners}
    vectors = stored_vectors(
        job.connection, "panel_embedding", models.panel_encoder, [id_ for own in ids.values() for id_ in own]
    )
    means = {page_id: pool(np.stack([vectors[id_] for id_ in own])) for page_id, own in ids.items()}
    return lacking.rows(means)
