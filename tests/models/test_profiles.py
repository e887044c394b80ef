from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.profiles import PROFILES, load_profile
from models.torch_runtime import prepare_torch
from warehouse.contracts import PanelInputs, Profile
from warehouse.errors import ModelError

ROOT = Path(__file__).resolve().parents[2]
STAGES = ["pages", "panels", "text", "page_types", "panel_vectors", "strips"]

OFFLINE = """
import socket
def refuse(*args, **kwargs): raise AssertionError("a model wants the network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from models.torch_runtime import prepare_torch
prepare_torch(1)
prepare_torch()
import timm, transformers
from models.profiles import load_profile
from tests.models.test_profiles import digest
print(digest(load_profile("offline", threads=1)))
"""


def digest(profile: Profile) -> str:
    """Of what all models make of a little, and of what they are."""
    found = hashlib.sha256()
    picture = (np.arange(30000) % 251).astype(np.uint8).reshape(100, 100, 3)
    features = profile.backbone.encode([picture, picture[:60]])
    sentences = profile.sentences.encode(["over the hill", "and far away"])
    inputs = PanelInputs(features, sentences, np.full((2, 7), 0.5, np.float32), np.ones((2, 3), bool))
    panels = profile.panel_encoder.encode(inputs)
    strips = profile.strip_encoder.encode(panels.fused[None], np.ones((1, 2), bool))
    for array in (features, sentences, panels.fused, panels.gates, strips.context, strips.strip):
        found.update(array.tobytes())
    profile.text_reader.read(np.full((300, 300, 3), 255, np.uint8))
    for part in (profile.backbone, profile.sentences, profile.panel_encoder, profile.strip_encoder):
        found.update(repr(part.identity).encode())
    return found.hexdigest()


def test_two_processes_without_a_network_agree_and_stay_silent(offline: Profile) -> None:
    """A fresh one, in which torch, timm and transformers are imported, and this one after other tests."""
    done = subprocess.run([sys.executable, "-c", OFFLINE], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    prepare_torch(1)
    assert done.stdout == f"{digest(offline)}\n"


def test_each_model_is_loaded_once(offline: Profile) -> None:
    assert offline.backbone is offline.backbone
    assert offline.panel_encoder is offline.panel_encoder


def test_revisions_name_what_the_models_say(offline: Profile) -> None:
    revisions = offline.revisions()
    assert list(revisions) == STAGES
    for part in (offline.panel_encoder, offline.backbone, offline.sentences):
        assert f"{part.identity.name}@{part.identity.revision}" in revisions["panel_vectors"]
    strips = offline.strip_encoder.identity
    assert f"{strips.name}@{strips.revision}" in revisions["strips"]
    for model in (offline.text_reader, offline.text_kinds):
        assert f"{model.name}@{model.revision}" in revisions["text"].split("+")
    for stage, model in (("panels", offline.panel_detector), ("page_types", offline.page_types)):
        first, rule = revisions[stage].split("+")
        assert first == f"{model.name}@{model.revision}"
        assert rule.partition("@")[2], "what the stage does with the model's answer has a revision too"


def test_revisions_import_no_torch() -> None:
    code = (
        "import sys; from models.profiles import load_profile; load_profile('offline').revisions()\n"
        "print([name for name in ('torch', 'rapidocr', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_unknown_and_unavailable_profiles() -> None:
    with pytest.raises(ModelError, match="offline, hub, published"):
        load_profile("best")
    for name in PROFILES[1:]:
        with pytest.raises(ModelError, match="registered checkpoints"):
            load_profile(name)
