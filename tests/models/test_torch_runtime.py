from __future__ import annotations

import pytest
import torch

from models.torch_runtime import prepare_torch


def test_sets_the_threads() -> None:
    before = torch.get_num_threads()
    prepare_torch(1)
    assert torch.get_num_threads() == 1
    prepare_torch()
    assert torch.get_num_threads() == 1
    prepare_torch(before)


def test_refuses_no_threads() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        prepare_torch(0)
