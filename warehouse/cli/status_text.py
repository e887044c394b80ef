"""What `warehouse status` tells, as lines for people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from warehouse.cli.output import table_lines
from warehouse.records import Coverage, MissingFiles, ModelStatus
from warehouse.status_records import GivenUpWork, ObjectCounts, StageStatus, WarehouseStatus, WorkItem

MISSING_SHOWN = 5
_UNITS = (("d", 86400), ("h", 3600), ("min", 60))


def status_lines(found: WarehouseStatus) -> Iterator[str]:
    """All of it, what was not looked at aside."""
    yield from pipeline_lines(found)
    if found.failures:
        yield ""
        yield from table_lines(("error code", "books"), list(found.failures.items()))
    if found.models:
        yield ""
        yield from table_lines(
            ("model", "kind", "revision", "dim", "trained", "status"),
            [(m.name, m.kind, m.revision, m.dim, m.trained, m.status) for m in found.models],
        )
    if found.coverage:
        yield from _vector_lines(found.coverage, found.models)
    if found.missing is not None:
        yield from missing_lines(found.missing, MISSING_SHOWN)
    unseen = [
        option
        for option, seen in (
            ("--exact", found.objects.exact),
            ("--vectors", found.coverage is not None),
            ("--missing", found.missing is not None),
        )
        if not seen
    ]
    if unseen:
        yield f"\nnot looked at; to do so, which takes a while: warehouse status {' '.join(unseen)}"


def pipeline_lines(found: WarehouseStatus) -> Iterator[str]:
    """How the work stands: what --watch shows."""
    yield "books: " + (", ".join(f"{count} {name}" for name, count in found.books.items()) or "none yet")
    yield from _object_lines(found.objects)
    yield ""
    yield from _stage_lines(found.stages)
    yield f"\nleft to do: {_left(found)}"
    for state, said in (("leased", "oldest lease"), ("ready", "oldest ready work")):
        oldest = found.oldest_in(state)
        if oldest is not None:
            yield f"{said}: {duration(oldest.seconds)}, {oldest.stage}"
    overdue = sum(work.overdue for work in found.oldest)
    if overdue:
        yield f"leases whose time is up: {overdue}; a worker or the next ingest frees those"
    yield from _worker_lines(found)
    yield from _given_up_lines(found.given_up)


def duration(seconds: float) -> str:
    """'45 s', '3 min', '2.5 h', '4.0 d'."""
    for unit, length in _UNITS:
        if seconds >= length * (2 if unit != "min" else 1.5):
            return f"{seconds / length:.0f} {unit}" if unit == "min" else f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"


def place_of(item: WorkItem) -> str:
    """A book in few words: its series and number, else the name of its file."""
    words = [word for word in (item.series, item.number) if word]
    return " ".join(words) if item.series else os.path.basename(item.path)


def missing_lines(missing: MissingFiles, most: int) -> Iterator[str]:
    """Paths in full, however wide: they are to be copied."""
    if missing.count:
        alone = "1 book has" if missing.books == 1 else f"{missing.books} books have"
        books = f"; {alone} no other copy" if missing.books else ""
        yield f"\nmissing files: {missing.count}{books}"
        for file in missing.files[:most]:
            copies = f" (also at {file.copies[0]})" if file.copies else ""
            reason = " (holds another book now)" if file.reason == "overwritten" else copies
            yield f"  book {file.book_id}: {file.path}{reason}"
        if missing.count > most:
            yield f"  … and {missing.count - most} more: warehouse status --missing"
        yield "  ingest them where they are now, or 'warehouse forget' them; nothing is deleted by itself"
    else:
        yield "\nmissing files: none"
    if missing.unknown:
        yield f"files on disks that do not answer: {missing.unknown}"


def _object_lines(counts: ObjectCounts) -> Iterator[str]:
    unreadable = f" ({counts.unreadable_pages} unreadable)" if counts.unreadable_pages else ""
    about = "" if counts.exact else "about "
    numbers = [
        f"{name}: {about}{count if counts.exact else _rounded(count)}"
        for name, count in (
            ("pages", counts.pages),
            ("panels", counts.panels),
            ("lines of text", counts.lines),
            ("strips", counts.strips),
        )
    ]
    numbers[0] += unreadable
    yield ", ".join(numbers)


def _rounded(count: int) -> str:
    """An estimate to three digits: '340,000'."""
    return f"{int(float(f'{count:.3g}')):,}"


def _stage_lines(stages: Sequence[StageStatus]) -> Iterator[str]:
    headings = ("stage", "waiting", "ready", "leased", "done", "failed", "quarantined")
    rows = [
        (s.stage, s.waiting, s.ready, s.leased, s.done, s.failed, s.quarantined, _pace(s.works_a_minute),
         _pace(s.pages_a_minute), None if s.mean_seconds is None else f"{s.mean_seconds:.1f}")
        for s in stages
    ]  # fmt: skip
    yield from table_lines((*headings, "books/min", "pages/min", "s/book"), rows)


def _pace(works: float) -> str | None:
    return f"{works:.1f}" if works else None


def _left(found: WarehouseStatus) -> str:
    if not found.left_to_do:
        return "nothing"
    seconds = found.seconds_left
    pace = "at the pace of the last ten minutes"
    rate = "no pace yet" if seconds is None else f"about {duration(seconds)} {pace}"
    return f"{found.left_to_do} stages of books, {rate}"


def _worker_lines(found: WarehouseStatus) -> Iterator[str]:
    living = sum(worker.living for worker in found.workers)
    yield f"\nworkers: {living or 'none'}"
    if found.workers:
        rows = [
            (w.name, ", ".join(w.queues), f"{duration(w.seen_seconds)} ago" + ("" if w.living else ", lost?"),
             w.held, None if w.held_seconds is None else duration(w.held_seconds), w.done)
            for w in found.workers
        ]  # fmt: skip
        yield from table_lines(("worker", "queues", "seen", "holds", "longest", "done in 10 min"), rows)
    if found.leased:
        yield ""
        under_way = [
            (i.stage, f"{i.book_id} {place_of(i)}", duration(i.seconds), i.attempts, i.worker)
            for i in found.leased
        ]
        yield from table_lines(("under way", "book", "for", "attempt", "by"), under_way)
        more = sum(stage.leased for stage in found.stages) - len(found.leased)
        if more > 0:
            yield f"… and {more} more: warehouse work show --state leased"


def _given_up_lines(given_up: Sequence[GivenUpWork]) -> Iterator[str]:
    if not given_up:
        return
    yield ""
    rows = []
    for work in given_up:
        named = ", ".join(f"{item.book_id} {place_of(item)}" for item in work.latest)
        more = ", …" if work.works > len(work.latest) else ""
        rows.append((work.state, work.code, work.works, f"{named}{more}"))
    yield from table_lines(("given up", "error code", "stages", "books"), rows)
    yield "why: warehouse work show; again: warehouse work retry"


def _vector_lines(coverage: Sequence[Coverage], models: Sequence[ModelStatus]) -> Iterator[str]:
    """What is missing or stale, and the command that makes it."""
    lacking = [row for row in coverage if (row.missing or row.stale) and row.status != "retired"]
    if not lacking:
        yield "\nvectors: all there, none stale"
        return
    yield ""
    yield from table_lines(
        ("vectors", "model", "status", "owners", "with vector", "missing", "stale"),
        [
            (r.vector_table, f"{r.model_id} {r.name}", r.status, r.owners, r.with_vector, r.missing, r.stale)
            for r in lacking
        ],
    )
    of = {row.model_id for row in lacking}
    profiles = sorted({profile for model in models if model.id in of for profile in model.profiles})
    for profile in profiles:
        yield f"to make these, and only these: WAREHOUSE_PROFILE={profile} warehouse models refresh"
