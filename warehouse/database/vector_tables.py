"""The tables of vectors: what owns a vector in each, and which kind of model makes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VectorTable:
    """owner: 'page' | 'panel' | 'strip'; its id is column `{owner}_id`.  kind: as in `model`."""

    owner: str
    kind: str


VECTOR_TABLES = {
    "page_visual": VectorTable("page", "visual_backbone"),
    "panel_feature": VectorTable("panel", "visual_backbone"),
    "panel_vision": VectorTable("panel", "panel_encoder"),
    "panel_text": VectorTable("panel", "panel_encoder"),
    "panel_composition": VectorTable("panel", "panel_encoder"),
    "panel_embedding": VectorTable("panel", "panel_encoder"),
    "page_embedding": VectorTable("page", "panel_encoder"),
    "panel_context": VectorTable("panel", "strip_encoder"),
    "strip_embedding": VectorTable("strip", "strip_encoder"),
    "page_semantic": VectorTable("page", "sentence_encoder"),
    "panel_semantic": VectorTable("panel", "sentence_encoder"),
    "strip_semantic": VectorTable("strip", "sentence_encoder"),
}
"""By name; the view vector_kinds says the same in SQL."""


def tables_of_kind(kind: str) -> list[str]:
    """The tables that models of this kind fill."""
    return [name for name, table in VECTOR_TABLES.items() if table.kind == kind]
