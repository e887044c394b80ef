"""Prepares torch once a process, before timm or transformers is imported.

PyPI's torchvision lacks its compiled operators beside a CPU build of torch, and then fails at import because
`torchvision::nms` and `torchvision::qnms` are unknown.  Declaring them will do for all models but
Faster R-CNN, which calls those of `models.torchvision_operators` then.
"""

from __future__ import annotations

import importlib
from functools import cache

import torch

_SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"


@cache
def _import_torchvision() -> torch.library.Library | None:
    """Import torchvision; the returned library holds what was declared and must outlive every use."""
    try:
        importlib.import_module("torchvision")
    except RuntimeError:  # "operator torchvision::nms does not exist"
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(name + _SCHEMA)
        importlib.import_module("torchvision")
        return library
    return None


def compute_device() -> torch.device:
    """Where encoders compute: the first CUDA device that torch can use, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def prepare_torch(threads: int | None = None) -> None:
    """Make timm and transformers importable and set the number of threads torch computes with.

    threads: at least 1; None leaves torch's own choice, one a core.
    Raises ValueError for a number below 1.
    """
    if threads is not None:
        if threads < 1:
            raise ValueError(f"threads must be at least 1, not {threads}")
        torch.set_num_threads(threads)
    _import_torchvision()
