"""Duplicates among real pages: one page saved in other ways is one picture, other pages are others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.planted import PlantedProfile
from tests.real.duplicate_distances import Page, real_pages, variants
from warehouse.books.looking import PageLook, look
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.database.duplicate_answers import MAX_DISTANCE, DuplicateRequest, duplicate_pages_question
from warehouse.duplicates.grouping import PageHashes, group_pages
from warehouse.duplicates.refreshing import refresh_groups
from warehouse.ingest import ingest

TRIMMED = ("1% cut off each side", "3% cut off each side", "brighter by 20 levels")
"""Other pictures, strictly: most of them group, some don't."""


def groups_of(looks: list[PageLook]) -> dict[int, set[int]]:
    """Canonical page → pages, by place; the first is the best."""
    pages = PageHashes(
        np.arange(len(looks)),
        np.array([seen.fingerprint.phash for seen in looks], np.uint64),
        np.array([seen.width / seen.height for seen in looks]),
    )
    found = group_pages(pages, MAX_DISTANCE)
    groups: dict[int, set[int]] = {}
    for page, canonical in zip(found.page_ids.tolist(), found.canonical_ids.tolist(), strict=True):
        groups.setdefault(canonical, set()).add(page)
    return groups


def test_one_page_thrice(shared: Path, database: Database, connection: Connection) -> None:
    book = shared / "data" / "odd" / "generated" / "duplicate-pages.cbz"
    ingest([book], database, PlantedProfile(), SilentProgress())
    refresh_groups(connection, MAX_DISTANCE)
    first, second, third = duplicate_pages_question(DuplicateRequest()).answer(connection)
    assert [page.page_seq for page in (first, second, third)] == [0, 1, 2]
    assert [page.is_canonical for page in (first, second, third)] == [True, False, False]
    assert [page.same_bytes for page in (first, second, third)] == [True, True, False]
    assert third.distance <= 2
    [exact, _] = duplicate_pages_question(DuplicateRequest(same_bytes_only=True)).answer(connection)
    assert (exact.page_seq, exact.pages) == (0, 2)


@pytest.mark.parametrize("book", ["science-comics-001.cbz", "tencho_isoro.cbz", "haruko.epub"])
def test_pages_saved_again_group_and_others_do_not(shared: Path, book: str) -> None:
    pages = list(real_pages([shared / "data" / "books" / book]))
    pages = pages[:: max(1, len(pages) // 12)]
    looks, source = [page.look for page in pages], list(range(len(pages)))
    for place, page in enumerate(pages):
        for name, data in variants(page.data):
            if name not in TRIMMED:
                looks.append(look(data))
                source.append(place)
    groups = groups_of(looks)
    assert set(groups) == set(range(len(pages)))
    for canonical, members in groups.items():
        assert members == {place for place, page in enumerate(source) if page == canonical}


def test_pages_of_real_series_are_different_pictures(shared: Path) -> None:
    """All but title banners, which differ in one line of small type, and one book in two languages."""
    pages = list(real_pages([shared / "data" / "books", shared / "data" / "train" / "uncle-wiggily"]))
    for members in groups_of([page.look for page in pages]).values():
        together = [pages[place] for place in sorted(members)]
        assert all(is_banner(page) for page in together) or is_translated(together)


def is_banner(page: Page) -> bool:
    return page.look.width > 3 * page.look.height


def is_translated(pages: list[Page]) -> bool:
    books = {page.book.stem for page in pages}
    return len({page.seq for page in pages}) == 1 and books == {
        "pepper-and-carrot-01-en",
        "pepper-and-carrot-01-fr",
    }
