"""What a script says: styles, panels, lines, pages and issues.  Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samples.drawing.canvas import Colour, Point
from samples.drawing.figures import Character, Figure
from samples.drawing.scenery.moods import Mood, Scene

LineKind = Literal["talk", "thought", "shout", "caption", "sfx"]


@dataclass(frozen=True)
class Style:
    """How a series looks.  Sizes are page pixels; screened: greys are printed as dots of black."""

    width: int
    height: int
    margin: int
    gutter: int
    paper: Colour
    ink: Colour
    border: Colour
    balloon: Colour
    robot_balloon: Colour
    caption: Colour
    caption_ink: Colour
    sfx: Colour
    logo: Colour
    shade_tone: str = "flat"
    screened: bool = False
    direction: Literal["ltr", "rtl"] = "ltr"
    letters: int = 21


@dataclass(frozen=True)
class Line:
    """Something to be read.  at: shares of the panel, the middle of a sound or where an unseen speaker is."""

    kind: LineKind
    text: str
    who: Character | None = None
    at: Point = (0.5, 1.0)
    size: int = 60
    turn: float = 0.0


def says(who: Character, text: str, at: Point = (0.5, 1.0)) -> Line:
    return Line("talk", text, who, at)


def thinks(who: Character, text: str) -> Line:
    return Line("thought", text, who)


def shouts(who: Character, text: str, at: Point = (0.5, 1.0)) -> Line:
    return Line("shout", text, who, at)


def caption(text: str) -> Line:
    return Line("caption", text)


def sound(text: str, x: float, y: float, size: int = 60, turn: float = 12.0) -> Line:
    return Line("sfx", text, None, (x, y), size, turn)


@dataclass(frozen=True)
class Panel:
    """A picture.  thing: a prop shown large.  front: scenery drawn before the cast.

    inset: where it lies in the panel before it, shares x y w h.
    """

    scene: Scene
    mood: Mood
    cast: tuple[Figure, ...] = ()
    lines: tuple[Line, ...] = ()
    weather: str = ""
    thing: str = ""
    front: Scene | None = None
    border: bool = True
    inset: tuple[float, float, float, float] | None = None


Column = float | tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Tier:
    """A row of panels.  columns: widths, or (width, heights) for a stack; slant: lean of gutters, pixels."""

    height: float
    columns: tuple[Column, ...] = (1.0,)
    slant: int = 0


@dataclass(frozen=True)
class StoryPage:
    """Panels in reading order over tiers.  bleed: no margin; spread: two pages wide."""

    tiers: tuple[Tier, ...]
    panels: tuple[Panel, ...]
    title: str = ""
    bleed: bool = False
    spread: bool = False


@dataclass(frozen=True)
class Cover:
    art: Panel
    tagline: str
    price: str


@dataclass(frozen=True)
class BackCover:
    art: Panel
    words: tuple[str, ...]


@dataclass(frozen=True)
class TextStory:
    heading: str
    byline: str
    paragraphs: tuple[str, ...]
    spot: Panel


@dataclass(frozen=True)
class Advert:
    headline: str
    art: Panel
    pitch: tuple[str, ...]
    offer: str
    colours: tuple[Colour, Colour]


@dataclass(frozen=True)
class Notices:
    """A page of centred words under a heading: credits or an editor's letters."""

    page_type: Literal["credits", "editorial", "inner_cover"]
    heading: str
    words: tuple[str, ...]
    spot: Panel


Page = StoryPage | Cover | BackCover | TextStory | Advert | Notices


@dataclass(frozen=True)
class Issue:
    """One book.  marked: its ComicInfo.xml tells the type of every page."""

    series: str
    number: int
    title: str
    year: int
    month: int
    summary: str
    genre: str
    characters: tuple[str, ...]
    writer: str
    penciller: str
    style: Style
    pages: tuple[Page, ...]
    marked: bool = False
    story_arc: str = ""

    @property
    def name(self) -> str:
        return f"{self.series} #{self.number:03d} ({self.year})"
