from __future__ import annotations

import subprocess
import sys

import pytest

from models.profiles import PROFILES, load_profile
from warehouse.contracts import Profile
from warehouse.errors import ModelError

STAGES = ["pages", "panels", "text", "page_types", "panel_vectors", "strips"]

OFFLINE = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("a model wants the network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import hashlib
import numpy as np
from models.profiles import load_profile
from warehouse.contracts import PanelInputs
profile = load_profile("offline", threads=1)
digest = hashlib.sha256()
picture = (np.arange(30000) % 251).astype(np.uint8).reshape(100, 100, 3)
features = profile.backbone.encode([picture, picture[:60]])
sentences = profile.sentences.encode(["over the hill", "and far away"])
inputs = PanelInputs(features, sentences, np.full((2, 7), 0.5, np.float32), np.ones((2, 3), bool))
panels = profile.panel_encoder.encode(inputs)
strips = profile.strip_encoder.encode(panels.fused[None], np.ones((1, 2), bool))
for array in (features, sentences, panels.fused, panels.gates, strips.context, strips.strip):
    digest.update(array.tobytes())
profile.text_reader.read(np.full((300, 300, 3), 255, np.uint8))
for part in (profile.backbone, profile.sentences, profile.panel_encoder, profile.strip_encoder):
    digest.update(repr(part.identity).encode())
print(digest.hexdigest())
"""


def test_two_processes_without_a_network_agree_and_stay_silent() -> None:
    command = [sys.executable, "-c", OFFLINE]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "ab"
    ]
    (first, first_noise), (second, second_noise) = (run.communicate(timeout=120) for run in runs)
    assert first_noise == second_noise == ""
    assert len(first) == 65
    assert first == second


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
