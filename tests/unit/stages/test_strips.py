"""Strips hold at most 16 panels, and no panel is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.stages.strips import cut_strips, pool


@given(st.integers(0, 200))
def test_strips_cover_all_panels_in_order(count: int) -> None:
    strips = cut_strips(count)
    assert [panel for first, last in strips for panel in range(first, last + 1)] == list(range(count))
    assert all(1 <= last - first + 1 <= 16 for first, last in strips)
    assert len(strips) == -(-count // 16)


def test_a_long_page_is_cut_evenly() -> None:
    assert cut_strips(17) == [(0, 8), (9, 16)]


def test_pooled_vectors_have_length_one() -> None:
    assert np.linalg.norm(pool(np.asarray([[3.0, 0.0], [0.0, 1.0]], np.float32))) == pytest.approx(1)
    assert not pool(np.asarray([[1.0, 0.0], [-1.0, 0.0]], np.float32)).any()
