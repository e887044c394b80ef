"""The command line on a sample book, with the real models, as programs see it: JSON and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BOOK = next((ROOT / "samples" / "The Tin Detective").glob("*001*.cbz"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one sample book and one broken one in it."""
    home = tmp_path_factory.mktemp("home")
    broken = home / "broken.cbz"
    broken.write_bytes(b"half a download")
    done = warehouse(home, "ingest", str(BOOK), str(broken))
    assert done.returncode == 3, done.stderr
    assert "[not-an-archive]" in done.stderr
    assert done.stdout == "1 ingested, 1 failed\n"
    return home


def warehouse(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = "from warehouse.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "WAREHOUSE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(home: Path, *arguments: str):  # type: ignore[no-untyped-def]
    done = warehouse(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_status(home: Path) -> None:
    found = answer(home, "status")
    assert found["books"] == {"error": 1, "ready": 1}
    assert found["failures"] == {"not-an-archive": 1}
    assert {model["kind"]: model["trained"] for model in found["models"]} == {
        "panel_encoder": False,
        "sentence_encoder": True,
        "strip_encoder": False,
        "visual_backbone": True,
    }


def test_search_by_words_and_in_plain_sql(home: Path) -> None:
    hits = answer(home, "search", "a robot in the rain", "--limit", "3")["hits"]
    assert len(hits) == 3
    assert any("ROBOT" in hit["text"] for hit in hits)
    rows = answer(home, "sql", "select panel_id, distance from search_panels('rain on the harbour')")
    assert rows
    assert set(rows[0]) == {"panel_id", "distance"}


def test_search_by_picture_finds_the_picture(home: Path, tmp_path: Path) -> None:
    [place] = answer(
        home,
        "sql",
        "select n.id, p.seq, n.x, n.y, n.w, n.h from panel n join page p on p.id = n.page_id"
        " join panel_feature f on f.panel_id = n.id order by n.w * n.h limit 1 offset 10",
    )
    from warehouse.books.reading import open_book

    with open_book(BOOK) as book:
        pixels = book.page_pixels(place["seq"]).pixels
    x, y, w, h = (place[side] for side in "xywh")
    Image.fromarray(pixels[y : y + h, x : x + w]).save(tmp_path / "crop.png")
    found = answer(home, "search", "--image", str(tmp_path / "crop.png"), "--limit", "2")
    assert found["hits"][0]["panel_id"] == place["id"]
    assert found["hits"][0]["distance"] == pytest.approx(0, abs=1e-3)
    assert (
        warehouse(home, "search", "--panel", str(place["id"]), "--sheet", str(tmp_path / "s.png")).returncode
        == 0
    )
    with Image.open(tmp_path / "s.png") as sheet:
        assert sheet.width > 200


def test_concepts(home: Path) -> None:
    done = warehouse(home, "concept", "compare", "rain", "Tin", "--json")
    assert "not trained yet" in done.stderr
    [pair] = json.loads(done.stdout)["pairs"]
    assert (pair["left_name"], pair["right_name"]) == ("rain", "Tin")
    assert warehouse(home, "concept", "define", "Wet", "--text", "rain OR sea").returncode == 0
    assert [concept["name"] for concept in answer(home, "concept", "list")] == ["Wet"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "--image", "nowhere.png"), "nowhere.png cannot be read"),
        (("search", "--panel", "999999"), "there is no panel 999999"),
        (("sql", "select nonsense"), "column"),
        (("sql", "delete from book"), "read-only"),
        (("concept", "neighbors", "zyzzyva"), "no page matches the concept 'zyzzyva'"),
        (("ingest", "/nowhere/at/all"), "/nowhere/at/all"),
    ],
)
def test_errors_are_one_line(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = warehouse(home, *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = [line for line in done.stderr.splitlines() if not line.startswith("note:")]
    assert line.startswith("warehouse: ")
    assert said in line


def test_doctor(home: Path) -> None:
    found = answer(home, "doctor")
    assert {finding["subject"] for finding in found} >= {"database", "models", "CBZ, ZIP", "CB7, 7z"}
    assert all(finding["good"] or finding["optional"] for finding in found)


def test_a_second_run_skips(home: Path) -> None:
    done = warehouse(home, "ingest", str(BOOK))
    assert done.stdout == "1 skipped\n"
    assert done.returncode == 0
