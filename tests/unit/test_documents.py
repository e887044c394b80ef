"""The documents say what the code has."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.test_house import ROOT, modules, name_of

CODE = re.compile(r"""\bcode\s*=\s*"([a-z]+(?:-[a-z]+)*)\"""")


def test_every_error_code_is_explained() -> None:
    explained = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)`", (ROOT / "docs/errors.md").read_text("utf-8")))
    used = {code for file in modules() for code in CODE.findall(file.read_text("utf-8"))}
    assert len(used) > 30
    assert not used - explained - {"failed"}


def test_every_file_has_its_line_in_the_architecture() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    sections = re.split(r"^### `", text, flags=re.MULTILINE)[1:]
    listed = {
        section.partition("`")[0] + name
        for section in sections
        for name in re.findall(r"^- `([\w/]+\.py)`:", section, flags=re.MULTILINE)
    }
    files = {name_of(file) for file in modules() if file.name != "__init__.py"}
    assert files - listed == set()
    assert {name for name in listed if not name.startswith(("samples/", "tests/"))} - files == set()


def test_links_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / Path(target)).exists(), f"{document.name} links to {target}"
