"""What can be asked of the warehouse, and what a row of each answer holds.

Numbers called seq are 0-based; boxes are pixels of the page; distances are cosine distances (0 to 2),
similarities cosines (-1 to 1).  None: does not apply, or not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Filters:
    """Which pages an answer may come from; None lets all pass.

    series, publisher, character: names as whole words, case aside.  page_type, language: exact, case aside.
    years and numbers of panels on the page: inclusive.
    """

    series: str | None = None
    publisher: str | None = None
    page_type: str | None = None
    character: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    min_panels: int | None = None
    max_panels: int | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A typed query.  mode: 'hybrid' | 'semantic' | 'keyword'.  max_distance: of semantic hits, 0 to 2."""

    query: str
    scope: str = "panels"
    mode: str = "hybrid"
    filters: Filters = field(default_factory=Filters)
    max_distance: float | None = None
    max_hits: int = 10


@dataclass(frozen=True, slots=True)
class NearestRequest:
    """A vector, (dim,) of any length but zero.  space: None for the first of the scope.

    Spaces of panels: fused, vision, text, composition, context, feature, semantic.
    Spaces of pages: page, visual, semantic.  Spaces of strips: strip, semantic.
    """

    vector: NDArray[np.floating]
    scope: str = "panels"
    space: str | None = None
    filters: Filters = field(default_factory=Filters)
    max_distance: float | None = None
    max_hits: int = 10


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """More like some panels, pages or strips, by id, and less like others.  Spaces as in NearestRequest.

    likes: an id, or several: their mean counts.  unlike_weight: of the mean of `unlikes`, taken off.
    """

    likes: int | Sequence[int]
    scope: str = "panels"
    space: str | None = None
    filters: Filters = field(default_factory=Filters)
    max_distance: float | None = None
    max_hits: int = 10
    unlikes: Sequence[int] = ()
    unlike_weight: float = 0.5


@dataclass(frozen=True, slots=True)
class ConceptOptions:
    """How concepts are averaged.  space: one of view `vector_space`.

    balance: every book counts the same.  centred: the library's own mean is taken off first.
    rounds: of the bootstrap and of random book groups, 0 to 10,000.  seed: the same one draws the same.
    """

    space: str = "page"
    balance: bool = True
    centred: bool = True
    narrative_only: bool = True
    rounds: int = 200
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A panel, page or strip that answers a search, best first in a list of them.

    panel_id, panel_seq: of a panel.  strip_id, first_panel, last_panel: of a strip.  width, height: page.
    x, y, w, h: box of a panel or strip.  Ranks are 1-based places in the keyword and the semantic list.
    distance: of the vectors compared.  reciprocal_rank: what a typed query's hits are ordered by.
    """

    page_id: int
    book_id: int
    series: str | None
    number: str | None
    title: str | None
    year: int | None
    page_seq: int
    page_type: str | None
    text: str
    panel_id: int | None = None
    panel_seq: int | None = None
    strip_id: int | None = None
    first_panel: int | None = None
    last_panel: int | None = None
    x: int | None = None
    y: int | None = None
    w: int | None = None
    h: int | None = None
    width: int | None = None
    height: int | None = None
    keyword_rank: int | None = None
    semantic_rank: int | None = None
    distance: float | None = None
    reciprocal_rank: float | None = None
    rank: int | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ConceptPair:
    """How alike two concepts are.  pages and books: those compared; shared_books: with pages of both.

    similarity: None where there is nothing to compare.  percentile: share of other pairs that are less alike,
    0 to 100; percentile_among: 'defined concepts' | 'random book groups'.  low, high: 95% interval by a
    bootstrap over books, None with fewer than 3.  note: what was left out, and what to mind.
    """

    left_name: str
    right_name: str
    left_pages: int
    left_books: int
    right_pages: int
    right_books: int
    shared_books: int
    similarity: float | None
    percentile: float | None
    percentile_among: str | None
    low: float | None
    high: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """One cell of a similarity matrix.  pages, books: of the row's concept.  The rest as in ConceptPair."""

    row_name: str
    column_name: str
    similarity: float | None
    pages: int
    books: int
    shared_books: int
    percentile: float | None
    percentile_among: str | None
    low: float | None
    high: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A page, panel, series or concept like a concept.  pages, books: behind a series or concept.

    percentile, percentile_among, low, high: of a concept, as in ConceptPair.
    """

    similarity: float
    label: str
    page_id: int | None
    panel_id: int | None
    series_id: int | None
    pages: int | None
    books: int | None
    percentile: float | None
    percentile_among: str | None
    low: float | None
    high: float | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """A page of a concept.  matched: how, among series, title, character, story_arc, genre, text."""

    page_id: int
    book_id: int
    series: str | None
    number: str | None
    page_seq: int
    matched: list[str]


@dataclass(frozen=True, slots=True)
class ConceptDefinition:
    """A concept as it was defined.  text_query: web search syntax."""

    name: str
    text_query: str | None
    series: list[str]
    characters: list[str]
    genres: list[str]
    titles: list[str] = field(default_factory=list)
    story_arcs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """A space in which concepts can be averaged.  averaged: 'page' | 'panel' | 'strip'."""

    space: str
    averaged: str
    modality: str
    about: str


@dataclass(frozen=True, slots=True)
class SeriesOverview:
    """What the library holds of one series; series is None for books without one."""

    series_id: int | None
    series: str | None
    volume: int | None
    publisher: str | None
    books: int
    pages: int
    narrative_pages: int
    panels: int
    words: int
    failed_books: int
    failed_pages: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """How many books are in one state of one stage."""

    stage: str
    state: str
    error_code: str | None
    books: int
    mean_seconds: float | None
    last_change: datetime


@dataclass(frozen=True, slots=True)
class PageTypeAgreement:
    """How often pages declared as one type are predicted as another.  share: of those declared so, 0 to 1."""

    declared_type: str
    predicted_type: str
    agrees: bool
    pages: int
    share: float


@dataclass(frozen=True, slots=True)
class PanelStatistics:
    """Means over the narrative pages of a series that have panels; areas and shares are 0 to 1."""

    series_id: int | None
    series: str | None
    books: int
    pages: int
    panels: int
    panels_a_page: float
    words_a_panel: float
    silent_share: float
    panel_area: float | None
    full_width_share: float
    splash_share: float
    grid_share: float | None
