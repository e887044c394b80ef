"""Balloons, captions and sounds are told by the ground under the lettering."""

from __future__ import annotations

import cv2
import numpy as np

from models.text_kinds import GroundTextKinds
from warehouse.contracts import LetteredBlock, Pixels, ReadLine
from warehouse.geometry import Box
from warehouse.text_layout import hull

PANEL = Box(0, 0, 600, 500)


def picture() -> Pixels:
    return np.random.default_rng(3).integers(0, 255, (500, 600, 3), np.uint8)


def lettered(page: Pixels, x: int, y: int, height: int, *texts: str) -> LetteredBlock:
    lines = []
    for row, text in enumerate(texts):
        box = Box(x, y + row * round(1.3 * height), round(0.75 * height * len(text)), height)
        scale, thick = height / 22, max(1, height // 10)
        at = (box.x, box.bottom)
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (0, 0, 0), thick)
        lines.append(ReadLine(box, text, 0.9))
    return LetteredBlock(hull([line.box for line in lines]), tuple(lines), PANEL)


def test_each_kind_is_told() -> None:
    page = picture()
    cv2.ellipse(page, (150, 350), (140, 80), 0, 0, 360, (255, 255, 255), -1)
    cv2.rectangle(page, (300, 5), (560, 75), (240, 230, 170), -1)
    balloon = lettered(page, 80, 330, 16, "WHO IS THERE", "AT THE DOOR?")
    caption = lettered(page, 320, 20, 16, "LATER THAT DAY", "AT HOME...")
    sound = lettered(page, 320, 300, 60, "BOOM")
    guesses = GroundTextKinds().tell(page, [balloon, caption, sound])
    assert [guess.kind for guess in guesses] == ["dialogue", "narration", "sfx"]
    assert all(0 < guess.confidence <= 1 for guess in guesses)


def test_nothing_to_tell() -> None:
    assert GroundTextKinds().tell(picture(), []) == []


def test_large_letters_are_no_ground_of_their_own() -> None:
    page = np.full((500, 600, 3), 200, np.uint8)
    speech = [lettered(page, 40, 60 + 60 * row, 14, "SAID BY SOMEBODY") for row in range(3)]
    letters = np.zeros((500, 600), np.uint8)
    cv2.putText(letters, "KRAK", (60, 420), cv2.FONT_HERSHEY_SIMPLEX, 3.5, 255, 60)
    page[letters > 0] = (220, 60, 30)
    box = Box(*cv2.boundingRect(letters))
    sound = LetteredBlock(box, (ReadLine(box, "KRAK", 0.9),), PANEL)
    number = LetteredBlock(box, (ReadLine(box, "1960", 0.9),), PANEL)
    assert GroundTextKinds().tell(page, [*speech, sound])[-1].kind == "sfx"
    assert GroundTextKinds().tell(page, [*speech, number])[-1].kind != "sfx"


def test_a_shout_in_a_balloon_is_said() -> None:
    page = picture()
    for y in (70, 200, 360):
        cv2.ellipse(page, (250, y), (130, 50), 0, 0, 360, (255, 255, 255), -1)
    speech = [lettered(page, 160, y, 14, "SAID BY SOMEBODY") for y in (63, 193)]
    shout = lettered(page, 220, 345, 30, "NO!")
    assert [guess.kind for guess in GroundTextKinds().tell(page, [*speech, shout])] == ["dialogue"] * 3
