"""Juniper's Comet Garden #2: A Castle at Night."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.figures import BOLT, EMBER, JUNIPER, NOD, PIP, Figure
from samples.drawing.scenery.city import cockpit, stalls
from samples.drawing.scenery.coast import lighthouse, open_sea
from samples.drawing.scenery.country import castle, forest, garden, hall
from samples.drawing.scenery.moods import PASTEL_DAY, PASTEL_DUSK, PASTEL_NIGHT, PASTEL_SPACE
from samples.drawing.scenery.skies import burst, space, wash
from samples.drawing.script import (
    BackCover,
    Cover,
    Issue,
    Panel,
    StoryPage,
    TextStory,
    Tier,
    caption,
    says,
    shouts,
    sound,
    thinks,
)
from samples.drawing.series.styles import PASTEL

COVER = Cover(
    Panel(castle, PASTEL_NIGHT, (Figure(NOD, 0.76, 0.12, None, "shrug", "sleepy", True, floor=0.86), Figure(JUNIPER, 0.36, 0.2, 0.64, "hold", "grin", False, "lantern")), weather="sparks"),
    "A castle at night, and a king who cannot sleep!",
    "2 STARS",
)  # fmt: skip

PAGE_1 = StoryPage(
    (Tier(1.0, (1.0, 1.0)), Tier(0.9), Tier(0.9, (1.0, 1.0, 1.0))),
    (
        Panel(garden, PASTEL_DAY, (Figure(PIP, 0.5, 0.28, 0.68, "hold", "talk", False, "letter"),), (says(PIP, "A letter from the moon!"),)),
        Panel(wash, PASTEL_DAY, (Figure(JUNIPER, 0.5, 0.4, 0.66, "hold", "worry", False, "letter"),), (says(JUNIPER, "King Nod has not slept for a hundred nights."),)),
        Panel(cockpit, PASTEL_SPACE, (Figure(JUNIPER, 0.24, 0.34, 0.66, "reach", "happy"), Figure(BOLT, 0.52, 0.32, 0.68, "stand", "talk"), Figure(PIP, 0.8, 0.3, 0.72, "stand", "happy", True)), (says(JUNIPER, "Full speed to the castle!"), says(BOLT, "Course set. Beep."))),
        Panel(space, PASTEL_SPACE, (), (sound("WHIZZ", 0.5, 0.5, 60, 14),)),
        Panel(wash, PASTEL_NIGHT, (Figure(BOLT, 0.5, 0.44, 0.68, "stand", "shock"),), (says(BOLT, "It is very dark."),)),
        Panel(burst, PASTEL_NIGHT, (Figure(PIP, 0.5, 0.42, 0.74, "cheer", "shock"),), (shouts(PIP, "There!"),)),
    ),
    title="A Castle at Night",
)  # fmt: skip

PAGE_2 = StoryPage(
    (Tier(1.0),),
    (
        Panel(castle, PASTEL_NIGHT, (Figure(JUNIPER, 0.2, 0.13, None, "walk", "grin", False, "lantern", 0.96), Figure(BOLT, 0.29, 0.115, None, "walk", "worry", floor=0.97), Figure(PIP, 0.37, 0.11, None, "cower", "worry", floor=0.97)), (caption("The castle of King Nod stands on the quiet side of the moon."), says(JUNIPER, "What a castle!"), says(PIP, "Every window is awake.")), "sparks"),
        Panel(hall, PASTEL_NIGHT, (Figure(NOD, 0.5, 0.46, 0.62, "raise", "shout"),), (shouts(NOD, "Who goes there?"),), inset=(0.74, 0.55, 0.22, 0.38)),
    ),
    bleed=True,
    spread=True,
)  # fmt: skip

PAGE_3 = StoryPage(
    (Tier(0.9, (1.2, 1.0)), Tier(1.0, (0.9, (1.2, (1.0, 1.0)))), Tier(0.7)),
    (
        Panel(hall, PASTEL_DUSK, (Figure(NOD, 0.32, 0.3, 0.62, "shrug", "sleepy"), Figure(JUNIPER, 0.76, 0.3, 0.66, "stand", "worry", True)), (says(NOD, "I count sheep. The sheep fall asleep first."), says(JUNIPER, "Poor King Nod!"))),
        Panel(wash, PASTEL_DUSK, (Figure(NOD, 0.5, 0.42, 0.66, "stand", "sad"),), (says(NOD, "My lullaby box has lost its key."),)),
        Panel(hall, PASTEL_NIGHT, (Figure(PIP, 0.5, 0.2, None, "think", "worry"), Figure(BOLT, 0.3, 0.18, 0.6, "hold", "calm", True, "lantern")), (says(PIP, "A key? In a castle this big?"), sound("TIP TOE", 0.62, 0.28, 46, 8))),
        Panel(forest, PASTEL_NIGHT, (Figure(JUNIPER, 0.4, 0.34, 0.66, "hold", "talk", False, "lantern"),), (says(JUNIPER, "Not in the forest."),)),
        Panel(open_sea, PASTEL_NIGHT, (Figure(BOLT, 0.4, 0.36, 0.66, "shrug", "worry"),), (says(BOLT, "Not in the sea. Beep."),)),
        Panel(lighthouse, PASTEL_NIGHT, (Figure(PIP, 0.3, 0.3, 0.7, "point", "shock"),), (caption("Then, from the moon lighthouse, a glint."), shouts(PIP, "Something shines up there!"))),
    ),
)  # fmt: skip

PAGE_4 = StoryPage(
    (Tier(1.0, (1.0, 1.2), 42), Tier(1.0, (1.0, 1.0)), Tier(0.8, (1.0, 1.0, 1.0))),
    (
        Panel(lighthouse, PASTEL_DUSK, (Figure(JUNIPER, 0.3, 0.18, None, "run", "happy"),), (says(JUNIPER, "Race you to the top!"),)),
        Panel(wash, PASTEL_NIGHT, (Figure(EMBER, 0.46, 0.28, 0.56, "hold", "talk", False, "key"),), (says(EMBER, "Ah, my storyteller! Is this your key? I traded it for toast."),)),
        Panel(lighthouse, PASTEL_NIGHT, (Figure(BOLT, 0.3, 0.34, 0.68, "cheer", "shock"), Figure(EMBER, 0.72, 0.28, 0.6, "shrug", "happy", True)), (says(BOLT, "The dragon from the market!"), says(EMBER, "Dragons get about."))),
        Panel(wash, PASTEL_DUSK, (Figure(JUNIPER, 0.5, 0.42, 0.68, "think", "smirk"),), (thinks(JUNIPER, "Another story, then."),)),
        Panel(wash, PASTEL_SPACE, (), (caption("So she told it."),), thing="book"),
        Panel(burst, PASTEL_DUSK, (Figure(EMBER, 0.46, 0.36, 0.66, "cheer", "laugh"),), (shouts(EMBER, "Bravo!"),)),
        Panel(wash, PASTEL_DAY, (), (sound("CLINK", 0.5, 0.2, 50, 10),), thing="key"),
    ),
)  # fmt: skip

PAGE_5 = StoryPage(
    (Tier(0.8, (1.0, 1.3)), Tier(1.1), Tier(0.8, (1.2, 1.0))),
    (
        Panel(hall, PASTEL_NIGHT, (Figure(BOLT, 0.5, 0.42, 0.68, "reach", "calm"),), (sound("CLICK", 0.7, 0.3, 46, 12), says(BOLT, "Winding. Beep."))),
        Panel(hall, PASTEL_DUSK, (Figure(NOD, 0.3, 0.3, 0.68, "stand", "calm"), Figure(JUNIPER, 0.74, 0.3, 0.7, "stand", "happy", True)), (says(JUNIPER, "Listen."), sound("LA LA LAA", 0.5, 0.88, 50, 6))),
        Panel(castle, PASTEL_NIGHT, (Figure(NOD, 0.5, 0.16, 0.7, "stand", "sleepy"),), (caption("One by one the windows of the castle went to sleep."), says(NOD, "What a lovely... zzz...")), "sparks"),
        Panel(wash, PASTEL_NIGHT, (Figure(PIP, 0.3, 0.34, 0.72, "stand", "sleepy"), Figure(JUNIPER, 0.7, 0.34, 0.72, "stand", "laugh", True)), (says(PIP, "Me too."), says(JUNIPER, "Good night, king."))),
        Panel(space, PASTEL_NIGHT, (), (caption("And the moon snored softly until the morning. The end."),)),
    ),
)  # fmt: skip

PROSE = TextStory(
    "The Robot Who Counted Rain",
    "A story to read under a blanket, by Lily Marrow",
    (
        "Long before the comet garden was planted, a small robot lived in a lighthouse at the edge of the sea. It had one task, which was to count the rain. Every drop that fell on the glass was a number, and every number went into a long, long list.",
        "On quiet days the robot counted slowly and looked at the gulls. On stormy nights it counted so fast that its gears grew warm. The keeper of the lighthouse would come up the stairs with a lantern and say: how many tonight? And the robot would say: all of them.",
        "One winter a storm came that had no end. Waves climbed the rock and the wind pulled the tiles from the roof. The robot counted and counted, until its list reached a number that nobody had ever used before. It did not know the name of the number, so it stopped.",
        "For the first time the robot heard the rain. It was not a list at all. It was a song, with high notes on the glass and low notes on the stone, and far out on the water a ship was ringing its bell in time.",
        "The robot lit the great lamp and turned it slowly, in time with the song. The ship saw the light, turned away from the rocks, and sailed into the bay at dawn.",
        "How many tonight? asked the keeper. One, said the robot. One storm, one ship, one song. And that is why, when it rains on the castle of the moon, the old robots all stand still and listen.",
    ),
    Panel(
        lighthouse,
        PASTEL_NIGHT,
        (Figure(BOLT, 0.24, 0.3, None, "hold", "calm", False, "lantern"),),
        weather="rain",
    ),
)

BACK = BackCover(
    Panel(stalls, PASTEL_DAY, (Figure(EMBER, 0.5, 0.2, 0.5, "hold", "happy", False, "cup"),)),
    ("Trade a story today", "at the dragon market!"),
)

ISSUE = Issue(
    "Juniper's Comet Garden", 2, "A Castle at Night", 2022, 9,
    "King Nod of the moon castle cannot sleep: the key of his lullaby box is lost somewhere between the forest, the sea and the lighthouse.",
    "Adventure, Children", ("Juniper", "Bolt", "Pip", "King Nod", "Madam Ember"), "Lily Marrow", "Sol Petal", PASTEL,
    (COVER, PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PROSE, BACK),
)  # fmt: skip
