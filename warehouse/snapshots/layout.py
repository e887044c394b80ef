"""What lies where in a snapshot: groups, arrays, their dimensions, and how they are cut into shards.

A shard is one file with one writer.  Vectors lie in chunks of about 1 MiB, eight a shard, so that rows can be
read by chance; all else lies in chunks of at least that, which are shards at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from warehouse.contracts import STRIP_LENGTH
from warehouse.database.snapshot_session import SnapshotModel
from warehouse.snapshots.request import SnapshotRequest

SHARD_ROWS = 8192
"""Of vectors: 8 MiB of 512 numbers in half precision."""
TEXT_ROWS = 65_536
"""Of words: 1 MiB of 16 bytes each."""
BLOCK_ROWS = 262_144
"""Of plain numbers: 1 MiB of int32."""
FLAG_ROWS = 1_048_576
"""Of booleans: 1 MiB."""
STRIP_SHARD_ROWS = 512
"""Of padded rows, 16 vectors each."""
CHUNK_BYTES = 2**20
CHUNKS = 8
"""A shard of vectors, at most: fewer where they would be smaller than CHUNK_BYTES."""

COMPOSITION = 7
TEXT = "string"


@dataclass(frozen=True, slots=True)
class ArraySpec:
    """One array.  dims: their names; the first one is the rows.  tail: lengths of the others.

    dtype: NumPy's name, or 'string'.  table: whose vectors it holds, None for what is no stored vector.
    chunks: in a shard; 0 where the chunk is the file.  rows: how many, where they are not those of its group.
    """

    name: str
    dims: tuple[str, ...]
    tail: tuple[int, ...]
    dtype: str
    about: str
    shard_rows: int
    table: str | None = None
    chunks: int = 0
    rows: int | None = None

    @property
    def is_sharded(self) -> bool:
        """Whether chunks lie in shards: those of vectors."""
        return self.chunks > 0

    @property
    def is_gathered(self) -> bool:
        """Whether its rows come from many hands: kept until all are there, and written by one."""
        return self.dtype == "bool" and not self.tail

    @property
    def chunk_rows(self) -> int:
        return self.shard_rows // max(self.chunks, 1)


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """One group.  coordinates: arrays that say what a row is, for xarray."""

    name: str
    about: str
    arrays: tuple[ArraySpec, ...]
    coordinates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    """Vectors of a table, and what they are called in a snapshot."""

    name: str
    table: str
    kind: str
    about: str


_OF_PAGES = (
    _Stored("page_embeddings", "page_embedding", "panel_encoder", "mean of the page's fused panel vectors"),
    _Stored("page_semantic_embeddings", "page_semantic", "sentence_encoder", "of the page's text"),
    _Stored("page_visual", "page_visual", "visual_backbone", "backbone features of the page"),
)
_OF_PANELS = (
    _Stored("panel_embeddings", "panel_embedding", "panel_encoder", "vision, text, composition fused"),
    _Stored("panel_vision", "panel_vision", "panel_encoder", "the picture alone"),
    _Stored("panel_text", "panel_text", "panel_encoder", "the words alone"),
    _Stored("panel_semantic_embeddings", "panel_semantic", "sentence_encoder", "of the panel's text"),
    _Stored("contextualized_panels", "panel_context", "strip_encoder", "in the context of the strip"),
)
_FEATURES = (_Stored("panel_features", "panel_feature", "visual_backbone", "backbone features of the panel"),)
_OF_STRIPS = (
    _Stored("strip_embeddings", "strip_embedding", "strip_encoder", "of the strip as a whole"),
    _Stored("strip_semantic_embeddings", "strip_semantic", "sentence_encoder", "of the strip's text"),
)


def pages_group(models: Mapping[str, SnapshotModel], dtype: str) -> GroupSpec:
    """`pages/`: one row a page, by book and place in it."""
    row = "page_id"
    numbers = (
        ("page_id", "int64", "page.id"),
        ("book_id", "int64", "book.id"),
        ("page_num", "int32", "place in the book, 0-based"),
        ("width", "int32", "pixels; 0: not readable"),
        ("height", "int32", "pixels; 0: not readable"),
        ("year", "int32", "of publication; 0: not known"),
        ("panel_start", "int64", "row of its first panel in panels/"),
        ("panel_count", "int32", "how many panels it has"),
        ("is_narrative", "bool", "its type is a narrative one"),
        ("low_information", "bool", "blank or nearly so"),
        ("is_canonical", "bool", "stands for all pages that show the same picture"),
        ("canonical_page_id", "int64", "the page that stands for this one's picture"),
    )
    words = (
        ("manifest_path", "path of the book, and name of the page inside it"),
        ("source", "format of the book's file"),
        ("series", "name of the series"),
        ("volume", "of the series"),
        ("issue", "number of the book, as printed"),
        ("title", "of the book"),
        ("language", "ISO 639-1"),
        ("page_type", "a person's label, else the declared type, else the predicted one"),
        ("split", "train, validation or test: whole series, and all that share a picture with them"),
    )
    return GroupSpec(
        "pages",
        "one row a page",
        (
            *(
                ArraySpec(name, (row,), (), type_, about, FLAG_ROWS if type_ == "bool" else BLOCK_ROWS)
                for name, type_, about in numbers
            ),
            *(ArraySpec(name, (row,), (), TEXT, about, TEXT_ROWS) for name, about in words),
            *_vectors(_OF_PAGES, row, models, dtype),
        ),
        ("book_id", "page_num", "year", *(name for name, _ in words)),
    )


def panels_group(models: Mapping[str, SnapshotModel], dtype: str, *, features: bool) -> GroupSpec:
    """`panels/`: one row a panel, in the order of pages and of reading."""
    row = "panel_id"
    return GroupSpec(
        "panels",
        "one row a panel",
        (
            ArraySpec("panel_id", (row,), (), "int64", "panel.id", BLOCK_ROWS),
            ArraySpec("page_row", (row,), (), "int64", "row of its page in pages/", BLOCK_ROWS),
            ArraySpec("reading_order", (row,), (), "int32", "place on its page, 0-based", BLOCK_ROWS),
            ArraySpec(
                "attention_weights", (row,), (), "float32",
                "its weight in its page's vector, a mean: 1 by the page's panels", BLOCK_ROWS,
            ),
            ArraySpec(
                "panel_coordinates", (row, "coord_dim"), (4,), "int32", "x, y, w, h in pixels", BLOCK_ROWS
            ),
            ArraySpec(
                "composition_features", (row, "composition_dim"), (COMPOSITION,), "float32",
                "aspect ratio, share of the page, 0, 0, 0, centre x, centre y", BLOCK_ROWS,
            ),
            ArraySpec("text_content", (row,), (), TEXT, "what is said in it", TEXT_ROWS),
            *_vectors((*_OF_PANELS, *(_FEATURES if features else ())), row, models, dtype),
        ),
        ("page_row", "reading_order"),
    )  # fmt: skip


def strips_group(models: Mapping[str, SnapshotModel], dtype: str) -> GroupSpec:
    """`strips/`: one row a strip, its panels padded to 16: what Stage 4 trains on."""
    row = "strip_id"
    return GroupSpec(
        "strips",
        "one row a strip, its panels padded",
        (
            ArraySpec("strip_id", (row,), (), "int64", "strip.id", BLOCK_ROWS),
            ArraySpec("page_row", (row,), (), "int64", "row of its page in pages/", BLOCK_ROWS),
            ArraySpec("panel_start", (row,), (), "int64", "row of its first panel in panels/", BLOCK_ROWS),
            ArraySpec("panel_count", (row,), (), "int32", "how many panels it has", BLOCK_ROWS),
            *_padded(row, models, dtype),
            *_vectors(_OF_STRIPS, row, models, dtype),
        ),
        ("page_row",),
    )


def snapshot_groups(models: Mapping[str, SnapshotModel], request: SnapshotRequest) -> tuple[GroupSpec, ...]:
    """Those that every snapshot has."""
    return (
        pages_group(models, request.dtype),
        panels_group(models, request.dtype, features=request.features),
        strips_group(models, request.dtype),
    )


def _padded(row: str, models: Mapping[str, SnapshotModel], dtype: str) -> list[ArraySpec]:
    if "panel_encoder" not in models:
        return []
    dims = (row, "panel")
    return [
        padded_vectors(dims, models["panel_encoder"].dim, dtype),
        ArraySpec("panel_mask", dims, (STRIP_LENGTH,), "bool", "a panel with a vector is there", BLOCK_ROWS),
    ]


def padded_vectors(dims: tuple[str, str], dim: int, dtype: str) -> ArraySpec:
    """The fused vectors of runs of panels, padded to 16."""
    chunks = chunks_of(STRIP_SHARD_ROWS * STRIP_LENGTH * dim * np.dtype(dtype).itemsize)
    return ArraySpec(
        "panel_embeddings", (*dims, "embedding_dim"), (STRIP_LENGTH, dim), dtype,
        "fused vectors of its panels, zero beyond them", STRIP_SHARD_ROWS, chunks=chunks,
    )  # fmt: skip


def chunks_of(shard_bytes: int) -> int:
    """How many chunks a shard of so many bytes has, a power of two."""
    chunks = CHUNKS
    while chunks > 1 and shard_bytes // chunks < CHUNK_BYTES:
        chunks //= 2
    return chunks


def _vectors(
    stored: tuple[_Stored, ...], row: str, models: Mapping[str, SnapshotModel], dtype: str
) -> list[ArraySpec]:
    """The vectors, and whether a row has one; none of a kind of which there is no model."""
    found = []
    for each in stored:
        model = models.get(each.kind)
        if model is not None:
            dims = (row, f"{each.table}_dim")
            chunks = chunks_of(SHARD_ROWS * model.dim * np.dtype(dtype).itemsize)
            found += [
                ArraySpec(each.name, dims, (model.dim,), dtype, each.about, SHARD_ROWS, each.table, chunks),
                ArraySpec(
                    f"{each.name}_mask", (row,), (), "bool", f"whether there are {each.name}", FLAG_ROWS
                ),
            ]
    return found
