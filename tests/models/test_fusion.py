from __future__ import annotations

import torch

from models.fusion import AdaptiveFusion
from models.weights import initialise


def fusion() -> AdaptiveFusion:
    built = AdaptiveFusion(16)
    initialise(built, seed=1)
    return built


def states() -> torch.Tensor:
    return torch.randn((4, 3, 16), generator=torch.Generator().manual_seed(0))


PRESENT = torch.tensor([[1, 1, 1], [1, 0, 1], [0, 1, 0], [0, 0, 0]]).bool()


def test_a_missing_modality_has_no_say_bit_for_bit() -> None:
    fuse, held = fusion(), states()
    vectors, gates = fuse(held, PRESENT)
    for nonsense in (0.0, 1e6, torch.nan):
        changed = held.masked_fill(~PRESENT.unsqueeze(-1), nonsense)
        again, same_gates = fuse(changed, PRESENT)
        assert torch.equal(vectors, again)
        assert torch.equal(gates, same_gates)


def test_gates_are_zero_where_missing_and_sum_to_one() -> None:
    _, gates = fusion()(states(), PRESENT)
    assert (gates[~PRESENT] == 0).all()
    assert (gates[PRESENT] > 0).all()
    torch.testing.assert_close(gates.sum(1), torch.tensor([1.0, 1.0, 1.0, 0.0]))


def test_a_panel_with_nothing_is_zero() -> None:
    vectors, gates = fusion()(states(), PRESENT)
    assert (vectors[3] == 0).all()
    assert (gates[3] == 0).all()


def test_the_residual_is_the_mean_of_what_is_there() -> None:
    fuse = fusion()
    held = states()
    vectors, _ = fuse(held, PRESENT)
    alone = fuse.norm_text(held[2, 1])
    torch.testing.assert_close(vectors[2], alone * (1 + fuse.residual_weight))


def test_gradients_stay_finite_beside_an_empty_panel() -> None:
    fuse, held = fusion(), states().requires_grad_()
    fuse(held, PRESENT)[0].pow(2).sum().backward()
    gradients = [parameter.grad for parameter in fuse.parameters()] + [held.grad]
    assert all(gradient is not None and gradient.isfinite().all() for gradient in gradients)
    assert held.grad is not None
    assert (held.grad[~PRESENT] == 0).all()
