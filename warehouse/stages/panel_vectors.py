"""Stage `panel_vectors` (Stage 3): the vectors of the panels of narrative pages, and of all text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from warehouse.composition import composition_features
from warehouse.contracts import ModelIdentity, PanelInputs, Pixels, Vectors
from warehouse.database.queries import stored_pages, stored_panels, stored_vectors
from warehouse.fingerprint import SPACES, input_hash
from warehouse.records import StoredPage, StoredPanel, VectorRows
from warehouse.stages.batches import batched_encode
from warehouse.stages.gaps import Gap, as_stored, gap
from warehouse.stages.job import Job
from warehouse.stages.pictures import page_pictures
from warehouse.stages.vector_models import vector_models

OF_PANEL_ENCODER = ("panel_vision", "panel_text", "panel_composition", "panel_embedding")
OF_WORDS = ("panel_text", "panel_semantic")


@dataclass(frozen=True, slots=True)
class _Panels:
    """The panels that are to have vectors, with what those are made from."""

    pages: Mapping[int, StoredPage]
    by_id: Mapping[int, StoredPanel]

    def wanted(self, table: str) -> dict[int, UUID]:
        """The input hash of every vector that there should be in a table of panels."""
        return {
            id_: panel_hash(table, self.pages[panel.page_id], panel)
            for id_, panel in self.by_id.items()
            if table not in OF_WORDS or has_words(panel.text)
        }


def encode_panels(job: Job) -> list[VectorRows]:
    """Encode the panels of the narrative pages, and the text of every page and panel, as far as they lack it.

    Pictures are looked at only where the backbone's features of a panel are not stored yet.
    """
    pages = stored_pages(job.connection, job.book.id)
    by_page = stored_panels(job.connection, job.book.id)
    narrative = [page for page in pages if page.is_narrative and by_page.get(page.id)]
    panels = _Panels(
        {page.id: page for page in narrative},
        {panel.id: panel for page in narrative for panel in by_page[page.id]},
    )
    models = vector_models(job.profile)
    features = gap(job, "panel_feature", models.backbone, panels.wanted("panel_feature"))
    semantic = gap(job, "panel_semantic", models.sentences, panels.wanted("panel_semantic"))
    encoded = {
        table: gap(job, table, models.panel_encoder, panels.wanted(table)) for table in OF_PANEL_ENCODER
    }
    needed = {owner for lacking in encoded.values() for owner in lacking.owners}
    made_features = _features(job, pages, panels, set(features.owners))
    made_words = _sentences(job, {owner: panels.by_id[owner].text for owner in semantic.owners})
    vectors = _encode(
        job,
        panels,
        [owner for owner in panels.by_id if owner in needed],
        _with_stored(job, features, needed, made_features),
        _with_stored(job, semantic, needed, made_words),
    )
    return [
        features.rows(made_features),
        semantic.rows(made_words),
        *(lacking.rows(vectors[table]) for table, lacking in encoded.items()),
        _page_semantics(job, models.sentences, pages),
    ]


def _with_stored(job: Job, whole: Gap, needed: set[int], made: Mapping[int, Vectors]) -> dict[int, Vectors]:
    """What was just made, and of the others needed what is stored."""
    others = [owner for owner in needed if owner not in made and owner in whole.wanted]
    return {**made, **stored_vectors(job.connection, whole.table, whole.model, others)}


def _encode(
    job: Job,
    panels: _Panels,
    owners: Sequence[int],
    features: Mapping[int, Vectors],
    sentences: Mapping[int, Vectors],
) -> dict[str, dict[int, Vectors]]:
    """The panel encoder's vectors of these panels, by table and panel."""
    if not owners:
        return {table: {} for table in OF_PANEL_ENCODER}
    asked = [panels.by_id[owner] for owner in owners]
    sizes = [panels.pages[panel.page_id] for panel in asked]
    spoken = np.asarray([owner in sentences for owner in owners], np.bool_)
    silent = np.zeros(job.profile.sentences.identity.dim, np.float32)
    every = np.ones_like(spoken)
    vectors = job.profile.panel_encoder.encode(
        PanelInputs(
            np.stack([features[owner] for owner in owners]),
            np.stack([sentences.get(owner, silent) for owner in owners]),
            composition_features(
                np.asarray([(p.box.x, p.box.y, p.box.w, p.box.h) for p in asked]),
                np.asarray([(p.width, p.height) for p in sizes]),
            ),
            np.stack([every, spoken, every], axis=1),
        )
    )
    by_table = {
        "panel_vision": vectors.vision,
        "panel_text": vectors.text,
        "panel_composition": vectors.composition,
        "panel_embedding": vectors.fused,
    }
    return {table: dict(zip(owners, rows, strict=True)) for table, rows in by_table.items()}


def panel_hash(table: str, page: StoredPage, panel: StoredPanel) -> UUID:
    """What a panel's vector in a table is made from: the page's picture, the box, the text, or all of them.

    The view panel_inputs says the same in SQL.
    """
    box = panel.box
    place = f"{page.width} {page.height} {box.x} {box.y} {box.w} {box.h}"
    if table in OF_WORDS:
        return input_hash(panel.text)
    if table == "panel_composition":
        return input_hash(place)
    if table == "panel_embedding":
        return input_hash(page.md5, place, panel.text)
    return input_hash(page.md5, place)


def has_words(text: str) -> bool:
    """Whether there is anything to make a sentence vector of."""
    return bool(text.strip(SPACES))


def _features(job: Job, pages: Sequence[StoredPage], panels: _Panels, owners: set[int]) -> dict[int, Vectors]:
    """The backbone's features of the pictures of these panels; the book is opened only if there are any."""
    if not owners:
        return {}
    order: list[int] = []
    backbone = job.profile.backbone
    pictures = _crops(job, pages, panels, owners, order)
    vectors = as_stored(batched_encode(backbone.encode, pictures, backbone.identity.dim, size=16))
    return dict(zip(order, vectors, strict=True))


def _crops(
    job: Job, pages: Sequence[StoredPage], panels: _Panels, owners: set[int], order: list[int]
) -> Iterator[Pixels]:
    """The pictures of these panels, page by page; their ids go to `order` as they pass."""
    by_page: dict[int, list[StoredPanel]] = defaultdict(list)
    for owner in owners:
        by_page[panels.by_id[owner].page_id].append(panels.by_id[owner])
    for page, pixels in page_pictures(job, pages, lambda page: page.id in by_page):
        for panel in sorted(by_page[page.id], key=lambda panel: panel.seq):
            order.append(panel.id)
            box = panel.box
            yield pixels[box.y : box.bottom, box.x : box.right].copy()


def _sentences(job: Job, texts: Mapping[int, str]) -> dict[int, Vectors]:
    """Sentence vectors (384,) of texts, by owner."""
    if not texts:
        return {}
    return dict(zip(texts, as_stored(job.profile.sentences.encode(list(texts.values()))), strict=True))


def _page_semantics(job: Job, model: ModelIdentity, pages: Sequence[StoredPage]) -> VectorRows:
    texts = {page.id: page.text for page in pages if has_words(page.text)}
    lacking = gap(job, "page_semantic", model, {owner: input_hash(text) for owner, text in texts.items()})
    return lacking.rows(_sentences(job, {owner: texts[owner] for owner in lacking.owners}))
