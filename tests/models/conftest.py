"""The offline models, loaded once for all tests of this folder."""

from __future__ import annotations

import numpy as np
import pytest

from models.profiles import load_profile
from warehouse.contracts import PanelInputs, Pixels, Profile


@pytest.fixture(scope="session")
def offline() -> Profile:
    return load_profile("offline", threads=1)


@pytest.fixture(scope="session")
def pictures() -> list[Pixels]:
    """Seven drawings of different shapes: stripes of a direction, width and colour each."""
    drawn = []
    for i, (height, width) in enumerate(
        [(90, 60), (300, 300), (64, 64), (40, 400), (500, 90), (301, 299), (1, 1)]
    ):
        y, x = np.mgrid[:height, :width]
        waves = np.sin((x * np.cos(i) + y * np.sin(i)) / (3 + i))
        colour = np.array([255, 40 * i, 255 - 30 * i]) / 2
        drawn.append(((waves[..., None] + 1) * colour).clip(0, 255).astype(np.uint8))
    return drawn


@pytest.fixture
def panels() -> PanelInputs:
    """Eight panels with every combination of modalities, the last with none."""
    random = np.random.default_rng(7)
    present = np.array([[bool(n & 4), bool(n & 2), bool(n & 1)] for n in range(7, -1, -1)])
    return PanelInputs(
        features=random.random((8, 1280), np.float32),
        sentences=random.standard_normal((8, 384)).astype(np.float32),
        composition=random.random((8, 7), np.float32),
        present=present,
    )
