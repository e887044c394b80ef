"""Adaptive fusion: modalities weighed by a gate that knows which of them are there."""

from __future__ import annotations

import torch
from torch import Tensor, nn

MODALITIES = 3  # vision, text, composition
_LEGACY_PENALTY = 1e4


class AdaptiveFusion(nn.Module):
    """Weighs vision, text and composition of a panel (Stage 3, "AdaptiveFusion").

    A missing modality weighs exactly zero in gate and residual; a panel with none is the zero vector.
    legacy: the published checkpoints' form, where missing ones only have 10^4 taken from their logit and all
    three count in the residual, whatever they hold.
    """

    def __init__(self, dim: int, legacy: bool = False):
        super().__init__()
        self.legacy = legacy
        self.norm_vision = nn.LayerNorm(dim)
        self.norm_text = nn.LayerNorm(dim)
        self.norm_comp = nn.LayerNorm(dim)
        self.gate = nn.Sequential(
            nn.Linear(MODALITIES * dim + MODALITIES, dim), nn.GELU(), nn.Linear(dim, MODALITIES)
        )
        self.residual_weight = nn.Parameter(torch.tensor(0.1))

    def start_even(self, logits: Tensor) -> None:
        """Let the gate start from these three logits, whatever it sees."""
        last = self.gate[-1]
        assert isinstance(last, nn.Linear)
        nn.init.zeros_(last.weight)
        with torch.no_grad():
            last.bias.copy_(logits)

    def forward(self, states: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """states (n, 3, dim), present (n, 3) bool.  Returns fused vectors (n, dim) and gates (n, 3)."""
        norms = (self.norm_vision, self.norm_text, self.norm_comp)
        normed = torch.stack([norm(states[:, i]) for i, norm in enumerate(norms)], dim=1)
        if not self.legacy:
            normed = normed.masked_fill(~present.unsqueeze(-1), 0.0)
        logits = self.gate(torch.cat([normed.flatten(1), present.to(normed.dtype)], dim=1))
        gates = self._gates(logits, present)
        count = torch.full_like(gates[:, :1], MODALITIES) if self.legacy else present.sum(1, keepdim=True)
        mean = normed.sum(1) / count.clamp(min=1)
        return (gates.unsqueeze(-1) * normed).sum(1) + self.residual_weight * mean, gates

    def _gates(self, logits: Tensor, present: Tensor) -> Tensor:
        if self.legacy:
            return torch.softmax(logits - _LEGACY_PENALTY * (~present), dim=-1)
        nothing = ~present.any(dim=1, keepdim=True)
        masked = logits.masked_fill(~present, -torch.inf).masked_fill(nothing, 0.0)
        return torch.softmax(masked, dim=-1).masked_fill(~present, 0.0)
