"""The command line on a sample book, with the real models, as programs see it: JSON and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.commands import alone, here

ROOT = Path(__file__).resolve().parents[2]
BOOK = next((ROOT / "samples" / "The Tin Detective").glob("*001*.cbz"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one sample book and one broken one in it, brought in by the program itself."""
    home = tmp_path_factory.mktemp("home")
    broken = home / "broken.cbz"
    broken.write_bytes(b"half a download")
    done = alone(home, "ingest", str(BOOK), str(broken))
    assert done.returncode == 3, done.stderr
    assert "[not-an-archive]" in done.stderr
    assert done.stdout == "1 ingested, 1 failed\n"
    return home


def answer(home: Path, *arguments: str):  # type: ignore[no-untyped-def]
    done = here(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_status(home: Path) -> None:
    done = alone(home, "status", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
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

    with open_book(BOOK) as opened:
        pixels = opened.page_pixels(place["seq"]).pixels
    x, y, w, h = (place[side] for side in "xywh")
    Image.fromarray(pixels[y : y + h, x : x + w]).save(tmp_path / "crop.png")
    found = answer(home, "search", "--image", str(tmp_path / "crop.png"), "--limit", "2")
    assert found["hits"][0]["panel_id"] == place["id"]
    assert found["hits"][0]["distance"] == pytest.approx(0, abs=1e-3)
    assert (
        here(home, "search", "--panel", str(place["id"]), "--sheet", str(tmp_path / "s.png")).returncode == 0
    )
    with Image.open(tmp_path / "s.png") as sheet:
        assert sheet.width > 200


def test_more_like_these_and_less_like_those(home: Path) -> None:
    ids = [
        row["id"]
        for row in answer(home, "sql", "select panel_id as id from panel_feature order by 1 limit 3")
    ]
    like = [word for id_ in ids[:2] for word in ("--panel", str(id_))]
    found = answer(home, "search", *like, "--unlike", str(ids[2]), "--space", "feature", "--limit", "4")
    assert len(found["hits"]) == 4
    assert not {hit["panel_id"] for hit in found["hits"]} & set(ids)
    assert found["exact"] is True
    assert found["how"] == f"like panels {ids[0]}, {ids[1]} and unlike panel {ids[2]} by 'feature' vectors"
    near = answer(home, "search", *like, "--space", "feature", "--max-distance", "0.0001")
    assert near["hits"] == []
    [strip] = answer(home, "sql", "select strip_id as id from strip_semantic order by 1 limit 1")
    strips = answer(home, "search", "--strip", str(strip["id"]), "--limit", "2", "--show-sql")
    assert all(hit["strip_id"] not in (None, strip["id"]) for hit in strips["hits"])
    assert "similar_strips" in strips["sql"]
    told = here(home, "search", "rain", "--in", "pages", "--min-panels", "1", "--max-panels", "9")
    assert "hybrid search for 'rain': exact" in told.stderr
    assert here(home, "search", "rain", "--panel", "1").returncode == 2
    assert here(home, "search", "--panel", "1", "--page", "1").returncode == 2


def test_indexes(home: Path) -> None:
    spaces = {row["space"]: row for row in answer(home, "index", "list", "panels/feature", "fused")}
    assert spaces["feature"]["vectors"] > 0
    assert spaces["feature"]["index_name"] is None
    assert "exact, and quick" in here(home, "index", "build").stdout
    planned = here(home, "index", "build", "feature", "--dry-run")
    assert "MiB of memory" in planned.stdout
    assert here(home, "index", "build", "feature").returncode == 0
    checks = answer(home, "index", "check", "--queries", "3", "--hits", "3")
    assert [(check["space"], check["queries"]) for check in checks] == [
        ("feature", "rows"),
        ("feature", "means"),
    ]
    assert all(check["min_recall"] == 1 for check in checks)
    listed = here(home, "index", "list").stdout
    assert " used " in listed
    assert "1.000" in listed
    assert here(home, "index", "drop", "feature").stdout == "panels/feature: dropped\n"
    assert here(home, "index", "check").stdout == "there is no index: every search is exact\n"


def test_concepts(home: Path) -> None:
    done = here(home, "concept", "compare", "rain", "Tin", "--json")
    assert "not trained yet" in done.stderr
    [pair] = json.loads(done.stdout)["pairs"]
    assert (pair["left_name"], pair["right_name"]) == ("rain", "Tin")
    assert here(home, "concept", "define", "Wet", "--text", "rain OR sea").returncode == 0
    assert [concept["name"] for concept in answer(home, "concept", "list")] == ["Wet"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "--image", "nowhere.png"), "nowhere.png cannot be read"),
        (("search", "--panel", "999999"), "there is no panel 999999"),
        (("search", "--strip", "999999"), "there is no strip 999999"),
        (("search", "--unlike", "999999"), "there is no panel 999999"),
        (("index", "check", "fused"), "panels/fused has no index"),
        (("index", "build", "smell"), "unknown space 'smell'"),
        (("sql", "select nonsense"), "column"),
        (("sql", "delete from book"), "read-only"),
        (("concept", "neighbors", "zyzzyva"), "no page matches the concept 'zyzzyva'"),
        (("ingest", "/nowhere/at/all"), "/nowhere/at/all"),
    ],
)
def test_errors_are_one_line(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = here(home, *arguments)
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
    done = here(home, "ingest", str(BOOK))
    assert done.stdout == "1 skipped\n"
    assert done.returncode == 0
