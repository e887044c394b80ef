"""Weights of our own models: how they start, how they are told apart, how they are stored.

A stored model is a folder with `model.safetensors` and `model.json`; only that file can say `trained`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from warehouse.errors import ModelError

WEIGHTS_FILE = "model.safetensors"
CONFIG_FILE = "model.json"


@dataclass(frozen=True, slots=True)
class StoredModel:
    """What `model.json` says.  config: the keyword arguments of the model's config dataclass."""

    name: str
    revision: str
    config: dict[str, Any]
    trained: bool
    weights_sha256: str


def weights_sha256(state: Mapping[str, Tensor]) -> str:
    """Hex digest over all tensors: key, dtype, shape and bytes, keys in sorted order."""
    digest = hashlib.sha256()
    for key in sorted(state):
        array = state[key].detach().cpu().contiguous().numpy()
        digest.update(f"{key}|{array.dtype.str}|{array.shape}|".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def random_signs(key: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    """An array of -1 and +1 float32, the same on every machine: raw bits of PCG64 seeded by seed and key."""
    count = int(np.prod(shape))
    generator = np.random.PCG64([seed, zlib.crc32(key.encode())])
    raw = generator.random_raw((count + 63) // 64)
    words = np.atleast_1d(np.asarray(raw, dtype="<u8"))
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")[:count]
    return (bits.astype(np.float32) * 2 - 1).reshape(shape)


@torch.no_grad()
def initialise(module: nn.Module, seed: int) -> None:
    """Give a module its untrained weights, bit by bit the same on every machine.

    Matrices become random signs at the scale of an orthonormal matrix, so that a projection keeps angles as
    a Johnson-Lindenstrauss embedding does (Achlioptas 2003, "Database-friendly random projections"), and
    similarities survive in a model nobody has trained yet.  Norm weights become 1, biases 0; scalars and
    buffers stay as built.
    """
    for key, parameter in module.named_parameters():
        if parameter.dim() >= 2:
            shape = tuple(parameter.shape)
            scale = float(np.sqrt(min(shape) / np.prod(shape)))
            parameter.copy_(torch.from_numpy(random_signs(key, shape, seed)) * scale)
        elif parameter.dim() == 1:
            parameter.fill_(1.0 if key.endswith(".weight") else 0.0)


def save_model(
    folder: Path, module: nn.Module, *, name: str, revision: str, config: Any, trained: bool
) -> None:
    """Write a model to a folder, made if need be.  config: a dataclass."""
    state = {key: tensor.detach().cpu().contiguous() for key, tensor in module.state_dict().items()}
    stored = StoredModel(name, revision, asdict(config), trained, weights_sha256(state))
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state, folder / WEIGHTS_FILE)
    (folder / CONFIG_FILE).write_text(json.dumps(asdict(stored), indent=2) + "\n", encoding="utf-8")


def read_stored_model(folder: Path) -> StoredModel:
    """What a model folder says of itself.  Raises ModelError where it cannot be read."""
    path = folder / CONFIG_FILE
    try:
        return StoredModel(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"cannot read the model description {path}: {error}") from error


def load_weights(folder: Path, module: nn.Module) -> StoredModel:
    """Load a stored model's weights, key by key, into a module of the same config.

    Raises ModelError for an unreadable file, for other keys or shapes, and for other weights than described.
    """
    stored = read_stored_model(folder)
    path = folder / WEIGHTS_FILE
    try:
        state = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"cannot read the weights {path}: {error}") from error
    if weights_sha256(state) != stored.weights_sha256:
        raise ModelError(
            f"the weights {path} are not the ones {CONFIG_FILE} describes", remedy="copy the model again"
        )
    load_state(module, state, str(path))
    return stored


def load_state(module: nn.Module, state: Mapping[str, Tensor], source: str) -> None:
    """Load a state dict strictly.  Raises ModelError, naming the first difference, where it does not fit."""
    try:
        module.load_state_dict(dict(state))
    except RuntimeError as error:
        reason = " ".join(str(error).split())
        raise ModelError(
            f"the weights {source} do not fit {type(module).__name__}: {reason[:300]}"
        ) from error
