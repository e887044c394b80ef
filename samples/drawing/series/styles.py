"""How each series looks on paper."""

# ruff: noqa: E501  colours of a style on one line

from __future__ import annotations

from samples.drawing.script import Style

NOIR = Style(
    width=800, height=1216, margin=22, gutter=12, paper=(10, 12, 20), ink=(12, 14, 24), border=(150, 164, 186),
    balloon=(240, 244, 250), robot_balloon=(255, 232, 178), caption=(196, 208, 226), caption_ink=(20, 26, 44),
    sfx=(255, 206, 110), logo=(255, 190, 70), shade_tone="hatch",
)  # fmt: skip

PASTEL = Style(
    width=820, height=1200, margin=34, gutter=18, paper=(255, 254, 250), ink=(52, 38, 70), border=(52, 38, 70),
    balloon=(255, 255, 255), robot_balloon=(224, 246, 255), caption=(255, 243, 176), caption_ink=(60, 40, 70),
    sfx=(255, 120, 130), logo=(255, 150, 170), shade_tone="dots",
)  # fmt: skip

SCREEN = Style(
    width=780, height=1120, margin=40, gutter=14, paper=(255, 255, 255), ink=(8, 8, 10), border=(8, 8, 10),
    balloon=(255, 255, 255), robot_balloon=(255, 255, 255), caption=(255, 255, 255), caption_ink=(10, 10, 12),
    sfx=(255, 255, 255), logo=(255, 255, 255), screened=True, direction="rtl",
)  # fmt: skip
