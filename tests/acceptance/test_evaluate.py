"""`warehouse evaluate` on the sample library: figures by book, group and all together, and pages drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import pytest
from click.testing import CliRunner, Result

from warehouse.cli import cli
from warehouse.cli.demo import SAMPLES
from warehouse.contracts import DetectedPanel
from warehouse.errors import QueryError
from warehouse.evaluation.average_precision import average_precision
from warehouse.evaluation.truth import annotated_books
from warehouse.geometry import Box

TIN = "Tin Detective #001"


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *arguments])


def figures(*arguments: str) -> dict[str, Any]:
    done = evaluate(*arguments, "--json")
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_panels_of_the_samples_by_book_group_and_together() -> None:
    told = figures("panels", "--only", "Tin Detective")
    assert list(told) == ["overall", "groups", "books"]
    assert list(told["groups"]) == ["samples en"]
    assert len(told["books"]) == 2
    overall = told["overall"]
    assert overall["pages"] == sum(book["pages"] for book in told["books"].values())
    assert overall["f1"] > 0.85
    assert 0.5 < overall["ap50_95"] <= overall["ap50"] <= 1
    assert overall["bare"] > 0


def test_the_worst_pages_are_drawn_worst_first(tmp_path: Path) -> None:
    done = evaluate("panels", "--only", TIN, "--draw", str(tmp_path), "--worst", "2")
    assert done.exit_code == 0, done.output
    drawn = sorted(tmp_path.iterdir())
    assert [file.name[:9] for file in drawn] == ["worst-01-", "worst-02-"]
    picture = cv2.imread(str(drawn[0]))
    assert picture is not None
    assert ((picture[:, :, 2] == 215) & (picture[:, :, :2] == 0).all(axis=2)).any()


def test_order_of_the_panels_found_and_of_those_people_drew() -> None:
    overall = figures("order", "--only", TIN)["overall"]
    assert overall["right"] > 0.95
    assert (overall["true_right"], overall["true_tau"], overall["true_whole"]) == (1, 1, 1)


def test_a_table_names_its_columns() -> None:
    done = evaluate("order", "--only", TIN)
    assert done.stdout.split()[:4] == ["pages", "pairs", "right", "tau"]


def test_no_truth_is_said_in_one_line(tmp_path: Path) -> None:
    done = evaluate("panels", "--truth", str(tmp_path))
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == "truth-missing"
    (tmp_path / "other.json").write_text("[1]")
    done = evaluate("panels", "--truth", str(tmp_path))
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == "truth-unreadable"


def test_books_are_looked_for_beside_their_annotations(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "one.cbz").touch()
    for name, book in (("one", "books/one.cbz"), ("two", "books/two.cbz")):
        told = {"book": book, "source": "someone/something", "language": "en", "pages": []}
        (tmp_path / "truth" / f"{name}.json").write_text(json.dumps(told))
    [(book, path)] = annotated_books(tmp_path / "truth", None)
    assert (book.name, book.group, path.name) == ("one", "someone en", "one.cbz")
    assert len(annotated_books(SAMPLES, None)) == 6


def found(box: Box, score: float) -> DetectedPanel:
    return DetectedPanel(box, score)


@pytest.mark.parametrize(
    ("panels", "ap50", "ap50_95"),
    [
        ([found(Box(0, 0, 100, 100), 0.9)], 1, 1),
        ([found(Box(0, 0, 100, 77), 0.9)], 1, 0.6),
        ([found(Box(300, 300, 50, 50), 0.9), found(Box(0, 0, 100, 100), 0.5)], 0.5, 0.5),
        ([found(Box(300, 300, 50, 50), 0.5), found(Box(0, 0, 100, 100), 0.9)], 1, 1),
        ([], 0, 0),
    ],
)
def test_average_precision(panels: list[DetectedPanel], ap50: float, ap50_95: float) -> None:
    figures = average_precision([(panels, [Box(0, 0, 100, 100)])])
    assert (figures.ap50, figures.ap50_95) == (pytest.approx(ap50), pytest.approx(ap50_95))


def test_there_is_no_average_precision_without_truth() -> None:
    nothing = average_precision([([found(Box(0, 0, 9, 9), 0.5)], [])])
    assert nothing.ap50 != nothing.ap50
