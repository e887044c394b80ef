"""Lantern Fox #1: The Lantern on the Hill.  Right to left."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import HANA, KARAKURI, KON, TORU, Figure
from samples.drawing.scenery.country import castle, forest, hall, village
from samples.drawing.scenery.moods import INK_DAY, INK_NIGHT, INK_RAIN
from samples.drawing.scenery.skies import burst, shadows, wash
from samples.drawing.script import (
    BackCover,
    Cover,
    Issue,
    Notices,
    Panel,
    StoryPage,
    Tier,
    caption,
    says,
    shouts,
    sound,
    thinks,
)
from samples.drawing.series.styles import SCREEN

COVER = Cover(
    Panel(village, INK_NIGHT, (Figure(KON, 0.26, 0.14, None, "raise", "happy", False, "lantern", 0.88), Figure(HANA, 0.62, 0.22, 0.58, "point", "grin", True))),
    "The lantern on the hill has gone out!",
    "400 MON",
)  # fmt: skip

PAGE_1 = StoryPage(
    (Tier(1.0), Tier(0.8, (1.0, 1.2)), Tier(0.8, (1.2, 1.0))),
    (
        Panel(village, INK_NIGHT, (Figure(HANA, 0.7, 0.14, None, "walk", "calm", True), Figure(TORU, 0.36, 0.13, None, "hold", "talk", False, "lantern")), (caption("The village of Nine Lanterns."), says(TORU, "Eight lanterns lit, Hana. Where is the ninth?"))),
        Panel(wash, INK_DAY, (Figure(HANA, 0.5, 0.42, 0.66, "point", "shock", True),), (says(HANA, "The lantern on the hill is dark!"),)),
        Panel(castle, INK_NIGHT, (), (caption("The old castle, black against the night."),)),
        Panel(wash, INK_RAIN, (Figure(TORU, 0.5, 0.4, 0.66, "stand", "sad"),), (says(TORU, "Without it, the fox spirits lose their way."),)),
        Panel(burst, INK_DAY, (Figure(HANA, 0.5, 0.42, 0.7, "cheer", "shout", True),), (shouts(HANA, "Then I will light it!"),)),
    ),
    title="The Lantern on the Hill",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(1.1, (0.9, (1.2, (1.0, 1.0)))), Tier(0.9, (1.0, 1.0, 1.0))),
    (
        Panel(forest, INK_NIGHT, (Figure(HANA, 0.5, 0.13, None, "walk", "worry", True, "lantern"),), (caption("Into the forest."), sound("RUSTLE", 0.5, 0.4, 52, 12))),
        Panel(forest, INK_NIGHT, (Figure(KON, 0.36, 0.36, 0.68, "stand", "happy"),), (says(KON, "You smell of rice cakes."),)),
        Panel(burst, INK_DAY, (Figure(HANA, 0.5, 0.42, 0.7, "cower", "shock", True),), (shouts(HANA, "A talking fox!"),)),
        Panel(wash, INK_DAY, (Figure(KON, 0.5, 0.46, 0.6, "hips", "smirk"),), (says(KON, "I am Kon."),)),
        Panel(wash, INK_RAIN, (Figure(KON, 0.5, 0.46, 0.6, "shrug", "sad"),), (says(KON, "I am also lost."),)),
        Panel(wash, INK_DAY, (Figure(HANA, 0.46, 0.5, 0.56, "hold", "happy", True),), (says(HANA, "Come with me, Kon."),)),
    ),
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(1.0),),
    (
        Panel(castle, INK_NIGHT, (Figure(HANA, 0.66, 0.11, None, "stand", "worry", True, "lantern", 0.96), Figure(KON, 0.42, 0.1, None, "cower", "worry", True, floor=0.96)), (caption("At the top of the hill stood a castle at night, and something ticked inside."), says(HANA, "Can you hear that?"), sound("TICK TICK TICK", 0.5, 0.36, 54, -8))),
    ),
    bleed=True,
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(0.9, (1.0, 1.3), 40), Tier(1.1), Tier(0.7, (1.0, 1.0))),
    (
        Panel(hall, INK_NIGHT, (Figure(KON, 0.4, 0.3, 0.7, "point", "shock", True),), (says(KON, "Look out!"),)),
        Panel(hall, INK_NIGHT, (Figure(KARAKURI, 0.5, 0.25, 0.56, "stand", "angry"),), (shouts(KARAKURI, "None shall pass!"), sound("KLANK", 0.2, 0.84, 60, 12))),
        Panel(hall, INK_RAIN, (Figure(KARAKURI, 0.24, 0.15, None, "reach", "angry"), Figure(HANA, 0.68, 0.16, None, "cheer", "angry", True), Figure(KON, 0.86, 0.15, None, "run", "shock")), (shouts(HANA, "We only want to light the lantern!"), says(KARAKURI, "Lantern? My task is: guard lantern."))),
        Panel(wash, INK_DAY, (Figure(HANA, 0.5, 0.42, 0.68, "think", "calm", True),), (thinks(HANA, "This robot is only lonely."),)),
        Panel(shadows, INK_NIGHT, (Figure(KARAKURI, 0.5, 0.38, 0.68, "stand", "sad"),), (says(KARAKURI, "It went out. I had no fire."),)),
    ),
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(1.0, ((1.0, (1.0, 1.0)), 1.2)), Tier(0.9, (1.3, 1.0))),
    (
        Panel(wash, INK_DAY, (), (caption("Hana gave her own flame."),), thing="lantern"),
        Panel(wash, INK_DAY, (Figure(KARAKURI, 0.5, 0.36, 0.7, "hold", "happy"),), (says(KARAKURI, "Warm."),)),
        Panel(castle, INK_NIGHT, (Figure(KON, 0.3, 0.13, None, "cheer", "laugh", floor=0.96), Figure(HANA, 0.66, 0.14, None, "cheer", "laugh", True, floor=0.97)), (sound("FWAAA", 0.6, 0.12, 70, 10), shouts(KON, "The ninth lantern!")), "sparks"),
        Panel(forest, INK_NIGHT, (Figure(KON, 0.3, 0.28, 0.7, "raise", "happy"), Figure(HANA, 0.72, 0.27, 0.66, "stand", "happy", True)), (says(HANA, "Now you can find your way home."), says(KON, "I think I have.")), "sparks"),
        Panel(wash, INK_RAIN, (Figure(KON, 0.5, 0.5, 0.6, "stand", "laugh"),), (says(KON, "Is there a rice cake?"),)),
    ),
)  # fmt: skip

PAGE_6 = StoryPage(
    (Tier(0.9), Tier(0.8, (1.0, 1.0)), Tier(0.9)),
    (
        Panel(village, INK_DAY, (Figure(TORU, 0.32, 0.15, None, "cheer", "laugh"), Figure(HANA, 0.64, 0.15, None, "run", "laugh", True), Figure(KON, 0.82, 0.15, None, "run", "grin", True)), (says(HANA, "Grandfather, this is Kon!"), says(TORU, "Nine lanterns. And a fox!"))),
        Panel(wash, INK_DAY, (Figure(TORU, 0.5, 0.42, 0.68, "think", "happy"),), (says(TORU, "Who keeps the castle now?"),)),
        Panel(wash, INK_DAY, (Figure(HANA, 0.5, 0.42, 0.7, "stand", "smirk", True),), (says(HANA, "A very good robot."),)),
        Panel(castle, INK_NIGHT, (Figure(KARAKURI, 0.28, 0.15, 0.62, "raise", "happy", False, "lantern"),), (says(KARAKURI, "Task: guard lantern. Task: smile."), caption("The end."))),
    ),
)  # fmt: skip

CREDITS = Notices(
    "credits",
    "Lantern Fox",
    ("Story: Emi Hollow", "Drawings: Jun Harrow", "Lettering: The Night Desk", "Printed by Lantern Lane Press. Read this book from right to left."),
    Panel(forest, INK_DAY, (Figure(KON, 0.5, 0.34, 0.62, "cheer", "happy"),)),
)  # fmt: skip

BACK = BackCover(
    Panel(
        forest,
        INK_NIGHT,
        (Figure(KON, 0.5, 0.18, None, "raise", "happy", False, "lantern"),),
        weather="sparks",
    ),
    ("Stop! This is the back.", "Start at the other side."),
)

ISSUE = Issue(
    "Lantern Fox", 1, "The Lantern on the Hill", 2023, 2,
    "The ninth lantern goes dark, and Hana walks through the forest to the castle at night with a lost fox.",
    "Fantasy", ("Hana", "Kon", "Toru", "Karakuri"), "Emi Hollow", "Jun Harrow", SCREEN,
    (COVER, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, CREDITS, BACK), story_arc="The Nine Lanterns",
)  # fmt: skip
