"""The weights as files: written by training, read by the detector."""

from __future__ import annotations

from pathlib import Path

from models.panel_votes.network import PanelVoteNetwork, VoteNetworkConfig
from models.weights import load_weights, read_stored_model, save_model

NAME = "panel-votes"


def save_votes(folder: Path, network: PanelVoteNetwork, revision: str = "1") -> None:
    """Write the weights of a network that has been trained to a folder, made if need be."""
    save_model(folder, network, name=NAME, revision=revision, config=network.config, trained=True)


def load_votes(folder: Path) -> PanelVoteNetwork:
    """The network of a folder, ready to be asked.  Raises ModelError where it cannot be read."""
    config = dict(read_stored_model(folder).config)
    network = PanelVoteNetwork(VoteNetworkConfig(**{**config, "channels": tuple(config["channels"])}))
    load_weights(folder, network)
    return network.eval()
