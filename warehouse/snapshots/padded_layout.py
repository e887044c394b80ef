"""What lies in `padded/`: the view of pages that is equal in shape to the data set of the system before.

One row a page, its first 16 panels side by side, by the names that system had: for programs written for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from warehouse.contracts import STRIP_LENGTH
from warehouse.database.snapshot_session import SnapshotModel
from warehouse.snapshots.layout import BLOCK_ROWS, TEXT, ArraySpec, GroupSpec, padded_vectors

PADDED_ROWS = 16_384
"""Of numbers and words of 16 panels: 1 MiB of float32."""
MASK_ROWS = 65_536
"""Of booleans of 16 panels: 1 MiB."""

_OF_PAGES = (
    *("page_id", "page_num", "panel_count", "manifest_path", "source", "series", "volume", "issue"),
    *("page_type", "split", "page_embeddings"),
)


def padded_group(pages: GroupSpec, models: Mapping[str, SnapshotModel], dtype: str) -> GroupSpec:
    """`padded/`; pages: the group `pages/` of the same snapshot."""
    dims = ("page_id", "panel_id")
    encoder = models.get("panel_encoder")
    copied = tuple(_copied(spec) for spec in pages.arrays if spec.name in _OF_PAGES)
    return GroupSpec(
        "padded",
        "one row a page, its first 16 panels side by side",
        (
            *copied,
            ArraySpec("panel_id", dims[1:], (), "int32", "place on the page", BLOCK_ROWS, rows=STRIP_LENGTH),
            ArraySpec("panel_mask", dims, (STRIP_LENGTH,), "bool", "a panel is there", MASK_ROWS),
            *(_vectors(dims, encoder.dim, dtype) if encoder else ()),
            _of_panels("attention_weights", "float32", "1 by the page's panels, zero beyond them"),
            _of_panels("reading_order", "int32", "place on the page, -1 beyond the panels"),
            _of_panels("text_content", TEXT, "what is said in it"),
            ArraySpec(
                "panel_coordinates", (*dims, "coord_dim"), (STRIP_LENGTH, 4), "int32",
                "x, y, w, h in pixels, zero beyond the panels", PADDED_ROWS,
            ),
        ),
        tuple(spec.name for spec in copied if spec.name not in ("page_id", "page_embeddings")),
    )  # fmt: skip


def _copied(spec: ArraySpec) -> ArraySpec:
    return replace(spec, dims=("page_id", "embedding_dim")[: len(spec.dims)], table=None)


def _vectors(dims: tuple[str, str], dim: int, dtype: str) -> tuple[ArraySpec, ArraySpec]:
    about = "the panel there has a vector"
    return (
        padded_vectors(dims, dim, dtype),
        ArraySpec("panel_embeddings_mask", dims, (STRIP_LENGTH,), "bool", about, MASK_ROWS),
    )


def _of_panels(name: str, dtype: str, about: str) -> ArraySpec:
    return ArraySpec(name, ("page_id", "panel_id"), (STRIP_LENGTH,), dtype, about, PADDED_ROWS)
