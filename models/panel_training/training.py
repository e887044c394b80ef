"""Training the network of `models/panel_votes` on pages drawn at random."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from models.panel_training.losses import Losses, losses
from models.panel_training.stream import Source, batches
from models.panel_training.targets import Lesson
from models.panel_votes.network import PanelVoteNetwork, VoteNetworkConfig

_BATCH = 4
_RATE, _LATER_RATE, _LAST_RATE = 2.5e-3, 1.2e-3, 2e-5
_WARMING = 0.04  # of all steps
_DECAY = 0.02
_LONGEST_MEMORY = 0.998  # of the mean of weights


@dataclass(frozen=True, slots=True)
class Progress:
    """How it goes: means over the last steps."""

    pages: int
    loss: float
    overlap: float


def train_votes(
    source: Source,
    pages: int,
    seed: int,
    report: Callable[[Progress, PanelVoteNetwork], None],
    config: VoteNetworkConfig | None = None,
    every: int = 100,
    start: PanelVoteNetwork | None = None,
) -> PanelVoteNetwork:
    """A network trained on so many pages; the same for the same seed on the same machine.

    report: is given the progress, and the network as it would be shipped, every so many steps of four pages.
    Adam with decoupled weight decay (Loshchilov and Hutter 2019), the rate warmed up, then falling as a
    cosine; what is returned is the moving mean of the weights.  start: what has been trained before, to go on
    from at half the rate; it is changed.
    """
    torch.manual_seed(seed)
    network, highest = (PanelVoteNetwork(config), _RATE) if start is None else (start, _LATER_RATE)
    mean = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = max(1, pages // _BATCH)
    seen: list[tuple[float, float]] = []
    for step, lessons in zip(range(1, steps + 1), batches(source, seed, _BATCH), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = _rate(step / steps, highest)
        network.train()
        wrong = batch_loss(network, lessons)
        optimiser.zero_grad()
        wrong.total.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        _approach(mean, network, min(_LONGEST_MEMORY, 1 - 5 / (step + 5)))
        seen.append((float(wrong.total.detach()), wrong.overlap))
        if step % every == 0 or step == steps:
            loss, overlap = np.mean(seen, axis=0)
            report(Progress(step * _BATCH, float(loss), float(overlap)), mean)
            seen.clear()
    return mean.eval()


def batch_loss(network: PanelVoteNetwork, lessons: list[Lesson]) -> Losses:
    """How wrong a network is on a batch."""
    votes = network(_stacked(lessons, "page")[:, None])
    return losses(votes, *(_stacked(lessons, name) for name in _TRUTH))


_TRUTH = ("present", "inside", "edge", "distances", "weight")


def _stacked(lessons: list[Lesson], name: str) -> Tensor:
    return torch.from_numpy(np.stack([getattr(one, name) for one in lessons]))


def _rate(share: float, highest: float) -> float:
    if share < _WARMING:
        return highest * share / _WARMING
    fallen = (share - _WARMING) / (1 - _WARMING)
    return _LAST_RATE + (highest - _LAST_RATE) * (1 + math.cos(math.pi * fallen)) / 2


@torch.no_grad()
def _approach(mean: PanelVoteNetwork, network: PanelVoteNetwork, memory: float) -> None:
    for old, new in zip(mean.state_dict().values(), network.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new, 1 - memory)
        else:
            old.copy_(new)
