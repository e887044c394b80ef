"""What travels between the stages and the database.  Frozen, typed, no pixels kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from warehouse.contracts import Direction, ModelIdentity, Vectors
from warehouse.geometry import Box, Polygon

STAGES = ("pages", "panels", "text", "page_types", "panel_vectors", "strips")
"""The stages in the order they run; each needs all before it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A book's file as it lies on disk.  modified: ns since the epoch."""

    path: str
    bytes: int
    modified: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Registration:
    """What became of a path.  outcome: 'new' | 'changed' | 'known' | 'moved' | 'duplicate'."""

    book_id: int
    outcome: str
    path: str


@dataclass(frozen=True, slots=True)
class StoredBook:
    """A book as the stages need it."""

    id: int
    path: str
    direction: Direction
    language: str | None
    status: str
    direction_confidence: float
    format: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as the later stages need it; pages that could not be read are not among them."""

    id: int
    seq: int
    width: int
    height: int
    md5: str
    low_information: bool
    saturation: float
    brightness: float
    paper: float
    is_narrative: bool
    text: str
    entry: str
    double_page: bool
    fold_x: int | None


@dataclass(frozen=True, slots=True)
class StoredPanel:
    """A panel as the later stages need it."""

    id: int
    page_id: int
    seq: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line of text as the later stages need it."""

    page_id: int
    box: Box
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do one stage of one book, until it is written, given back or lost."""

    book_id: int
    stage: str
    token: UUID
    attempt: int


@dataclass(frozen=True, slots=True)
class WorkState:
    """One row of the ledger."""

    stage: str
    state: str
    revision: str | None
    error_code: str | None
    error: str | None
    seconds: float | None
    updated_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class LostWork:
    """A stage whose holder is gone.  state: 'ready' again, or 'quarantined' after its last attempt."""

    book_id: int
    stage: str
    state: str
    code: str
    error: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page from stage `pages`; error_code and error instead of the rest where it could not be read."""

    seq: int
    entry: str
    width: int | None = None
    height: int | None = None
    md5: str | None = None
    phash: int | None = None
    low_information: bool = False
    saturation: float | None = None
    brightness: float | None = None
    paper: float | None = None
    declared_type: str | None = None
    double_page: bool = False
    thumbnail: bytes | None = None
    error_code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A panel from stage `panels`.  from_previous, to_next: it goes on over the border of a slice.

    polygon: its outline in page pixels, where it is not a box.
    """

    page_id: int
    seq: int
    box: Box
    score: float
    detector: str
    from_previous: bool = False
    to_next: bool = False
    polygon: Polygon | None = None


@dataclass(frozen=True, slots=True)
class PageLayoutRow:
    """Where a page parts or goes on, from stage `panels`; None where it does neither.

    fold_x: where the two pages of a spread part, in pixels.  chain: the run of slices it belongs to.
    chain_y: its top in the run, in pixels of the run's first slice.
    """

    page_id: int
    fold_x: int | None
    chain: int | None
    chain_y: int | None


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A reading direction seen in the pictures.  source: 'slices' | 'lines'.  confidence: 0 to 1."""

    direction: Direction
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PanelRows:
    """Everything stage `panels` found in a book; direction: None where nothing corrects the guess."""

    panels: tuple[PanelRow, ...]
    layouts: tuple[PageLayoutRow, ...]
    direction: DirectionRow | None


@dataclass(frozen=True, slots=True)
class PageTypeRow:
    """A predicted page type."""

    page_id: int
    predicted_type: str
    probability: float


@dataclass(frozen=True, slots=True)
class VectorRows:
    """Vectors of one table and one model: owner_ids, input_hashes and v have one length.

    obsolete: owners that are to have no such vector any more.
    """

    table: str
    model: ModelIdentity
    owner_ids: tuple[int, ...]
    input_hashes: tuple[UUID, ...]
    v: Vectors
    obsolete: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StripRow:
    """A strip: panels first_panel … last_panel (their seq) of a page."""

    page_id: int
    seq: int
    first_panel: int
    last_panel: int


@dataclass(frozen=True, slots=True)
class PageTypeRows:
    """Everything stage `page_types` found: types, and the backbone features of whole pages."""

    types: tuple[PageTypeRow, ...]
    features: VectorRows


@dataclass(frozen=True, slots=True)
class StripRows:
    """Everything stage `strips` made; the owners of strip vectors are places in `strips`."""

    strips: tuple[StripRow, ...]
    strip_vectors: tuple[VectorRows, ...]
    vectors: tuple[VectorRows, ...]


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small JPEG of a page that is width x height pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BookStatus:
    """How a book stands after a run."""

    book_id: int
    path: str
    series: str | None
    number: str | None
    status: str
    error_code: str | None
    error: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class BookPath:
    """A path of a book.  held: the book's bytes lay there when it was last looked at."""

    book_id: int
    path: str
    held: bool


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file that is not where it was.  reason: 'gone' | 'overwritten', by another book's bytes.

    copies: other paths of the same bytes that are still there.
    """

    book_id: int
    path: str
    reason: str
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingFiles:
    """books: how many have no file left.  unknown: paths whose disk is silent, or may not be read."""

    count: int
    books: int
    unknown: int
    files: tuple[MissingFile, ...]


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A registered model.  made_with: ids of the models whose vectors it takes.  profiles: that it is in."""

    id: int
    kind: str
    name: str
    revision: str
    dim: int
    trained: bool
    status: str
    made_with: tuple[int, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """'name@revision'."""
        return f"{self.name}@{self.revision}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a model's vectors in one table are.

    owners: that are to have one.  stale: made from what has changed since, or that are not to be any more.
    """

    vector_table: str
    model_id: int
    kind: str
    name: str
    revision: str
    status: str
    owners: int
    with_vector: int
    missing: int
    stale: int


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """A Zarr snapshot that was exported: one row of table `snapshot`.

    target: a path or a URL.  content_sha256: equal for equal contents.  pages, panels, strips: rows.
    """

    target: str
    taken_at: datetime
    wal_position: str
    content_sha256: str
    pages: int
    panels: int
    strips: int
    bytes: int
    seconds: float
    options: Mapping[str, Any]
