"""How the warehouse stands as metrics: Prometheus' text exposition format, version 0.0.4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.queues import QUEUES
from warehouse.status_records import WarehouseStatus

Samples = Sequence[tuple[Mapping[str, str], float | None]]


@dataclass(frozen=True, slots=True)
class _Metric:
    """kind: 'gauge' | 'counter'.  samples: labels and value; a value that is not known is left out."""

    name: str
    kind: str
    meaning: str
    samples: Samples


def metrics_text(found: WarehouseStatus) -> str:
    """All metrics, each with its meaning and type; every line ends with a line feed."""
    lines = []
    for metric in (*_work(found), *_given_up(found), *_pipeline(found), *_library(found)):
        name = f"warehouse_{metric.name}"
        lines += [f"# HELP {name} {_escaped_help(metric.meaning)}", f"# TYPE {name} {metric.kind}"]
        lines += [
            f"{name}{_labels(labels)} {float(value)!r}"
            for labels, value in metric.samples
            if value is not None
        ]
    return "".join(f"{line}\n" for line in lines)


def _work(found: WarehouseStatus) -> Iterator[_Metric]:
    states: list[tuple[Mapping[str, str], float | None]] = [
        ({"stage": stage.stage, "queue": stage.queue, "state": state}, count)
        for stage in found.stages
        for state, count in stage.by_state.items()
    ]
    yield _Metric("work", "gauge", "Stages of books by state.", states)

    def each_stage(name: str) -> Samples:
        return [
            ({"stage": stage.stage, "queue": stage.queue}, getattr(stage, name)) for stage in found.stages
        ]

    yield _Metric(
        "completions_total",
        "counter",
        "Books of which a stage is done; falls where work is to be done again.",
        each_stage("done"),
    )
    yield _Metric(
        "work_blocked", "gauge", "Waiting for a stage that failed or was given up.", each_stage("blocked")
    )
    yield _Metric(
        "completions_per_minute", "gauge", "Books done, last ten minutes.", each_stage("works_a_minute")
    )
    yield _Metric(
        "pages_per_minute", "gauge", "Pages of those books, last ten minutes.", each_stage("pages_a_minute")
    )
    yield _Metric(
        "stage_seconds", "gauge", "Mean seconds a book takes, last ten minutes.", each_stage("mean_seconds")
    )


def _given_up(found: WarehouseStatus) -> Iterator[_Metric]:
    yield _Metric(
        "failures",
        "gauge",
        "Stages of books that failed or were quarantined, by error code.",
        [({"state": work.state, "code": work.code or ""}, work.works) for work in found.given_up],
    )
    quarantined = sum(stage.quarantined for stage in found.stages)
    yield _Metric("quarantined", "gauge", "Stages of books given up.", [({}, quarantined)])


def _pipeline(found: WarehouseStatus) -> Iterator[_Metric]:
    for state, meaning in (("ready", "has been ready"), ("leased", "has been under way")):
        ages: Samples = [
            ({"stage": work.stage, "queue": work.queue}, work.seconds)
            for work in found.oldest
            if work.state == state
        ]
        yield _Metric(f"oldest_{state}_seconds", "gauge", f"How long the oldest work {meaning}.", ages)
    overdue = sum(work.overdue for work in found.oldest)
    yield _Metric("leases_overdue", "gauge", "Leases whose time is up.", [({}, overdue)])
    living = [worker for worker in found.workers if worker.living]
    yield _Metric("workers", "gauge", "Living worker processes.", [({}, len(living))])
    serving = Counter(queue for worker in living for queue in worker.queues)
    yield _Metric(
        "queue_workers",
        "gauge",
        "Living worker processes that serve a queue.",
        [({"queue": queue}, serving[queue]) for queue in QUEUES],
    )
    yield _Metric("left_to_do", "gauge", "Stages of books left to do.", [({}, found.left_to_do)])
    yield _Metric(
        "left_seconds",
        "gauge",
        "Time left at the pace of the last ten minutes; absent where nothing is being done.",
        [({}, found.seconds_left)],
    )


def _library(found: WarehouseStatus) -> Iterator[_Metric]:
    books: Samples = [({"status": status}, count) for status, count in found.books.items()]
    yield _Metric("books", "gauge", "Books by status.", books)
    errors: Samples = [({"code": code}, count) for code, count in found.failures.items()]
    yield _Metric("book_errors", "gauge", "Books by error code.", errors)
    pages = "Pages." if found.objects.exact else "Pages, as the planner estimates them."
    yield _Metric("pages", "gauge", pages, [({}, found.objects.pages)])
    unreadable = found.objects.unreadable_pages
    yield _Metric("pages_unreadable", "gauge", "Pages that cannot be read.", [({}, unreadable)])


def _labels(labels: Mapping[str, str]) -> str:
    listed = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{listed}}}" if listed else ""


def _escaped(value: str) -> str:
    return _escaped_help(value).replace('"', '\\"')


def _escaped_help(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")
