"""What a model's vectors of a book lack: a stage makes only what is missing or stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from warehouse.contracts import ModelIdentity, Vectors
from warehouse.database.queries import stored_hashes
from warehouse.records import VectorRows
from warehouse.stages.job import Job


@dataclass(frozen=True, slots=True)
class Gap:
    """What one table has of a book by one model, and should have: input hashes by owner."""

    table: str
    model: ModelIdentity
    wanted: Mapping[int, UUID]
    stored: Mapping[int, UUID]

    @property
    def owners(self) -> list[int]:
        """The owners whose vector is missing or made from something else, in the order wanted."""
        return [owner for owner, hash_ in self.wanted.items() if self.stored.get(owner) != hash_]

    @property
    def obsolete(self) -> tuple[int, ...]:
        """The owners that are to have no vector any more."""
        return tuple(owner for owner in self.stored if owner not in self.wanted)

    def rows(self, vectors: Mapping[int, Vectors]) -> VectorRows:
        """The rows that close the gap, from vectors (dim,) by owner."""
        owners = tuple(self.owners)
        v = np.stack([vectors[owner] for owner in owners]) if owners else _none(self.model.dim)
        hashes = tuple(self.wanted[owner] for owner in owners)
        return VectorRows(self.table, self.model, owners, hashes, v, self.obsolete)


def gap(job: Job, table: str, model: ModelIdentity, wanted: Mapping[int, UUID]) -> Gap:
    """What is between what is stored of the job's book and what is wanted."""
    return Gap(table, model, wanted, stored_hashes(job.connection, job.book.id, table, model))


def as_stored(vectors: Vectors) -> Vectors:
    """Vectors in the half precision of their tables.

    So what builds on them comes out the same whether they were just made or made before.
    """
    return vectors.astype(np.float16).astype(np.float32)


def _none(dim: int) -> Vectors:
    return np.empty((0, dim), np.float32)
