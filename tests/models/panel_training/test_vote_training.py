"""A tiny training: the loss falls, a seed gives the same weights, and they come back from their files."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from models.panel_detector import OpenCvPanelDetector
from models.panel_training.examples import ReadPage, source_of
from models.panel_training.stream import Source, batches
from models.panel_training.training import Progress, batch_loss, train_votes
from models.panel_votes.network import PanelVoteNetwork, VoteNetworkConfig
from models.panel_votes.stored import load_votes, save_votes
from tests.models.panel_training.test_drawn_pages import drawn_picture
from warehouse.errors import ModelError
from warehouse.geometry import Box

TINY = VoteNetworkConfig((4, 8, 8, 16), layers=1, heads=2)


@pytest.fixture(scope="module")
def source() -> Source:
    pages = [ReadPage(drawn_picture(seed), [Box(5, 5, 210, 290)], "story") for seed in range(4)]
    return source_of(pages, OpenCvPanelDetector())


def trained(source: Source, pages: int) -> tuple[PanelVoteNetwork, list[Progress]]:
    told: list[Progress] = []
    network = train_votes(source, pages, 3, lambda progress, _: told.append(progress), TINY, every=6)
    return network, told


def error(network: PanelVoteNetwork, source: Source) -> float:
    """The loss on four pages that are none of those trained on."""
    with torch.inference_mode():
        return float(batch_loss(network.train(), next(batches(source, 77, 4))).total)


def test_the_loss_falls(source: Source) -> None:
    torch.manual_seed(3)
    untrained = error(PanelVoteNetwork(TINY), source)
    network, told = trained(source, 48)
    assert [progress.pages for progress in told] == [24, 48]
    assert error(network, source) < 0.93 * untrained


def test_a_seed_gives_the_same_weights_and_files_keep_them(source: Source, tmp_path: Path) -> None:
    (one, _), (same, _) = trained(source, 8), trained(source, 8)
    save_votes(tmp_path, one)
    for other in (same, load_votes(tmp_path)):
        assert all(
            torch.equal(a, b)
            for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True)
        )


def test_a_folder_without_weights_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read the model description"):
        load_votes(tmp_path)
