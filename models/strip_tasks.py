"""The seven tasks a strip encoder learns from, as heads on panel vectors.

Five of ComicsPAP (Vivoli et al. 2025, arXiv:2503.08561), Text-Cloze (arXiv:2403.03719) and reading order.
All return scores without a sigmoid or softmax; d is the panel dimension.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def pair_scorer(dim: int, dropout: float) -> nn.Sequential:
    """Scores the concatenation of two panel vectors: (..., 2d) to (..., 1)."""
    return nn.Sequential(nn.Linear(2 * dim, dim), nn.GELU(), nn.Dropout(dropout), nn.Linear(dim, 1))


def beside(context: Tensor, candidates: Tensor) -> Tensor:
    """Each candidate after its context: (b, d) and (b, k, d) to (b, k, 2d)."""
    return torch.cat([context.unsqueeze(1).expand_as(candidates), candidates], dim=-1)


class PanelPickingHead(nn.Module):
    """Sequence filling: which candidate is the missing panel."""

    def __init__(self, dim: int, dropout: float):
        super().__init__()
        self.scorer = pair_scorer(dim, dropout)

    def forward(self, context: Tensor, candidates: Tensor) -> Tensor:
        """context (b, d), candidates (b, k, d).  Returns (b, k)."""
        return self.scorer(beside(context, candidates)).squeeze(-1)


class CharacterCoherenceHead(nn.Module):
    """Whether a candidate shows the sequence's characters."""

    def __init__(self, dim: int, dropout: float):
        super().__init__()
        self.consistency_scorer = pair_scorer(dim, dropout)

    def forward(self, sequence: Tensor, candidate: Tensor) -> Tensor:
        """sequence (b, n, d), all of it panels; candidate (b, d).  Returns (b,)."""
        return self.consistency_scorer(torch.cat([sequence.mean(1), candidate], dim=-1)).squeeze(-1)


class ClosureHead(nn.Module):
    """Visual or text closure: which candidate goes on from the last panel."""

    def __init__(self, dim: int, dropout: float):
        super().__init__()
        self.closure_net = nn.Sequential(
            *(nn.Linear(2 * dim, dim), nn.GELU(), nn.Dropout(dropout)),
            *(nn.Linear(dim, dim), nn.GELU(), nn.Linear(dim, 1)),
        )

    def forward(self, preceding: Tensor, candidates: Tensor) -> Tensor:
        """preceding (b, n, d), of which the last panel counts; candidates (b, k, d).  Returns (b, k)."""
        return self.closure_net(beside(preceding[:, -1], candidates)).squeeze(-1)


class CaptionRelevanceHead(nn.Module):
    """Whether a caption belongs to a panel."""

    def __init__(self, dim: int):
        super().__init__()
        self.relevance_scorer = nn.Bilinear(dim, dim, 1)

    def forward(self, panel: Tensor, caption: Tensor) -> Tensor:
        """panel (b, d), caption (b, d).  Returns (b,)."""
        return self.relevance_scorer(panel, caption).squeeze(-1)


class TextClozeHead(nn.Module):
    """Which text stood in a panel, from its picture and the text around it."""

    def __init__(self, dim: int, dropout: float):
        super().__init__()
        self.context_encoder = nn.Sequential(
            nn.Linear(2 * dim, dim), nn.GELU(), nn.Dropout(dropout), nn.Linear(dim, dim)
        )
        self.text_scorer = nn.Bilinear(dim, dim, 1)

    def forward(self, visual: Tensor, surrounding: Tensor, candidates: Tensor) -> Tensor:
        """visual (b, d), surrounding (b, d), candidates (b, k, d).  Returns (b, k)."""
        context = self.context_encoder(torch.cat([visual, surrounding], dim=-1))
        return self.text_scorer(context.unsqueeze(1).expand_as(candidates).contiguous(), candidates).squeeze(
            -1
        )


class ReadingOrderHead(nn.Module):
    """Which panel directly follows which."""

    def __init__(self, dim: int):
        super().__init__()
        self.order_scorer = nn.Bilinear(dim, dim, 1)

    def forward(self, panels: Tensor) -> Tensor:
        """panels (b, n, d).  Returns (b, n, n): that j follows i; the diagonal is 0."""
        b, n, d = panels.shape
        first = panels.unsqueeze(2).expand(b, n, n, d).contiguous()
        second = panels.unsqueeze(1).expand(b, n, n, d).contiguous()
        scores = self.order_scorer(first, second).squeeze(-1)
        return scores.masked_fill(torch.eye(n, dtype=torch.bool, device=panels.device), 0.0)
