"""All issues of the library, in the order of its shelves."""

from __future__ import annotations

from samples.drawing.script import Issue
from samples.drawing.series import (
    juniper_001,
    juniper_002,
    lantern_fox_001,
    lantern_fox_002,
    tin_detective_001,
    tin_detective_002,
)

ISSUES: tuple[Issue, ...] = (
    tin_detective_001.ISSUE,
    tin_detective_002.ISSUE,
    juniper_001.ISSUE,
    juniper_002.ISSUE,
    lantern_fox_001.ISSUE,
    lantern_fox_002.ISSUE,
)
