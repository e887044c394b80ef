from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from models.torch_runtime import prepare_torch


def test_timm_and_transformers_import_after_it() -> None:
    code = "from models.torch_runtime import prepare_torch as p; p(1); p(); import timm, transformers"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


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
