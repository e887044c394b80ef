"""Lantern Fox #2: The Robot by the Sea.  Right to left."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import HANA, KARAKURI, KON, TORU, Figure
from samples.drawing.scenery.city import stalls
from samples.drawing.scenery.coast import (
    boat,
    boat_hull,
    dark_lighthouse,
    harbour,
    lamp_room,
    lighthouse,
    open_sea,
    pier,
    storm_sea,
)
from samples.drawing.scenery.country import village
from samples.drawing.scenery.moods import INK_DAY, INK_NIGHT, INK_RAIN
from samples.drawing.scenery.skies import burst, shadows, wash
from samples.drawing.script import (
    BackCover,
    Cover,
    Issue,
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
    Panel(lighthouse, INK_NIGHT, (Figure(KARAKURI, 0.24, 0.12, 0.52, "raise", "happy", False, "lantern"), Figure(HANA, 0.66, 0.19, 0.62, "cheer", "shout", True)), weather="rain"),
    "Storm over the lighthouse!",
    "400 MON",
)  # fmt: skip

PAGE_1 = StoryPage(
    (Tier(0.9), Tier(0.9, (1.2, 1.0)), Tier(0.8, (1.0, 1.0))),
    (
        Panel(harbour, INK_DAY, (Figure(KON, 0.34, 0.17, None, "run", "laugh", True), Figure(HANA, 0.66, 0.16, None, "run", "laugh", True)), (caption("Summer by the sea."), shouts(HANA, "Last one in the water is a turnip!"))),
        Panel(stalls, INK_DAY, (Figure(KON, 0.5, 0.32, 0.68, "point", "grin", True),), (says(KON, "A market! Do they sell dragon eggs?"),)),
        Panel(wash, INK_DAY, (Figure(TORU, 0.5, 0.4, 0.66, "hold", "worry", False, "map"),), (says(TORU, "Look at the sky, children."),)),
        Panel(open_sea, INK_RAIN, (), (caption("Far out, a black line."), sound("RUMBLE", 0.5, 0.56, 54, 8))),
        Panel(wash, INK_RAIN, (Figure(HANA, 0.5, 0.42, 0.68, "stand", "worry", True),), (says(HANA, "A storm is coming."),)),
    ),
    title="The Robot by the Sea",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(0.9, (1.0, 1.0), 36), Tier(1.0, ((1.0, (1.0, 1.0)), 1.1)),),
    (
        Panel(pier, INK_RAIN, (Figure(TORU, 0.5, 0.26, 0.62, "point", "shout", True),), (shouts(TORU, "The fishing boats are still out!"),), "rain"),
        Panel(lighthouse, INK_RAIN, (Figure(HANA, 0.3, 0.24, 0.66, "shrug", "shock"),), (says(HANA, "And nobody keeps the lighthouse any more!"),), "rain"),
        Panel(wash, INK_DAY, (Figure(KON, 0.5, 0.4, 0.72, "think", "calm"),), (thinks(KON, "Guard. Lantern. Task."),)),
        Panel(burst, INK_DAY, (Figure(KON, 0.5, 0.4, 0.74, "cheer", "shout"),), (shouts(KON, "I know somebody!"),)),
        Panel(village, INK_RAIN, (Figure(KARAKURI, 0.45, 0.125, None, "walk", "calm", True, floor=0.86),), (caption("A robot in the rain, all the way from the castle."), sound("KLANK KLANK", 0.5, 0.93, 44, -5), says(KARAKURI, "Task?")), "rain"),
    ),
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(0.8, (1.0, 1.0)), Tier(1.2), Tier(0.8, (1.0, 1.0, 1.0))),
    (
        Panel(wash, INK_RAIN, (Figure(HANA, 0.5, 0.4, 0.68, "reach", "shout", True),), (shouts(HANA, "Light the lighthouse!"),), "rain"),
        Panel(shadows, INK_NIGHT, (Figure(KARAKURI, 0.5, 0.4, 0.68, "stand", "happy"),), (says(KARAKURI, "New task. Good task."),)),
        Panel(boat, INK_NIGHT, (Figure(TORU, 0.5, 0.13, 0.58, "raise", "angry", False, "lantern"),), (caption("Toru rowed out alone."), shouts(TORU, "Follow my voice!"), sound("GRAASH", 0.2, 0.84, 76, 12)), "rain", front=boat_hull),
        Panel(storm_sea, INK_NIGHT, (), (sound("KRAK", 0.5, 0.5, 54, 12),), "rain"),
        Panel(burst, INK_NIGHT, (Figure(TORU, 0.5, 0.42, 0.7, "cower", "shock"),), (shouts(TORU, "The oar!"),)),
        Panel(wash, INK_RAIN, (Figure(KON, 0.5, 0.42, 0.72, "cower", "worry"),), (says(KON, "I cannot see him."),)),
    ),
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(1.0, (0.8, (1.2, (1.0, 1.0)))), Tier(0.8, (1.0, 1.4))),
    (
        Panel(dark_lighthouse, INK_NIGHT, (Figure(KARAKURI, 0.4, 0.1, None, "run", "angry", floor=0.97),), (caption("Two hundred stairs."), sound("KLANK", 0.3, 0.5, 56, 12)), "rain"),
        Panel(lamp_room, INK_NIGHT, (Figure(KARAKURI, 0.3, 0.28, 0.64, "reach", "worry"),), (says(KARAKURI, "No oil. No fire."),)),
        Panel(lamp_room, INK_NIGHT, (Figure(KON, 0.36, 0.3, 0.68, "hold", "smirk", False, "lantern"), Figure(HANA, 0.74, 0.28, 0.66, "stand", "shock", True)), (says(HANA, "Kon? Your tail!"), says(KON, "Fox fire. Stand back."))),
        Panel(wash, INK_DAY, (Figure(KON, 0.5, 0.42, 0.72, "stand", "angry"),), (thinks(KON, "For the village. For the rice cakes."),)),
        Panel(burst, INK_DAY, (Figure(KON, 0.5, 0.32, 0.66, "cheer", "shout"),), (shouts(KON, "Burn!"), sound("FWOOM", 0.3, 0.93, 70, 8))),
    ),
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(1.0),),
    (
        Panel(lighthouse, INK_NIGHT, (Figure(HANA, 0.7, 0.09, None, "cheer", "laugh", True, floor=0.97), Figure(KON, 0.5, 0.085, None, "cheer", "laugh", True, floor=0.97)), (caption("The light went out over the sea like a hand."), shouts(HANA, "Grandfather! This way!")), "rain"),
        Panel(storm_sea, INK_RAIN, (Figure(TORU, 0.5, 0.4, 0.72, "cheer", "laugh"),), (says(TORU, "I see it!"),), inset=(0.05, 0.7, 0.4, 0.25)),
    ),
    bleed=True,
)  # fmt: skip

PAGE_6 = StoryPage(
    (Tier(0.9, (1.0, 1.2)), Tier(0.8), Tier(0.8, (1.4, 1.0))),
    (
        Panel(pier, INK_DAY, (Figure(TORU, 0.36, 0.28, 0.66, "hold", "laugh", False, "cup"), Figure(HANA, 0.74, 0.27, 0.66, "stand", "laugh", True)), (says(HANA, "Every boat came home!"), says(TORU, "Every one."))),
        Panel(lighthouse, INK_DAY, (Figure(KARAKURI, 0.28, 0.22, 0.6, "raise", "happy"),), (says(KARAKURI, "I will stay. The sea is good company."),)),
        Panel(harbour, INK_DAY, (Figure(KON, 0.24, 0.26, 0.7, "shrug", "grin"), Figure(KARAKURI, 0.5, 0.2, 0.5, "stand", "happy"), Figure(HANA, 0.78, 0.24, 0.64, "stand", "happy", True)), (says(HANA, "Who will guard the castle?"), says(KON, "The ghosts can do it."))),
        Panel(lighthouse, INK_NIGHT, (), (caption("And at night, when a storm comes, the lighthouse ticks."), sound("TICK TICK", 0.3, 0.62, 44, 8))),
        Panel(wash, INK_DAY, (Figure(KON, 0.5, 0.42, 0.72, "stand", "laugh"),), (says(KON, "Rice cakes?"), caption("The end.")), border=False),
    ),
)  # fmt: skip

BACK = BackCover(
    Panel(open_sea, INK_NIGHT, (Figure(KARAKURI, 0.5, 0.15, 0.5, "hold", "happy", False, "lantern"),)),
    ("Stop! This is the back.", "Start at the other side."),
)

ISSUE = Issue(
    "Lantern Fox", 2, "The Robot by the Sea", 2023, 7,
    "A storm catches the fishing boats, the lighthouse has no keeper, and a clockwork robot comes down from the castle in the rain.",
    "Fantasy", ("Hana", "Kon", "Toru", "Karakuri"), "Emi Hollow", "Jun Harrow", SCREEN,
    (COVER, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, BACK), story_arc="The Nine Lanterns",
)  # fmt: skip
