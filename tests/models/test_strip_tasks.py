from __future__ import annotations

import torch

from models.strip_tasks import (
    CaptionRelevanceHead,
    CharacterCoherenceHead,
    ClosureHead,
    PanelPickingHead,
    ReadingOrderHead,
    TextClozeHead,
)

GENERATOR = torch.Generator().manual_seed(0)


def vectors(*shape: int) -> torch.Tensor:
    return torch.randn((*shape, 8), generator=GENERATOR)


def test_scores_have_one_number_a_choice() -> None:
    assert PanelPickingHead(8, 0.0)(vectors(2), vectors(2, 5)).shape == (2, 5)
    assert CharacterCoherenceHead(8, 0.0)(vectors(2, 3), vectors(2)).shape == (2,)
    assert ClosureHead(8, 0.0)(vectors(2, 3), vectors(2, 5)).shape == (2, 5)
    assert CaptionRelevanceHead(8)(vectors(2), vectors(2)).shape == (2,)
    assert TextClozeHead(8, 0.0)(vectors(2), vectors(2), vectors(2, 4)).shape == (2, 4)
    assert ReadingOrderHead(8)(vectors(2, 6)).shape == (2, 6, 6)


def test_a_candidate_is_judged_alone() -> None:
    head, context, candidates = PanelPickingHead(8, 0.0), vectors(2), vectors(2, 5)
    backwards = head(context, candidates.flip(1)).flip(1)
    torch.testing.assert_close(head(context, candidates), backwards)


def test_closure_goes_on_from_the_last_panel() -> None:
    head, preceding, candidates = ClosureHead(8, 0.0), vectors(2, 3), vectors(2, 5)
    torch.testing.assert_close(head(preceding, candidates), head(preceding[:, -1:], candidates))


def test_reading_order_is_about_ordered_pairs() -> None:
    head, panels = ReadingOrderHead(8), vectors(1, 4)
    scores = head(panels)
    assert (scores.diagonal(dim1=1, dim2=2) == 0).all()
    torch.testing.assert_close(scores[0, 1, 3], head.order_scorer(panels[0, 1], panels[0, 3])[0])
    assert not torch.allclose(scores, scores.transpose(1, 2))
