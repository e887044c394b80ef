"""Which queue carries which stages: by what they need of a machine."""

from __future__ import annotations

from collections.abc import Mapping

QUEUES: Mapping[str, tuple[str, ...]] = {
    "io": ("pages",),
    "cpu": ("panels", "text"),
    "gpu": ("page_types", "panel_vectors", "strips"),
    "export": (),
}
"""Queue to stages, in the order they run."""


def queue_of(stage: str) -> str:
    """The queue that carries a stage.  Raises ValueError for a stage there is not."""
    for queue, stages in QUEUES.items():
        if stage in stages:
            return queue
    raise ValueError(stage)
