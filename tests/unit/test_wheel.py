"""What is installed without the checkout is whole: images are made of the wheel."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import psycopg
import pytest

from tests.unit.test_house import ROOT

PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]["packages"]
_numbers = itertools.count()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as it lies in site-packages."""
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    site = built / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@pytest.fixture
def empty_url(server_url: str) -> str:
    """A database without a table."""
    name = f"wheel_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    before, _, query = server_url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{query}"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_it(unpacked: Path, package: str) -> None:
    files = {file.relative_to(ROOT) for file in (ROOT / package).rglob("*") if file.is_file()}
    files = {file for file in files if "__pycache__" not in file.parts}
    assert files
    assert {file for file in files if not (unpacked / file).is_file()} == set()


def test_it_upgrades_a_database_by_itself(unpacked: Path, empty_url: str, tmp_path: Path) -> None:
    assert run(unpacked, tmp_path, empty_url, "import warehouse; print(warehouse.__file__)") == str(
        unpacked / "warehouse" / "__init__.py"
    )
    program = "import sys; from warehouse.program import main; sys.argv[1:] = ['db', '{}']; main()"
    assert "is at revision" in run(unpacked, tmp_path, empty_url, program.format("upgrade"))
    assert run(unpacked, tmp_path, empty_url, program.format("check")).startswith("good: PostgreSQL")


def run(site: Path, folder: Path, url: str, code: str) -> str:
    """What a Python prints that finds our packages in this place only, far from the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(site), "WAREHOUSE_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
