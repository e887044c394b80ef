"""Bodies below the neck: limbs bent by a pose, and what is worn over them.  One unit is the height of the head."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

import math
from dataclasses import dataclass

from samples.drawing.canvas import Colour, Point, mix
from samples.drawing.pen import SHADOW, Pen
from samples.drawing.poses import Bend, Pose


@dataclass(frozen=True)
class Build:
    """Proportions and clothes.  heads: height of the whole figure in heads; wide: width of the shoulders.

    garment: 'coat' (long, belted), 'suit' (trousers and jacket in one), 'robe' or 'shell' (a round tin).
    """

    heads: float
    wide: float
    garment: str
    cloth: Colour
    legs: Colour
    shoes: Colour
    hands: Colour
    trim: Colour
    limb: float = 0.3

    @property
    def leg(self) -> float:
        return (self.heads - 1) * 0.48

    @property
    def torso(self) -> float:
        return (self.heads - 1) * 0.5


def neck_of(build: Build, pose: Pose) -> Point:
    """Where the head sits, from the feet up."""
    lean = math.radians(pose.lean)
    height = build.torso + 0.4
    return math.sin(lean) * height, -_hip(build, pose) - math.cos(lean) * height


def _hip(build: Build, pose: Pose) -> float:
    reaches = [_reach((0.0, 0.0), bend, build.leg / 2)[-1][1] for bend in (pose.near_leg, pose.far_leg)]
    return max(reaches)


def _reach(start: Point, bend: Bend, half: float) -> list[Point]:
    points = [start]
    for angle in bend:
        x, y = points[-1]
        points.append((x + math.sin(math.radians(angle)) * half, y + math.cos(math.radians(angle)) * half))
    return points


def draw_body(pen: Pen, build: Build, pose: Pose) -> Pen:
    """Draw the body, its feet at the pen's origin; returns a pen at the near hand, for what it holds."""
    hip = (0.0, -_hip(build, pose))
    upper = pen.moved(*hip, turn=pose.lean)
    shoulder = -build.torso
    _arm(upper, build, pose.far_arm, (-build.wide * 0.42, shoulder + 0.12), far=True)
    if build.garment != "robe" or pose.near_leg[0] > 40:
        _leg(pen, build, pose.far_leg, (hip[0] - build.wide * 0.2, hip[1]), far=True)
        _leg(pen, build, pose.near_leg, (hip[0] + build.wide * 0.2, hip[1]), far=False)
    {"coat": _coat, "suit": _suit, "robe": _robe, "shell": _shell}[build.garment](upper, build)
    hand = _arm(upper, build, pose.near_arm, (build.wide * 0.4, shoulder + 0.14), far=False)
    return upper.moved(*hand)


def _arm(pen: Pen, build: Build, bend: Bend, start: Point, far: bool) -> Point:
    joints = _reach(start, bend, build.torso * 0.44 + 0.1)
    cloth = mix(build.cloth, SHADOW, 0.3 if far else 0.0)
    hand = mix(build.hands, SHADOW, 0.25 if far else 0.0)
    x, y = joints[-1]
    pen.limb(joints, [build.limb, build.limb * 0.86, build.limb * 0.8], cloth)
    (ax, ay), (bx, by) = joints[-2:]
    cuff = [(bx - (bx - ax) * k, by - (by - ay) * k) for k in (0.22, 0.02)]
    pen.limb(cuff, [build.limb * 0.95, build.limb * 0.95], build.trim, 0)
    size = build.limb * 0.5
    pen.ellipse(x + (x - ax) * 0.12, y + (y - ay) * 0.12, size, size * 0.92, hand, 0.9, 0.04)
    return x, y


def _leg(pen: Pen, build: Build, bend: Bend, start: Point, far: bool) -> None:
    joints = _reach(start, bend, build.leg / 2)
    dark = 0.3 if far else 0.0
    pen.limb(joints, [build.limb * 1.15, build.limb, build.limb * 0.85], mix(build.legs, SHADOW, dark))
    x, y = joints[-1]
    foot = pen.moved(x, y, turn=-bend[1] * 0.5)
    shoe = [(-0.17, -0.12), (-0.02, -0.17), (0.12, -0.08), (0.3, 0.0), (0.28, 0.09), (-0.18, 0.09)]
    foot.blob(shoe, mix(build.shoes, SHADOW, dark), 1.0, 0.05)


