"""The tables of vectors: what owns a vector in each, and which kind of model makes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VectorTable:
    """owner: 'page' | 'panel' | 'strip'; its id is column `{owner}_id`.  kind: as in `model`.

    stage: makes the vectors.
    """

    owner: str
    kind: str
    stage: str


VECTOR_TABLES = {
    "page_visual": VectorTable("page", "visual_backbone", "page_types"),
    "panel_feature": VectorTable("panel", "visual_backbone", "panel_vectors"),
    "panel_vision": VectorTable("panel", "panel_encoder", "panel_vectors"),
    "panel_text": VectorTable("panel", "panel_encoder", "panel_vectors"),
    "panel_composition": VectorTable("panel", "panel_encoder", "panel_vectors"),
    "panel_embedding": VectorTable("panel", "panel_encoder", "panel_vectors"),
    "page_embedding": VectorTable("page", "panel_encoder", "strips"),
    "panel_context": VectorTable("panel", "strip_encoder", "strips"),
    "strip_embedding": VectorTable("strip", "strip_encoder", "strips"),
    "page_semantic": VectorTable("page", "sentence_encoder", "panel_vectors"),
    "panel_semantic": VectorTable("panel", "sentence_encoder", "panel_vectors"),
    "strip_semantic": VectorTable("strip", "sentence_encoder", "strips"),
}
"""By name; the view vector_kinds says the same in SQL."""


def tables_of_kind(kind: str) -> list[str]:
    """The tables that models of this kind fill."""
    return [name for name, table in VECTOR_TABLES.items() if table.kind == kind]
