"""Which of two detections the votes of a page speak for."""

from __future__ import annotations

import numpy as np

from models.panel_votes.agreement import PageVotes, preferred
from warehouse.contracts import DetectedPanel
from warehouse.geometry import Box

LEFT, RIGHT, WHOLE = Box(0, 0, 80, 100), Box(84, 0, 76, 100), Box(0, 0, 160, 100)
BELOW = Box(0, 110, 160, 80)


def votes_for(*boxes: Box) -> PageVotes:
    """A page of 160 x 200 pixels, in cells of 10; each votes for the last box it lies in."""
    y, x = (np.mgrid[:20, :16] * 10 + 5).reshape(2, -1).astype(np.float32)
    inside, voted = np.full(320, 0.05, np.float32), np.zeros((320, 4), np.float32)
    for box in boxes:
        mine = (x > box.x) & (x < box.right) & (y > box.y) & (y < box.bottom)
        inside[mine], voted[mine] = 0.95, (box.x, box.y, box.right, box.bottom)
    return PageVotes(inside, np.stack([x, y], axis=1), voted)


def panels(*boxes: Box) -> list[DetectedPanel]:
    return [DetectedPanel(box, 0.7) for box in boxes]


def chosen(votes: PageVotes, first: list[DetectedPanel], second: list[DetectedPanel]) -> set[Box]:
    return {panel.box for panel in preferred(votes, first, second)}


def test_places_are_judged_apart() -> None:
    shifted = Box(2, 112, 158, 78)
    votes = votes_for(WHOLE, BELOW)
    assert chosen(votes, panels(LEFT, RIGHT, shifted), panels(WHOLE, BELOW)) == {WHOLE, shifted}


def test_what_nearly_fits_is_kept() -> None:
    assert chosen(votes_for(LEFT, RIGHT), panels(LEFT, RIGHT), panels(Box(0, 0, 70, 100), RIGHT)) == {
        LEFT,
        RIGHT,
    }


def test_more_panels_need_a_clearer_vote() -> None:
    columns = [Box(20 * place, 0, 20, 100) for place in range(8)]
    votes = votes_for(*columns)
    assert chosen(votes, panels(WHOLE), panels(*columns)) == set(columns)
    doubtful = PageVotes(votes.inside * 0.6, votes.middle, votes.boxes)
    assert chosen(doubtful, panels(WHOLE), panels(*columns)) == {WHOLE}
    assert chosen(doubtful, panels(*columns), panels(WHOLE)) == set(columns)


def test_panels_that_only_one_finds() -> None:
    votes = votes_for(WHOLE, BELOW)
    assert chosen(votes, panels(WHOLE), panels(WHOLE, BELOW)) == {WHOLE, BELOW}
    assert chosen(votes_for(WHOLE), panels(WHOLE, BELOW), panels(WHOLE)) == {WHOLE}
    assert chosen(votes, [], []) == set()
