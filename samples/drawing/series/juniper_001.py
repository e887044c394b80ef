"""Juniper's Comet Garden #1: The Dragon Market."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import BOLT, EMBER, JUNIPER, PIP, Figure
from samples.drawing.scenery.city import cockpit, stalls
from samples.drawing.scenery.country import forest, garden
from samples.drawing.scenery.moods import PASTEL_DAY, PASTEL_DUSK, PASTEL_NIGHT, PASTEL_SPACE
from samples.drawing.scenery.skies import burst, space, wash
from samples.drawing.script import (
    Advert,
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
from samples.drawing.series.styles import PASTEL

COVER = Cover(
    Panel(stalls, PASTEL_DUSK, (Figure(EMBER, 0.74, 0.16, 0.42, "hold", "talk", True, "crystal"), Figure(BOLT, 0.16, 0.12, None, "cheer", "happy", floor=0.86), Figure(JUNIPER, 0.42, 0.22, 0.6, "point", "grin")), weather="sparks"),
    "One star seed, one hungry dragon market!",
    "2 STARS",
)  # fmt: skip

PAGE_1 = StoryPage(
    (Tier(1.0), Tier(0.9, (1.0, 1.2)), Tier(0.8, (1.0, 1.0))),
    (
        Panel(garden, PASTEL_DAY, (Figure(JUNIPER, 0.34, 0.19, None, "hips", "sad"), Figure(BOLT, 0.6, 0.17, None, "stand", "worry", True)), (caption("The comet garden, first day of spring."), says(JUNIPER, "Nothing is growing, Bolt."))),
        Panel(wash, PASTEL_DAY, (Figure(BOLT, 0.5, 0.46, 0.64, "think", "talk"),), (says(BOLT, "The old star seed has gone out. Beep."),)),
        Panel(garden, PASTEL_DUSK, (Figure(JUNIPER, 0.34, 0.34, 0.64, "think", "worry"), Figure(PIP, 0.76, 0.3, 0.72, "cheer", "grin", True)), (says(JUNIPER, "Where do you buy a star?"), shouts(PIP, "The dragon market!"))),
        Panel(wash, PASTEL_DUSK, (), (caption("Pip's map was drawn on a napkin."),), thing="map"),
        Panel(burst, PASTEL_DAY, (Figure(JUNIPER, 0.5, 0.46, 0.7, "cheer", "laugh"),), (shouts(JUNIPER, "To the ship!"),)),
    ),
    title="The Dragon Market",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(0.9), Tier(1.1, ((1.0, (1.0, 1.0)), 1.2)),),
    (
        Panel(space, PASTEL_SPACE, (), (caption("Past three moons and a sleepy planet."), sound("ZOOOOM", 0.7, 0.72, 76, 12))),
        Panel(cockpit, PASTEL_SPACE, (Figure(JUNIPER, 0.32, 0.34, 0.64, "reach", "happy"), Figure(PIP, 0.74, 0.28, 0.72, "stand", "talk", True)), (says(JUNIPER, "Are we there yet?"), says(PIP, "Left at the comet."))),
        Panel(cockpit, PASTEL_SPACE, (Figure(BOLT, 0.5, 0.42, 0.66, "point", "shock"),), (shouts(BOLT, "That was the comet!"),)),
        Panel(stalls, PASTEL_NIGHT, (Figure(JUNIPER, 0.32, 0.14, None, "walk", "grin"), Figure(BOLT, 0.56, 0.12, None, "walk", "happy"), Figure(PIP, 0.78, 0.12, None, "walk", "laugh")), (caption("The dragon market opens only at night."), says(JUNIPER, "Oh! So many lanterns!")), "sparks"),
    ),
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(1.0, (1.0, 1.0), 40), Tier(1.0, (1.3, 1.0)), Tier(0.8, (1.0, 1.0, 1.0))),
    (
        Panel(stalls, PASTEL_NIGHT, (Figure(EMBER, 0.5, 0.3, 0.58, "hold", "talk", False, "crystal"),), (says(EMBER, "Fresh fire! Warm fire! Fire for your toast!"),), "sparks"),
        Panel(stalls, PASTEL_DUSK, (Figure(JUNIPER, 0.3, 0.3, 0.66, "point", "talk"), Figure(EMBER, 0.72, 0.28, 0.6, "shrug", "smirk", True)), (says(JUNIPER, "One star seed, please."), says(EMBER, "Have you gold?"))),
        Panel(stalls, PASTEL_NIGHT, (Figure(PIP, 0.22, 0.26, 0.74, "shrug", "worry"), Figure(JUNIPER, 0.5, 0.3, 0.68, "shrug", "worry"), Figure(BOLT, 0.8, 0.28, 0.72, "shrug", "worry", True)), (says(PIP, "I have a button."), says(BOLT, "I have a spare bolt. Beep."))),
        Panel(wash, PASTEL_DUSK, (Figure(EMBER, 0.44, 0.36, 0.58, "think", "happy"),), (says(EMBER, "Madam Ember sells for gold, or for a good story."),)),
        Panel(wash, PASTEL_NIGHT, (), (caption("The very last star seed."),), thing="seed"),
        Panel(wash, PASTEL_DAY, (Figure(JUNIPER, 0.5, 0.44, 0.68, "think", "calm"),), (thinks(JUNIPER, "A story..."),)),
        Panel(burst, PASTEL_DUSK, (Figure(BOLT, 0.5, 0.42, 0.7, "cheer", "grin"),), (shouts(BOLT, "Tell the castle one!"),)),
    ),
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(1.0),),
    (
        Panel(stalls, PASTEL_NIGHT, (Figure(EMBER, 0.76, 0.15, 0.48, "think", "shock", True), Figure(PIP, 0.14, 0.1, None, "cheer", "laugh", floor=0.93), Figure(BOLT, 0.5, 0.1, None, "cheer", "happy", floor=0.93), Figure(JUNIPER, 0.34, 0.17, 0.52, "cheer", "shout")), (caption("And so Juniper told the whole market a story."), says(JUNIPER, "Once a robot stood in the rain until a lighthouse fell in love with him..."), says(EMBER, "Oh my! And then?")), "sparks"),
    ),
    bleed=True,
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(0.9, (1.0, 1.0)), Tier(0.9), Tier(1.0, (1.0, 1.3))),
    (
        Panel(wash, PASTEL_NIGHT, (Figure(EMBER, 0.44, 0.38, 0.6, "cower", "sad"),), (says(EMBER, "That is the best story I ever heard. Sniff."),)),
        Panel(burst, PASTEL_DUSK, (Figure(EMBER, 0.46, 0.36, 0.66, "raise", "shock"),), (shouts(EMBER, "Ah... ah..."), sound("CHOO", 0.62, 0.94, 64, 6))),
        Panel(stalls, PASTEL_DUSK, (Figure(JUNIPER, 0.3, 0.18, None, "run", "shock", True), Figure(PIP, 0.52, 0.16, None, "run", "shock", True), Figure(BOLT, 0.14, 0.16, None, "run", "shock", True), Figure(EMBER, 0.82, 0.17, None, "reach", "worry", True)), (shouts(PIP, "Dragon sneeze! Run!"), sound("FWOOSH", 0.64, 0.22, 84, -8)), "sparks"),
        Panel(wash, PASTEL_DAY, (Figure(BOLT, 0.5, 0.42, 0.66, "hold", "sleepy", prop="seed"),), (says(BOLT, "My antenna is toast. Beep."),)),
        Panel(stalls, PASTEL_NIGHT, (Figure(EMBER, 0.3, 0.28, 0.62, "reach", "happy"), Figure(JUNIPER, 0.76, 0.28, 0.7, "hold", "laugh", True, "seed")), (says(EMBER, "Take the seed, dear. Come back with another story."), says(JUNIPER, "I promise!")), "sparks"),
    ),
)  # fmt: skip

PAGE_6 = StoryPage(
    (Tier(0.8, (1.4, 1.0)), Tier(1.3), Tier(0.7, (1.0, 1.0))),
    (
        Panel(space, PASTEL_SPACE, (), (caption("Home again, right at the comet."),)),
        Panel(wash, PASTEL_DAY, (Figure(PIP, 0.5, 0.4, 0.7, "hold", "talk"),), (says(PIP, "Dig here!"),)),
        Panel(garden, PASTEL_NIGHT, (Figure(JUNIPER, 0.36, 0.18, None, "cheer", "laugh"), Figure(BOLT, 0.62, 0.15, None, "cheer", "grin", True), Figure(PIP, 0.82, 0.15, None, "cheer", "laugh", True)), (caption("That night the garden woke up."), shouts(JUNIPER, "It glows! It glows!"), says(BOLT, "Flowers detected. Beep!")), "sparks"),
        Panel(forest, PASTEL_NIGHT, (Figure(PIP, 0.5, 0.38, 0.68, "stand", "sleepy"),), (says(PIP, "Wake me in summer."),)),
        Panel(wash, PASTEL_NIGHT, (Figure(JUNIPER, 0.5, 0.44, 0.68, "stand", "happy"),), (says(JUNIPER, "Good night, garden."), caption("The end.")), border=False),
    ),
)  # fmt: skip

ADVERT = Advert(
    "BOLT BISCUITS!",
    Panel(burst, PASTEL_DAY, (Figure(BOLT, 0.3, 0.4, 0.62, "cheer", "grin"), Figure(PIP, 0.74, 0.36, 0.68, "raise", "laugh", True))),
    ("Crunchy outside, cloudy inside!", "Made on the moon from real moon flour, with a comet crumb in every box.", "Ask your nearest dragon."),
    "Cut out this coupon: two boxes for one star at the dragon market, stall nine.",
    ((226, 92, 110), (220, 244, 252)),
)  # fmt: skip

BACK = BackCover(
    Panel(garden, PASTEL_NIGHT, (Figure(PIP, 0.5, 0.18, None, "stand", "sleepy"),), weather="sparks"),
    ("Grow something today.", "Next: a castle at night!"),
)

ISSUE = Issue(
    "Juniper's Comet Garden", 1, "The Dragon Market", 2022, 4,
    "Juniper, Bolt the robot and Pip fly to the dragon market at night to trade a story for the last star seed.",
    "Adventure, Children", ("Juniper", "Bolt", "Pip", "Madam Ember"), "Lily Marrow", "Sol Petal", PASTEL,
    (COVER, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, ADVERT, BACK), marked=True,
)  # fmt: skip
