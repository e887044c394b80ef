"""Our networks against the numbers of the published ones, under the fill of ../shared/interop."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.panel_encoder import PUBLISHED, PanelNetwork
from models.sentence_encoder import masked_mean
from models.strip_encoder import StripEncoderConfig, StripNetwork

ATOL = 2e-5


def uniform(key: str, count: int) -> NDArray[np.float64]:
    """Hash of key and place, from -1 to 1: steps 1 to 3 of the recipe."""
    h = (np.arange(count, dtype=np.uint64) * 2654435761 + zlib.crc32(key.encode())).astype(np.uint32)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return h / 2**31 - 1


def filled(key: str, tensor: Tensor) -> Tensor:
    """A tensor's value under the fill: steps 4 and 5."""
    if not tensor.is_floating_point() or key.endswith("pos_encoder.pe"):
        return tensor
    u = uniform(key, tensor.numel())
    if key.endswith("running_var"):
        u = 1 + 0.5 * u
    elif tensor.dim() == 0:
        u = 0.25 + 0.1 * u
    elif tensor.dim() == 1:
        u = 1 + 0.2 * u if key.endswith(".weight") else 0.1 * u
    elif key.endswith("strip_query"):
        u = u * 3**0.5
    else:
        u = u * (3 / np.prod(tensor.shape[1:])) ** 0.5
    return torch.from_numpy(u.astype(np.float32)).reshape(tensor.shape)


def fill(network: nn.Module) -> nn.Module:
    network.load_state_dict({key: filled(key, tensor) for key, tensor in network.state_dict().items()})
    return network.eval()


@cache
def strip_network() -> StripNetwork:
    network = fill(StripNetwork(StripEncoderConfig(content_norm=0)))
    assert isinstance(network, StripNetwork)
    return network


@cache
def panel_network() -> PanelNetwork:
    network = fill(PanelNetwork(PUBLISHED))
    assert isinstance(network, PanelNetwork)
    return network


def golden(shared: Path, name: str) -> Mapping[str, Tensor]:
    with np.load(shared / "interop" / f"golden_{name}.npz") as arrays:
        return {key: torch.from_numpy(arrays[key]) for key in arrays}


def facts(shared: Path, name: str) -> dict[str, dict[str, list[float]]]:
    return json.loads((shared / "interop" / f"{name}.json").read_text("utf-8"))


def close(actual: Tensor, expected: Tensor, atol: float = ATOL) -> None:
    torch.testing.assert_close(actual, expected, atol=atol, rtol=0)


@pytest.mark.parametrize(
    ("name", "network"), [("stage4_strip_encoder", strip_network), ("stage3_panel_encoder", panel_network)]
)
def test_keys_and_shapes_are_the_published_ones(shared: Path, name: str, network: object) -> None:
    assert callable(network)
    state = network().state_dict()
    known = facts(shared, name)
    assert {key: list(tensor.shape) for key, tensor in state.items()} == known["state_dict"]
    for key, start in known["fill_probe"].items():
        np.testing.assert_allclose(state[key].flatten()[:3], start, atol=1e-7)


@torch.inference_mode()
def test_strips_come_out_as_published(shared: Path) -> None:
    arrays = golden(shared, "stage4")
    panels, present = arrays["in_panel_embeddings"], arrays["in_panel_mask"].bool()
    context, strip = strip_network()(panels, present)
    close(context[present], arrays["out_contextualized_panels"][present])
    close(strip, arrays["out_strip_embedding"])
    context, strip = strip_network()(panels[:1, :5], present[:1, :5])
    close(context, arrays["out_unpadded5_contextualized_panels"])
    close(strip, arrays["out_unpadded5_strip_embedding"])


@torch.inference_mode()
def test_task_heads_score_as_published(shared: Path) -> None:
    arrays, network = golden(shared, "stage4"), strip_network()
    closure = arrays["in_closure_preceding"], arrays["in_closure_candidates"]
    scores = {
        "panel_picking": network.panel_picking_head(arrays["in_pick_context"], arrays["in_pick_candidates"]),
        "character_coherence": network.character_coherence_head(
            arrays["in_coherence_sequence"], arrays["in_coherence_candidate"]
        ),
        "visual_closure": network.visual_closure_head(*closure),
        "text_closure": network.text_closure_head(*closure),
        "caption_relevance": network.caption_relevance_head(
            arrays["in_caption_panel"], arrays["in_caption_text"]
        ),
        "text_cloze": network.text_cloze_head(
            arrays["in_cloze_visual"], arrays["in_cloze_surrounding"], arrays["in_cloze_candidates"]
        ),
        "reading_order": network.reading_order_head(arrays["in_order_panels"]),
    }
    for task, actual in scores.items():
        close(actual, arrays[f"out_{task}"])


@torch.inference_mode()
def test_panels_come_out_as_published(shared: Path) -> None:
    arrays = golden(shared, "stage3")
    features = torch.cat([arrays["in_siglip_pooler_768"], arrays["in_resnet_2048"]], dim=1)
    for place, mask in enumerate(arrays["in_modality_masks"].bool()):
        states = panel_network()(
            features, arrays["in_minilm_mean_384"], arrays["in_composition_7"], mask.expand(4, 3)
        )
        atol = ATOL if mask.any() else 2e-3
        close(states.fused, arrays["out_panel_embedding"][place], atol)
        close(states.gates, arrays["out_gate_weights"][place], atol)
        close(states.vision, arrays["out_image_only_512"])
        close(states.text, arrays["out_text_only_512"])
        close(states.composition, arrays["out_composition_512"])


@torch.inference_mode()
def test_text_pools_as_published(shared: Path) -> None:
    arrays = golden(shared, "stage3")
    mean = masked_mean(arrays["in_pool_token_embeddings"], arrays["in_pool_attention_mask"])
    close(panel_network().text(mean), arrays["out_pool_text_512"])
