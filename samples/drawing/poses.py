"""Poses and expressions: joint angles of the body and marks of the face."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from dataclasses import dataclass

Bend = tuple[float, float]


@dataclass(frozen=True)
class Pose:
    """Angles in degrees from straight down, positive towards where the figure looks: upper part, lower part."""

    near_arm: Bend = (12, 20)
    far_arm: Bend = (-10, -4)
    near_leg: Bend = (4, 2)
    far_leg: Bend = (-6, -6)
    lean: float = 0.0
    tilt: float = 0.0


POSES: dict[str, Pose] = {
    "stand": Pose(),
    "point": Pose(near_arm=(82, 92), lean=4),
    "walk": Pose(near_arm=(-28, -8), far_arm=(26, 50), near_leg=(26, 8), far_leg=(-18, -40), lean=3),
    "run": Pose(near_arm=(-50, 40), far_arm=(55, 120), near_leg=(58, -12), far_leg=(-34, -80), lean=14),
    "think": Pose(near_arm=(22, 152), far_arm=(8, 78), tilt=6),
    "cheer": Pose(near_arm=(140, 165), far_arm=(-140, -165), near_leg=(10, 2), far_leg=(-12, -4), tilt=-5),
    "hips": Pose(near_arm=(-42, 48), far_arm=(42, -38), near_leg=(10, 8), far_leg=(-12, -10)),
    "hold": Pose(near_arm=(14, 112), far_arm=(-8, 0)),
    "raise": Pose(near_arm=(118, 150), far_arm=(-14, -6)),
    "shrug": Pose(near_arm=(38, 104), far_arm=(-38, -104), tilt=8),
    "reach": Pose(near_arm=(96, 84), far_arm=(80, 72), near_leg=(22, 4), far_leg=(-20, -28), lean=10),
    "sit": Pose(near_arm=(24, 60), far_arm=(-6, 10), near_leg=(86, 4), far_leg=(78, -4)),
    "cower": Pose(
        near_arm=(60, 150), far_arm=(40, 140), near_leg=(30, -20), far_leg=(10, -30), lean=10, tilt=12
    ),
}


@dataclass(frozen=True)
class Look:
    """An expression.  brow: slant, positive is angry; lift: raised brows; lid: how far the eyes are open."""

    mouth: str = "smile"
    brow: float = 0.0
    lift: float = 0.0
    lid: float = 1.0
    mark: str = ""


LOOKS: dict[str, Look] = {
    "calm": Look("flat"),
    "happy": Look("smile", lift=0.03),
    "laugh": Look("grin", lift=0.05, lid=0.0),
    "grin": Look("grin", lift=0.03),
    "sad": Look("frown", brow=-0.08, lid=0.75),
    "angry": Look("frown", brow=0.1, lid=0.7),
    "shout": Look("shout", brow=0.09),
    "shock": Look("oh", lift=0.1, lid=1.25, mark="sweat"),
    "worry": Look("wavy", brow=-0.08, mark="sweat"),
    "smirk": Look("smirk", brow=0.03, lid=0.7),
    "sleepy": Look("oh", lid=0.0),
    "talk": Look("talk", lift=0.03),
}
