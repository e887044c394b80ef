"""The Tin Detective #1: A Robot in the Rain."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import CRANE, MINA, RIVET, Figure
from samples.drawing.scenery.city import alley, desk, office, rooftop, skyline, stalls
from samples.drawing.scenery.coast import harbour, pier
from samples.drawing.scenery.moods import NOIR_GREY, NOIR_NIGHT, NOIR_ROOM
from samples.drawing.scenery.skies import burst, shadows, wash
from samples.drawing.script import (
    Advert,
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
    Panel(alley, NOIR_NIGHT, (Figure(MINA, 0.76, 0.1, None, "cower", "shock", True, floor=0.9), Figure(RIVET, 0.4, 0.2, 0.5, "hold", "smirk", prop="lantern")), weather="rain"),
    "A robot in the rain! Who stole the golden gear?",
    "30 CENTS",
)  # fmt: skip

CREDITS = Notices(
    "inner_cover",
    "The Tin Detective",
    (
        "Rivet is made of tin, and he never sleeps.",
        "Mina Sparrow writes for the Evening Lamp, and she never stops asking.",
        "Together they keep watch over Harbour City, where it rains three days out of two.",
        "Story: Ada Quill. Drawings: Tom Ferrous. Printed by Lantern Lane Press.",
    ),
    Panel(
        skyline,
        NOIR_NIGHT,
        (
            Figure(RIVET, 0.35, 0.3, 0.62, "think", "smirk"),
            Figure(MINA, 0.68, 0.3, 0.62, "hips", "happy", True),
        ),
    ),
)

PAGE_1 = StoryPage(
    (Tier(1.0), Tier(0.9, (1.0, 1.25)), Tier(0.8, (1.2, 1.0, 1.0))),
    (
        Panel(skyline, NOIR_NIGHT, (Figure(RIVET, 0.7, 0.12, None, "walk", "calm", True),), (caption("Harbour City. The ninth night of rain."), sound("DRIP DRIP", 0.24, 0.78, 40, 8)), "rain"),
        Panel(alley, NOIR_NIGHT, (Figure(RIVET, 0.5, 0.36, 0.68, "stand", "sad"),), (thinks(RIVET, "A robot should not stand in the rain. Rust is patient."),), "rain"),
        Panel(alley, NOIR_NIGHT, (Figure(MINA, 0.68, 0.24, 0.58, "run", "shout", True),), (shouts(MINA, "Rivet! Thank heaven I found you!"), sound("SPLASH", 0.24, 0.84, 46, -8)), "rain"),
        Panel(wash, NOIR_GREY, (Figure(MINA, 0.5, 0.52, 0.68, "hold", "worry"),), (says(MINA, "It came to the newspaper."),)),
        Panel(wash, NOIR_GREY, (), (caption("A letter, sealed in red."),), thing="letter"),
        Panel(shadows, NOIR_NIGHT, (Figure(RIVET, 0.5, 0.6, 0.7, "stand", "angry"),), (says(RIVET, "I know this seal."),)),
    ),
    title="A Robot in the Rain",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(1.0, (1.0, 1.3)), Tier(1.2, ((1.25, (1.0, 1.0)), 1.0))),
    (
        Panel(office, NOIR_ROOM, (Figure(RIVET, 0.45, 0.3, 0.64, "hold", "calm", prop="magnifier"),), (caption("My office. Midnight."), says(RIVET, "The ink is still wet, Mina.")), ""),
        Panel(desk, NOIR_ROOM, (Figure(MINA, 0.3, 0.27, 0.6, "think", "worry"), Figure(RIVET, 0.72, 0.29, 0.6, "point", "talk", True)), (says(MINA, "Somebody stole the golden gear from the clock tower!"), says(RIVET, "Then time itself has stopped."))),
        Panel(wash, NOIR_GREY, (), (caption("The golden gear. One hundred years old."),), thing="gear"),
        Panel(office, NOIR_ROOM, (Figure(MINA, 0.36, 0.3, 0.64, "hips", "angry"), Figure(RIVET, 0.74, 0.3, 0.64, "stand", "calm", True)), (says(MINA, "Who would steal a gear?"), says(RIVET, "A man with an umbrella."))),
        Panel(alley, NOIR_NIGHT, (Figure(CRANE, 0.5, 0.17, 0.44, "hold", "smirk", prop="umbrella"),), (caption("Mister Crane, the umbrella man."), says(CRANE, "Tick, tock, tin man.")), "rain"),
    ),
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(1.0, (1.2, 1.0), 46), Tier(0.75), Tier(1.0, (1.0, 1.15), -40)),
    (
        Panel(rooftop, NOIR_NIGHT, (Figure(CRANE, 0.68, 0.12, None, "run", "smirk"), Figure(RIVET, 0.28, 0.135, None, "run", "angry")), (shouts(RIVET, "Stop, Crane!"),), "rain"),
        Panel(burst, NOIR_GREY, (Figure(CRANE, 0.5, 0.34, 0.66, "raise", "laugh"),), (shouts(CRANE, "Catch me, tin can!"),)),
        Panel(skyline, NOIR_NIGHT, (Figure(CRANE, 0.74, 0.2, 0.36, "cheer", "grin", prop="umbrella"), Figure(RIVET, 0.22, 0.24, 0.6, "reach", "shock")), (sound("WHOOSH", 0.47, 0.7, 70, 14), says(RIVET, "He flies!")), "rain"),
        Panel(shadows, NOIR_NIGHT, (Figure(RIVET, 0.5, 0.5, 0.68, "think", "angry"),), (thinks(RIVET, "A heavy gear, a light umbrella. He cannot fly far."),)),
        Panel(harbour, NOIR_GREY, (Figure(RIVET, 0.3, 0.26, 0.66, "point", "smirk"), Figure(MINA, 0.74, 0.26, 0.66, "run", "shock", True)), (says(RIVET, "To the harbour!"), says(MINA, "In this weather?")), "rain"),
    ),
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(1.0),),
    (
        Panel(pier, NOIR_NIGHT, (Figure(MINA, 0.84, 0.1, None, "hold", "worry", True, "lantern", 0.9), Figure(CRANE, 0.63, 0.12, None, "cheer", "angry", True, "gear", 0.88), Figure(RIVET, 0.26, 0.19, 0.52, "reach", "shout")), (caption("The pier. The sea was black as oil."), shouts(RIVET, "The gear belongs to the city!"), says(CRANE, "One more step and it sinks!"), sound("KRAKOOM", 0.5, 0.93, 90, 6)), "rain"),
    ),
    bleed=True,
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(0.9, (1.0, 1.0, 1.0)), Tier(1.1), Tier(0.8, (1.3, 1.0))),
    (
        Panel(burst, NOIR_GREY, (Figure(MINA, 0.5, 0.5, 0.66, "raise", "shout"),), (shouts(MINA, "Now!"),)),
        Panel(wash, NOIR_NIGHT, (), (sound("SNAP", 0.5, 0.24, 60, 10),), thing="umbrella"),
        Panel(burst, NOIR_GREY, (Figure(CRANE, 0.5, 0.42, 0.66, "cower", "shock"),), (shouts(CRANE, "My umbrella!"),)),
        Panel(pier, NOIR_NIGHT, (Figure(CRANE, 0.82, 0.12, None, "cower", "sad", True, floor=0.95), Figure(MINA, 0.5, 0.13, None, "hips", "happy", floor=0.97), Figure(RIVET, 0.2, 0.135, None, "raise", "happy", False, "gear", 0.98)), (says(RIVET, "I have the golden gear."), says(MINA, "And I have the front page!")), "rain"),
        Panel(wash, NOIR_GREY, (Figure(RIVET, 0.1, 0.3, 0.68, "stand", "calm"), Figure(CRANE, 0.34, 0.24, 0.7, "stand", "sad", True)), (says(CRANE, "I only wanted the rain to last."),)),
        Panel(pier, NOIR_NIGHT, (Figure(CRANE, 0.45, 0.4, 0.82, "stand", "smirk"),), (thinks(CRANE, "Next time..."),), inset=(0.5, 0.4, 0.46, 0.56)),
        Panel(shadows, NOIR_NIGHT, (Figure(RIVET, 0.5, 0.5, 0.68, "stand", "sad"),), (says(RIVET, "So did the rust."),)),
    ),
)  # fmt: skip

PAGE_6 = StoryPage(
    (Tier(0.8), Tier(0.8, (1.0, 1.4)), Tier(1.0, (1.5, 1.0))),
    (
        Panel(skyline, NOIR_GREY, (), (caption("Morning. The clock strikes again."), sound("BONG BONG", 0.66, 0.3, 64, 10))),
        Panel(stalls, NOIR_GREY, (Figure(MINA, 0.5, 0.33, 0.64, "hold", "happy", False, "book"),), (says(MINA, "Read all about it!"),)),
        Panel(office, NOIR_GREY, (Figure(RIVET, 0.3, 0.3, 0.64, "hold", "happy", prop="cup"), Figure(MINA, 0.72, 0.3, 0.64, "stand", "laugh", True)), (says(RIVET, "Oil, with two sugars."), says(MINA, "You have earned it, Rivet."))),
        Panel(rooftop, NOIR_GREY, (Figure(MINA, 0.28, 0.125, None, "point", "happy"), Figure(RIVET, 0.6, 0.13, None, "stand", "calm", True)), (says(MINA, "Look! No clouds over the lighthouse."), says(RIVET, "Give it time."))),
        Panel(wash, NOIR_GREY, (Figure(RIVET, 0.5, 0.46, 0.64, "stand", "smirk"),), (sound("DRIP", 0.3, 0.16, 50, 12), caption("The end, until the next storm.")), border=False),
    ),
)  # fmt: skip

ADVERT = Advert(
    "RUST-NO-MORE!",
    Panel(burst, NOIR_ROOM, (Figure(RIVET, 0.3, 0.36, 0.66, "cheer", "grin"), Figure(MINA, 0.72, 0.34, 0.66, "point", "laugh", True))),
    ("The only oil a robot can trust!", "Squeaky knees? Creaky neck? One drop a day keeps the rain away.", "Tested in nine storms by the Tin Detective himself."),
    "Send 25 cents and this coupon to Rust-No-More, Box 7, Harbour City. Free funnel!",
    ((150, 44, 56), (246, 226, 170)),
)  # fmt: skip

BACK = BackCover(
    Panel(
        harbour,
        NOIR_NIGHT,
        (Figure(CRANE, 0.5, 0.16, 0.6, "hold", "smirk", prop="umbrella"),),
        weather="rain",
    ),
    ("Next issue:", "the lighthouse storm"),
)

ISSUE = Issue(
    "The Tin Detective", 1, "A Robot in the Rain", 2021, 3,
    "On the ninth night of rain the golden gear is stolen from the clock tower, and a robot detective follows an umbrella to the pier.",
    "Crime, Mystery", ("Rivet", "Mina Sparrow", "Mister Crane"), "Ada Quill", "Tom Ferrous", NOIR,
    (COVER, CREDITS, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, ADVERT, BACK), marked=True,
)  # fmt: skip