def _coat(pen: Pen, build: Build) -> None:
    w, top, hem = build.wide / 2, -build.torso, build.leg * 0.55
    pen.blob([(-w * 0.5, top - 0.03), (w * 0.5, top - 0.03), (w, top + 0.1), (w * 0.82, -0.1), (w * 1.25, hem), (0.05, hem + 0.06), (-w * 1.3, hem), (-w * 0.85, -0.1), (-w, top + 0.1)], build.cloth, 1.1, 0.16)  # fmt: skip
    pen.line([(w * 0.15, -0.05), (w * 0.2, hem + 0.02)], 0.8)
    pen.shape(
        [(-w * 0.86, -0.22), (w * 0.86, -0.22), (w * 0.86, -0.05), (-w * 0.88, -0.05)], build.trim, 0.9, 0
    )
    pen.shape(
        [(0.05, -0.24), (0.25, -0.24), (0.25, -0.03), (0.05, -0.03)],
        mix(build.trim, (255, 255, 255), 0.5),
        0.7,
        0,
    )
    for side in (-1, 1):
        lapel = [
            (side * w * 0.15, top - 0.1),
            (side * w * 0.62, top + 0.02),
            (side * w * 0.5, top + 0.4),
            (w * 0.14, top + 0.62),
        ]
        pen.shape(lapel, mix(build.cloth, (255, 255, 255), 0.16), 0.9, 0.05)


def _suit(pen: Pen, build: Build) -> None:
    w, top = build.wide / 2, -build.torso
    pen.blob([(-w * 0.55, top - 0.02), (w * 0.55, top - 0.02), (w, top + 0.14), (w * 0.9, -0.15), (w * 0.75, 0.14), (0, 0.2), (-w * 0.75, 0.14), (-w * 0.9, -0.15), (-w, top + 0.14)], build.cloth, 1.1, 0.14)  # fmt: skip
    pen.curve([(-w * 0.85, -0.06), (0, 0.0), (w * 0.85, -0.06)], 1.6, build.trim)
    pen.ellipse(w * 0.35, top + 0.42, 0.13, 0.13, build.trim, 0.8)


def _robe(pen: Pen, build: Build) -> None:
    w, top, hem = build.wide / 2, -build.torso, build.leg
    pen.blob([(-w * 0.5, top - 0.03), (w * 0.5, top - 0.03), (w, top + 0.14), (w * 0.85, 0), (w * 1.35, hem), (0, hem + 0.08), (-w * 1.35, hem), (-w * 0.9, 0), (-w, top + 0.14)], build.cloth, 1.1, 0.16)  # fmt: skip
    pen.shape(
        [(-w * 0.12, top - 0.06), (w * 0.3, top + 0.0), (w * 0.12, top + 0.55), (-w * 0.02, top + 0.5)],
        build.legs,
        0.8,
        0,
    )
    pen.shape([(-w * 0.92, -0.2), (w * 0.9, -0.2), (w * 0.9, 0.06), (-w * 0.92, 0.06)], build.trim, 0.9, 0.05)
    for x in (-0.5, 0.1, 0.6):
        pen.curve([(w * x * 0.7, 0.15), (w * x * 1.1, hem * 0.9)], 0.7)


def _shell(pen: Pen, build: Build) -> None:
    w, top = build.wide / 2, -build.torso
    pen.blob([(-w * 0.7, top), (w * 0.7, top), (w * 1.1, top * 0.45), (w * 0.8, 0.08), (-w * 0.8, 0.08), (-w * 1.1, top * 0.45)], build.cloth, 1.1, 0.16)  # fmt: skip
    pen.shape(
        [(-w * 0.35, top * 0.72), (w * 0.6, top * 0.72), (w * 0.6, top * 0.28), (-w * 0.35, top * 0.28)],
        build.trim,
        0.9,
        0,
    )
    for k in range(3):
        pen.ellipse(-w * 0.12 + k * w * 0.25, top * 0.5, 0.06, 0.06, build.hands, 0.7)
