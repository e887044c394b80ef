from __future__ import annotations

import numpy as np
import pytest

from models.backbones import network_size
from warehouse.contracts import Pixels, Profile


def test_features_of_pictures_of_any_size(offline: Profile, pictures: list[Pixels]) -> None:
    features = offline.backbone.encode(pictures)
    assert features.shape == (7, 1280)
    assert features.dtype == np.float32
    assert np.isfinite(features).all()
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    others = (unit @ unit.T)[~np.eye(7, dtype=bool)]
    assert others.max() < 0.95, "different pictures have different features"


def test_order_and_company_do_not_matter(offline: Profile, pictures: list[Pixels]) -> None:
    together = offline.backbone.encode(pictures)
    backwards = offline.backbone.encode(pictures[::-1])[::-1]
    alone = np.concatenate([offline.backbone.encode([picture]) for picture in pictures])
    np.testing.assert_allclose(together, backwards, atol=1e-4)
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_a_picture_resembles_itself_enlarged(offline: Profile, pictures: list[Pixels]) -> None:
    picture = pictures[1]
    twice = picture.repeat(2, axis=0).repeat(2, axis=1)
    features = offline.backbone.encode([picture, twice, pictures[5]])
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    assert unit[0] @ unit[1] > 0.97
    assert unit[0] @ unit[1] > unit[0] @ unit[2]


def test_no_pictures(offline: Profile) -> None:
    assert offline.backbone.encode([]).shape == (0, 1280)


@pytest.mark.parametrize("shape", [(0, 5, 3), (5, 5), (5, 5, 4)])
def test_refuses_what_is_no_rgb_picture(offline: Profile, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="picture 0"):
        offline.backbone.encode([np.zeros(shape, np.uint8)])


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(100, 100, (224, 224)), (400, 100, (448, 128)), (1, 900, (128, 448)), (900, 600, (288, 192))],
)
def test_network_size_keeps_the_shape(width: int, height: int, size: tuple[int, int]) -> None:
    assert network_size(width, height) == size
