"""Which pages a snapshot holds, in which order, in which split, and which of them show the same picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.database.binary_copy import Records
from warehouse.database.connection import Connection
from warehouse.database.duplicate_answers import MAX_DISTANCE, grouping
from warehouse.database.page_hashes import hashes_seen
from warehouse.database.snapshot_session import comparable_pages, page_rows, stored_groups, unit_names
from warehouse.duplicates.grouping import group_pages
from warehouse.snapshots.request import PageFilter, SnapshotRequest
from warehouse.snapshots.splits import split_units

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """The pages of a snapshot, one row each, in the order of the store.

    rows: as snapshot_session.PAGES.  canonical: (n,) the page that stands for the picture.
    split: (n,) names.  starts: (n + 1,) where the panels of each page begin.  groups: (n,) equal for pages
    that cannot be in different splits.
    """

    rows: Records
    canonical: Ids
    split: NDArray[np.object_]
    starts: Ids
    groups: Ids

    @property
    def page_ids(self) -> Ids:
        return self.rows["page_id"].astype(np.int64)

    @property
    def panels(self) -> int:
        return int(self.starts[-1])


def plan_pages(connection: Connection, request: SnapshotRequest) -> PagePlan:
    """The pages asked for, as the open transaction sees them; splits are of the whole library."""
    every = page_rows(connection, PageFilter())
    ids = every["page_id"].astype(np.int64)
    canonical = _canonical(connection, ids)
    split, groups = _splits(connection, every, canonical, request.seed)
    chosen = np.ones(len(ids), np.bool_)
    if request.pages != PageFilter():
        chosen &= np.isin(ids, page_rows(connection, request.pages)["page_id"].astype(np.int64))
    if request.canonical_only:
        chosen &= (canonical == ids) & np.isin(ids, comparable_pages(connection))
    rows = every[chosen]
    starts = np.concatenate([[0], np.cumsum(rows["panels"].astype(np.int64))])
    return PagePlan(rows, canonical[chosen], split[chosen], starts, groups[chosen])


def _canonical(connection: Connection, ids: Ids) -> Ids:
    """The page that stands for the picture of each page: itself where there is no other."""
    known = grouping(connection, MAX_DISTANCE)
    if known is not None and not known.stale:
        members, leaders = stored_groups(connection, MAX_DISTANCE)
    else:
        groups = group_pages(hashes_seen(connection)[1], MAX_DISTANCE)
        members, leaders = groups.page_ids, groups.canonical_ids
    found = ids.copy()
    order = np.argsort(ids, kind="stable")
    found[order[np.searchsorted(ids[order], members)]] = leaders
    return found


def _splits(
    connection: Connection, rows: Records, canonical: Ids, seed: int
) -> tuple[NDArray[np.object_], Ids]:
    """(n,) the split of each page, and what it hangs together with."""
    ids, units = rows["page_id"].astype(np.int64), rows["unit"].astype(np.int64)
    if not len(ids):
        return np.empty(0, np.object_), np.empty(0, np.int64)
    order = np.argsort(ids, kind="stable")
    leading = units[order[np.searchsorted(ids[order], canonical)]]
    splits = split_units(units, leading, unit_names(connection), seed)
    known, places = np.unique(units, return_inverse=True)
    found = [splits[int(unit)] for unit in known]
    names = np.asarray([split.name for split in found], np.object_)
    return names[places], np.asarray([split.group for split in found], np.int64)[places]
