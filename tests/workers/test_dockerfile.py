"""The Dockerfile: what it copies is there, what it needs is installed, and nobody in it is root."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.workers.compose_file import ROOT
from warehouse.config import ENVIRONMENT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LIBRARIES = "constraints.txt"


def instructions() -> list[tuple[str, str]]:
    """(INSTRUCTION, the rest) in order; comments left out, continued lines joined."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined if line.strip())]


def final_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(place for place, (word, _) in enumerate(found) if word == "FROM") :]


def copied() -> list[str]:
    """What is copied out of the checkout, in order."""
    copies = [rest.split() for word, rest in instructions() if word == "COPY" and "--from=" not in rest]
    return [source for *sources, _ in copies for source in sources]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path at the top out of the build; the last line that fits counts."""
    verdict = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        if line and not line.startswith("#") and Path(path).match(line.removeprefix("!")):
            verdict = not line.startswith("!")
    return verdict


def test_what_is_copied_is_there_and_not_ignored() -> None:
    for source in copied():
        assert (ROOT / source).exists(), source
        assert not ignored(source), source


def test_nothing_else_reaches_the_build() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    tops = {line.strip('"').partition("/")[0] for line in tracked.splitlines()}
    assert {top for top in tops | {".env", ".git", ".venv", "books"} if not ignored(top)} == set(copied())


def test_the_wheel_gets_every_package() -> None:
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied())
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= set(copied())


def test_libraries_come_before_code() -> None:
    """So that a change in the code keeps the layers with the libraries."""
    words = [f"{word} {rest}" for word, rest in instructions()]
    installed = next(place for place, line in enumerate(words) if "--requirement" in line)
    before = {
        source for line in words[:installed] if line.startswith("COPY") for source in line.split()[1:-1]
    }
    assert before == {LIBRARIES, "pyproject.toml"}


def test_the_libraries_are_those_of_the_project() -> None:
    """The line that lists them, run as the build runs it."""
    line = next(rest for word, rest in instructions() if word == "RUN" and "requirements.txt" in rest)
    code = next(part for part in shlex.split(line) if "tomllib" in part)
    listed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert listed.stdout.splitlines() == PROJECT["project"]["dependencies"]


def test_every_install_is_pinned_and_without_cuda_unless_asked() -> None:
    runs = [rest for word, rest in instructions() if word == "RUN"]
    for command in runs:
        for install in re.findall(r"pip install (?!--no-deps \.)[^;&]*", command):
            assert f"--constraint {LIBRARIES}" in install
    assert ("ARG", "TORCH=cpu") in instructions()
    assert any('if [ "$TORCH" = cpu ]' in command and "whl/cpu" in command for command in runs)


def test_it_has_what_reads_rar_and_7z() -> None:
    installs = next(rest for word, rest in final_stage() if word == "RUN" and "apt-get install" in rest)
    assert {"libarchive13", "unar", "--no-install-recommends"} <= set(installs.split())
    assert "rm -rf /var/lib/apt/lists" in installs


def test_nobody_is_root() -> None:
    users = [(place, rest) for place, (word, rest) in enumerate(final_stage()) if word == "USER"]
    place, last = users[-1]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last)
    assert not [rest for word, rest in final_stage()[place:] if word == "RUN"]


def test_it_is_the_program() -> None:
    entry = [rest for word, rest in final_stage() if word == "ENTRYPOINT"]
    assert [json.loads(rest) for rest in entry] == [["warehouse"]]
    assert "warehouse" in PROJECT["project"]["scripts"]


def test_its_python_is_one_the_project_takes_and_slim() -> None:
    version = next(rest for word, rest in instructions() if rest.startswith("PYTHON=")).partition("=")[2]
    least = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert [int(part) for part in version.split(".")] >= [int(part) for part in least.split(".")]
    stages = [rest.split() for word, rest in instructions() if word == "FROM"]
    assert len(stages) == 2
    assert all("slim" in image for image, *_ in stages)


def test_what_it_sets_is_known_and_no_secret() -> None:
    text = "\n".join(rest for word, rest in instructions() if word in ("ENV", "ARG"))
    assert set(re.findall(r"WAREHOUSE_\w+", text)) <= set(ENVIRONMENT)
    assert not re.search(r"(?i)password|secret|token|://", text)
