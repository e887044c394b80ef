"""`warehouse edit` on the database of a test, and ingesting again after it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.planted import PlantedProfile
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Database
from warehouse.ingest import ingest


def again(database: Database, path: Path) -> dict[str, int]:
    return dict(ingest([path], database, PlantedProfile(), SilentProgress()).outcomes)


def edit(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["edit", *arguments], catch_exceptions=True)


def shown(*arguments: str) -> dict[str, Any]:
    done = edit(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found
