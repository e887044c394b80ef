"""Detectors that people bring, as docs/detectors.md has them, on their way into the database."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.detectors import load_detector
from tests.books_drawn import cbz, picture
from tests.models.detectors.test_hub_detector import save_yolos
from tests.planted import PlantedProfile
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.config import DATABASE_URL, DETECTOR, HOME
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestOptions, IngestSummary, ingest

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/detectors.md").read_text("utf-8")
PANELS = (
    "select p.seq, n.seq, x, y, w, h, polygon, round(score::numeric, 2)::float, detector"
    " from panel n join page p on p.id = n.page_id order by 1, 2"
)


class ProfileWith(PlantedProfile):
    """Planted models with a real detector."""

    def __init__(self, detector: str) -> None:
        super().__init__()
        self.panel_detector = load_detector(detector, threads=1)  # type: ignore[assignment]

    def revisions(self) -> dict[str, str]:
        panels = f"{self.panel_detector.name}@{self.panel_detector.revision}"
        return {**super().revisions(), "panels": panels}


def blocks(section: str, language: str) -> list[str]:
    """The code of one section of the document."""
    [text] = re.findall(rf"^## `{section}:\w+`\n(.*?)(?=^## )", DOCUMENT, re.DOTALL | re.MULTILINE)
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def example(section: str) -> str:
    """The detector that the example of a section names."""
    [text] = re.findall(rf"^## `{section}:\w+`\n(.*?)(?=^## )", DOCUMENT, re.DOTALL | re.MULTILINE)
    [name] = re.findall(r"^    warehouse ingest .* --detector (\S+)$", text, re.MULTILINE)
    return name


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the document's examples are run: a folder with the book they speak of."""
    monkeypatch.chdir(tmp_path)
    cbz(tmp_path / "Tin Owl 001.cbz", {f"{page:02}.png": picture(page) for page in range(3)})
    return tmp_path


def run(database: Database, detector: str, *, refresh: bool = False) -> IngestSummary:
    options = IngestOptions(refresh=refresh)
    return ingest([Path("Tin Owl 001.cbz")], database, ProfileWith(detector), SilentProgress(), options)


def test_coco_as_documented(database: Database, connection: Connection, place: Path) -> None:
    full, results = blocks("coco", "json")
    Path("panels.json").write_text(full)
    assert run(database, example("coco")).outcomes == {"ingested": 1}
    polygon = [[0, 90], [120, 110], [120, 180], [0, 180]]
    assert connection.execute(PANELS).fetchall() == [
        (2, 0, 0, 0, 120, 80, None, 0.98, "coco:panels.json"),
        (2, 1, 0, 90, 120, 90, polygon, 1.0, "coco:panels.json"),
    ]
    listed = connection.execute("select panel_seq, polygon from panel_listing order by 1").fetchall()
    assert listed == [(0, None), (1, polygon)]

    Path("panels.json").write_text(results)
    assert run(database, example("coco")).outcomes == {"skipped": 1}
    assert run(database, example("coco"), refresh=True).outcomes == {"ingested": 1}
    assert connection.execute(PANELS).fetchall() == [(2, 0, 0, 0, 120, 80, None, 0.98, "coco:panels.json")]


def test_a_book_that_the_file_does_not_know_fails_until_it_does(
    database: Database, connection: Connection, place: Path
) -> None:
    known = json.loads(blocks("coco", "json")[0])
    Path("panels.json").write_text(json.dumps(known).replace("Tin Owl 001", "Moon Fox 001"))
    assert run(database, "coco:panels.json").outcomes == {"failed": 1}
    [(code, error)] = connection.execute("select error_code, error from book").fetchall()
    assert code == "detections-missing"
    assert "'00.png' in a folder named like the book" in error
    Path("panels.json").write_text(json.dumps(known))
    options = IngestOptions(retry_failed=True)
    profile = ProfileWith("coco:panels.json")
    summary = ingest([Path("Tin Owl 001.cbz")], database, profile, SilentProgress(), options)
    assert summary.outcomes == {"ingested": 1}


def test_torchvision_as_documented(database: Database, connection: Connection, place: Path) -> None:
    from models.torchvision_operators import provide_operators

    provide_operators()
    from torchvision.models.detection import fasterrcnn_mobilenet_v3_large_320_fpn

    network = fasterrcnn_mobilenet_v3_large_320_fpn(weights=None, weights_backbone=None, num_classes=5)
    network.roi_heads.box_predictor.cls_score.bias.data[1] = 9.0
    [code], [config] = blocks("torchvision", "python"), blocks("torchvision", "json")
    exec(code, {"network": network})  # noqa: S102 - the document's own code
    Path("best.json").write_text(config)
    assert run(database, example("torchvision")).outcomes == {"ingested": 1}
    found = connection.execute("select distinct detector from panel").fetchall()
    assert found == [("torchvision:best.pth",)]


def test_hub_as_documented(database: Database, connection: Connection, place: Path) -> None:
    from transformers import YolosImageProcessor

    network = save_yolos(place / "made", {0: "face", 1: "panel"})
    [code] = blocks("hub", "python")
    processor = YolosImageProcessor.from_pretrained(place / "made")
    exec(code, {"network": network, "processor": processor})  # noqa: S102 - the document's own code
    assert run(database, example("hub")).outcomes == {"ingested": 1}
    found = connection.execute("select distinct detector from panel").fetchall()
    assert found == [("hub:my-detector",)]


@pytest.fixture
def chosen(database: Database, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a command; a detector that it sets is forgotten again."""
    monkeypatch.setenv(DATABASE_URL, database.url)
    monkeypatch.setenv(HOME, str(place / "home"))
    monkeypatch.setenv(DETECTOR, "coco:elsewhere.json")


def warehouse(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.mark.usefixtures("chosen")
def test_the_option_beats_the_environment(connection: Connection) -> None:
    Path("panels.json").write_text(blocks("coco", "json")[0])
    refused = warehouse("ingest", "Tin Owl 001.cbz", "--quiet")
    assert refused.exit_code == 1
    assert "coco:elsewhere.json" in str(refused.output) + str(refused.exception)
    done = warehouse("ingest", "Tin Owl 001.cbz", "--quiet", "--detector", "coco:panels.json")
    assert done.exit_code == 0, done.output
    assert (
        "coco:panels.json@"
        in connection.execute("select revision from work where stage = 'panels'").fetchone()[0]
    )  # type: ignore[index]
    assert warehouse("worker", "--detector", "hub:nothing/of/the/kind").exit_code == 1
