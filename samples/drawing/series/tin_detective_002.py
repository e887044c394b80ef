"""The Tin Detective #2: The Lighthouse Storm."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import BRINE, CRANE, MINA, RIVET, Figure
from samples.drawing.scenery.city import desk, office, skyline
from samples.drawing.scenery.coast import (
    boat,
    boat_hull,
    dark_lighthouse,
    harbour,
    lamp_room,
    lighthouse,
    pier,
    storm_sea,
)
from samples.drawing.scenery.moods import NOIR_GREY, NOIR_NIGHT, NOIR_ROOM, NOIR_STORM
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
from samples.drawing.series.styles import NOIR

COVER = Cover(
    Panel(lighthouse, NOIR_STORM, (Figure(BRINE, 0.8, 0.1, None, "raise", "shout", True, "lantern", 0.93), Figure(RIVET, 0.3, 0.18, 0.56, "point", "angry")), weather="rain"),
    "The lighthouse storm! The lamp is out, the ships are coming...",
    "30 CENTS",
)  # fmt: skip

PAGE_1 = StoryPage(
    (Tier(1.1), Tier(0.8, (1.0, 1.0)), Tier(0.8, (1.0, 1.5))),
    (
        Panel(dark_lighthouse, NOIR_STORM, (), (caption("Gull Point. The storm came at dusk, and the lighthouse went dark."), sound("HOWOOO", 0.26, 0.5, 60, 10)), "rain"),
        Panel(lamp_room, NOIR_STORM, (Figure(BRINE, 0.5, 0.34, 0.66, "hold", "shock", prop="lantern"),), (says(BRINE, "The great crystal is gone!"),)),
        Panel(wash, NOIR_GREY, (Figure(BRINE, 0.5, 0.46, 0.68, "stand", "worry", True),), (says(BRINE, "Without light the ships will find the rocks."),)),
        Panel(desk, NOIR_ROOM, (), (sound("RRRING", 0.5, 0.4, 66, 12),)),
        Panel(office, NOIR_ROOM, (Figure(RIVET, 0.3, 0.3, 0.66, "think", "calm"), Figure(MINA, 0.74, 0.3, 0.66, "stand", "worry", True)), (says(RIVET, "Captain Brine? Speak slowly."), says(MINA, "A storm is no night for a robot, Rivet."))),
    ),
    title="The Lighthouse Storm",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(1.0, (1.0, 1.0)), Tier(1.25), Tier(0.8, (1.0, 1.0, 1.0))),
    (
        Panel(skyline, NOIR_NIGHT, (Figure(RIVET, 0.3, 0.13, None, "run", "angry"), Figure(MINA, 0.7, 0.12, None, "run", "shock")), (caption("We took the last boat out of the city."),), "rain"),
        Panel(pier, NOIR_STORM, (Figure(MINA, 0.3, 0.28, 0.66, "shrug", "worry"), Figure(RIVET, 0.72, 0.29, 0.64, "point", "talk", True)), (says(MINA, "This boat has a hole in it!"), says(RIVET, "Then we shall row quickly.")), "rain"),
        Panel(boat, NOIR_STORM, (Figure(RIVET, 0.44, 0.13, 0.56, "reach", "angry"), Figure(MINA, 0.6, 0.12, 0.57, "hold", "shock", False, "lantern")), (caption("The sea rose like a wall."), shouts(MINA, "Rocks! Rocks ahead!"), sound("KRASH", 0.82, 0.84, 84, -10)), "rain", front=boat_hull),
        Panel(burst, NOIR_STORM, (Figure(RIVET, 0.5, 0.5, 0.7, "stand", "shock"),), (shouts(RIVET, "Hold on!"),)),
        Panel(storm_sea, NOIR_STORM, (), (sound("SPLOOSH", 0.5, 0.5, 44, 14),), "rain"),
        Panel(burst, NOIR_STORM, (Figure(MINA, 0.5, 0.5, 0.7, "cheer", "shout"),), (shouts(MINA, "Rivet!"),)),
    ),
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(1.0, (0.9, (1.2, (1.0, 1.0)))), Tier(0.9, (1.0, 1.0), 44)),
    (
        Panel(dark_lighthouse, NOIR_STORM, (Figure(RIVET, 0.32, 0.1, None, "walk", "sad", floor=0.98), Figure(MINA, 0.62, 0.1, None, "walk", "worry", floor=0.97)), (caption("Wet, rusty, alive."), says(RIVET, "My left knee squeaks.")), "rain"),
        Panel(shadows, NOIR_STORM, (Figure(BRINE, 0.34, 0.34, 0.64, "point", "talk"), Figure(RIVET, 0.76, 0.32, 0.64, "stand", "calm", True)), (says(BRINE, "Up the stairs! All two hundred."), says(RIVET, "Squeak."))),
        Panel(wash, NOIR_GREY, (), (caption("On the last stair: a black feather from an umbrella man's hat."),), thing="magnifier"),
        Panel(lamp_room, NOIR_STORM, (Figure(CRANE, 0.45, 0.22, 0.58, "hold", "grin", False, "crystal"),), (says(CRANE, "Good evening, tin man. Lovely storm."),)),
        Panel(burst, NOIR_GREY, (Figure(RIVET, 0.3, 0.36, 0.68, "point", "shout"), Figure(MINA, 0.76, 0.36, 0.68, "hips", "angry", True)), (shouts(RIVET, "Crane! Put back the crystal!"), says(MINA, "Him again!"))),
    ),
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(0.8, (1.0, 1.2, 1.0)), Tier(1.2), Tier(0.7, (1.0, 1.0))),
    (
        Panel(wash, NOIR_STORM, (Figure(CRANE, 0.5, 0.38, 0.72, "stand", "smirk"),), (says(CRANE, "A ship of gold passes tonight."),)),
        Panel(storm_sea, NOIR_STORM, (), (caption("In the dark, a ship is only a promise to the rocks."),), "rain"),
        Panel(wash, NOIR_STORM, (Figure(MINA, 0.5, 0.48, 0.7, "stand", "angry", True),), (says(MINA, "There are people aboard!"),)),
        Panel(lamp_room, NOIR_STORM, (Figure(CRANE, 0.8, 0.15, None, "run", "shock", False, "crystal", 0.98), Figure(BRINE, 0.5, 0.16, None, "reach", "angry", floor=0.98), Figure(MINA, 0.22, 0.155, None, "run", "shout", floor=0.98)), (shouts(BRINE, "Thief!"), sound("KLANG", 0.66, 0.84, 80, 12), says(CRANE, "Out of my way!"))),
        Panel(wash, NOIR_GREY, (), (sound("KRIK", 0.78, 0.84, 54, 14), caption("The crystal cracked in two.")), thing="crystal"),
        Panel(shadows, NOIR_STORM, (Figure(RIVET, 0.55, 0.46, 0.7, "think", "sad"),), (thinks(RIVET, "No crystal. No light. But I have two lamps of my own."),)),
    ),
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(1.0),),
    (
        Panel(lamp_room, NOIR_STORM, (Figure(RIVET, 0.5, 0.22, 0.44, "cheer", "shout"), Figure(BRINE, 0.16, 0.09, None, "cheer", "laugh", floor=0.97), Figure(MINA, 0.85, 0.095, None, "raise", "happy", True, floor=0.97)), (shouts(RIVET, "Captain! Turn me slowly!"), caption("That night the lighthouse had amber eyes."), sound("FWOOM", 0.5, 0.72, 100, 8))),
        Panel(storm_sea, NOIR_NIGHT, (), (says(BRINE, "She turns! The ship turns!", (0.1, 1.0)),), inset=(0.05, 0.76, 0.5, 0.16)),
    ),
    bleed=True,
)  # fmt: skip

PAGE_6 = StoryPage(
    (Tier(1.0, (1.3, 1.0)), Tier(0.7), Tier(0.9, (1.0, 1.2))),
    (
        Panel(lighthouse, NOIR_GREY, (), (caption("Morning. The sea had forgotten everything."),)),
        Panel(harbour, NOIR_GREY, (Figure(CRANE, 0.5, 0.3, 0.66, "shrug", "sad"),), (says(CRANE, "Prison is dry, I suppose."),)),
        Panel(pier, NOIR_GREY, (Figure(BRINE, 0.2, 0.24, 0.64, "hold", "laugh", prop="cup"), Figure(RIVET, 0.5, 0.24, 0.66, "stand", "happy"), Figure(MINA, 0.8, 0.24, 0.66, "hold", "happy", True, "book")), (says(BRINE, "Best lamp I ever had."), says(RIVET, "I have a stiff neck."), says(MINA, "Page one, Rivet!"))),
        Panel(wash, NOIR_GREY, (Figure(MINA, 0.5, 0.46, 0.68, "think", "smirk"),), (says(MINA, "Where does the next storm go?"),)),
        Panel(shadows, NOIR_GREY, (Figure(RIVET, 0.5, 0.46, 0.7, "stand", "smirk"),), (says(RIVET, "Wherever we do."), caption("The end."))),
    ),
)  # fmt: skip

LETTERS = Notices(
    "editorial",
    "Letters to the Lamp",
    (
        "Dear editor, can a robot really rust in the rain? My brother says no. Signed, Wren, aged nine.",
        "Dear Wren, Rivet oils his joints every night, and twice in stormy weather. Your brother owes you a biscuit.",
        "Dear editor, will Mister Crane come back? I like his umbrella. Signed, Otto.",
        "Dear Otto, an umbrella man always comes back. Watch the sky.",
    ),
    Panel(desk, NOIR_ROOM, (Figure(MINA, 0.5, 0.33, 0.6, "hold", "happy", False, "letter"),)),
)

BACK = BackCover(
    Panel(lamp_room, NOIR_NIGHT, (Figure(RIVET, 0.5, 0.2, 0.66, "stand", "calm"),)),
    ("Keep a light on.", "The Tin Detective returns."),
)

ISSUE = Issue(
    "The Tin Detective", 2, "The Lighthouse Storm", 2021, 6,
    "The lamp of the lighthouse is stolen on the night of the great storm, and a robot lends the ships his eyes.",
    "Crime, Mystery", ("Rivet", "Mina Sparrow", "Captain Brine", "Mister Crane"), "Ada Quill", "Tom Ferrous", NOIR,
    (COVER, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, LETTERS, BACK),
)  # fmt: skip
