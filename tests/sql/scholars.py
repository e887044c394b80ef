"""A small library planted for the questions of docs/sql.md.

The series are real, what is said of them is made up: who is near whom, how many panels a page has, who drew
it.  The same each time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.sql.planting import Library, Vector
from warehouse.contracts import PANEL_DIM, SENTENCE_DIM
from warehouse.database.connection import Connection

ISSUES = (1, 2, 3, 5)
STORY_PAGES = 4
WIDTH, HEIGHT = 1000, 1500
QUERIES = ("a robot in the rain", "castle at night")
"""Typed queries whose vectors are planted, so that plain psql can ask them."""


@dataclass(frozen=True)
class Run:
    """A series: its first year, three years between issues; panels a page; words a panel; what it is like."""

    name: str
    publisher: str
    year: int
    artist: str
    writer: str
    genres: tuple[str, ...]
    themes: tuple[str, ...]
    panels: int
    words: int
    line: str
    partner: str | None = None


RUNS = (
    Run("Red Sonja", "Dynamite", 2005, "Rubi", "Oeming",
        ("Fantasy",), ("sword",), 5, 9, "BY MY SWORD", "Conan"),
    Run("Conan", "Marvel", 1970, "Smith", "Thomas",
        ("Fantasy",), ("sword",), 6, 16, "CROM! A TOWER", "Red Sonja"),
    Run("Kull", "Marvel", 1971, "Severin", "Thomas",
        ("Fantasy",), ("sword",), 6, 15, "A THRONE OF STONE"),
    Run("Batman", "DC", 1964, "Infantino", "Broome",
        ("Superhero",), ("cape", "night"), 7, 14, "TO THE CAVE", "Robin"),
    Run("Moon Knight", "Marvel", 1980, "Sienkiewicz", "Moench",
        ("Superhero",), ("cape", "night"), 5, 12, "THE MOON"),
    Run("Superman", "DC", 1961, "Swan", "Binder",
        ("Superhero",), ("cape",), 7, 15, "UP, UP AND AWAY"),
    Run("Dracula", "Marvel", 1972, "Colan", "Wolfman",
        ("Horror",), ("vampire", "night"), 5, 18, "THE CASTLE AT NIGHT"),
    Run("Vampirella", "Warren", 1969, "Gonzalez", "Goodwin",
        ("Horror",), ("vampire",), 4, 17, "BLOOD IN THE CASTLE", "Pendragon"),
    Run("The Walking Dead", "Image", 2003, "Adlard", "Kirkman",
        ("Horror", "Zombie"), ("zombie",), 5, 7, "THE DEAD WALK"),
    Run("Marvel Zombies", "Marvel", 2005, "Phillips", "Kirkman",
        ("Horror", "Zombie"), ("zombie", "cape"), 4, 8, "HUNGRY AGAIN"),
    Run("28 Days Later", "Boom!", 2009, "Shalvey", "Nelson",
        ("Horror", "Zombie"), ("zombie",), 5, 6, "RUN! THE DEAD"),
    Run("Hellblazer", "DC", 1988, "Ridgway", "Delano",
        ("Horror",), ("occult", "night"), 6, 19, "LONDON AT NIGHT"),
    Run("Archie", "Archie", 1960, "Lucey", "Doyle",
        ("Humor",), ("school",), 6, 13, "MILKSHAKES, ANYONE?", "Betty"),
)  # fmt: skip
THEMES = ("sword", "cape", "night", "vampire", "zombie", "occult", "school")


def plant(connection: Connection) -> None:
    """Plant it all in the caller's transaction; the groups of duplicate pages are not computed."""
    Planting(Library(connection)).everything()


class Planting:
    """Chances are drawn in one order from one seed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.chance = np.random.default_rng(7)
        self.themes = {
            dim: dict(zip(("all", *THEMES), self.chance.standard_normal((len(THEMES) + 1, dim)), strict=True))
            for dim in (PANEL_DIM, SENTENCE_DIM)
        }

    def everything(self) -> None:
        for run in RUNS:
            own = {dim: 0.5 * self.chance.standard_normal(dim) for dim in (PANEL_DIM, SENTENCE_DIM)}
            for issue in ISSUES:
                self.book(run, issue, own)
        self.collected("Conan")
        self.failures()
        self.webtoon()
        self.concepts()
        for query, theme in zip(QUERIES, ("zombie", "vampire"), strict=True):
            self.library.query(query, self.near((theme,), SENTENCE_DIM))

    def near(self, themes: tuple[str, ...], dim: int, own: np.ndarray | None = None) -> Vector:
        """A unit vector: what all have in common, the themes, what is the series' own, and noise."""
        known = self.themes[dim]
        vector = known["all"] + sum(known[theme] for theme in themes) + 0.6 * self.chance.standard_normal(dim)
        if own is not None:
            vector = vector + own
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    def book(self, run: Run, issue: int, own: dict[int, np.ndarray]) -> None:
        tags = [("genre", genre) for genre in run.genres] + [("character", run.name)]
        if issue % 2 and run.partner:
            tags.append(("character", run.partner))
        book = self.library.book(
            run.name, number=str(issue), year=run.year + 3 * issue, publisher=run.publisher, tags=tags
        )
        self.say(
            "update book set number_sort = %s, format = 'zip', page_count = %s, direction_confidence = 0.9"
            " where id = %s",
            (issue, STORY_PAGES + 3, book),
        )
        for role, person in (("penciller", run.artist), ("writer", run.writer)):
            self.say("insert into credit values (%s, %s, %s, 'comicinfo')", (book, role, person))
        self.page(book, "cover", "cover", run.name.upper())
        for number in range(STORY_PAGES):
            predicted = "advertisement" if self.chance.random() < 0.05 else "story"
            self.story_page(book, run, number, predicted, own)
        self.page(book, "advertisement", "advertisement", "X-RAY SPECS! ONLY $1")
        self.page(book, "letters", "advertisement" if issue == 2 else "letters", "DEAR EDITOR")
        self.ledger(book)

    def page(self, book: int, declared: str, predicted: str, text: str, **vectors: Vector) -> int:
        page = self.library.page(book, text, page_type=declared, predicted=predicted, **vectors)
        bits = "".join(self.chance.permutation(list("01" * 32)))
        self.say(
            "update page set width = %s, height = %s, md5 = md5(id::text), phash = %s::bit(64) where id = %s",
            (WIDTH, HEIGHT, bits, page),
        )
        return page

    def story_page(
        self, book: int, run: Run, number: int, predicted: str, own: dict[int, np.ndarray]
    ) -> None:
        panels = 1 if number == 0 else max(2, run.panels + int(self.chance.integers(-1, 2)))
        texts = [self.words(run) for _ in range(panels)]
        page = self.page(
            book, "story", predicted, " ".join(filter(None, texts)),
            page_embedding=self.near(run.themes, PANEL_DIM, own[PANEL_DIM]),
            page_semantic=self.near(run.themes, SENTENCE_DIM, own[SENTENCE_DIM]),
        )  # fmt: skip
        if number == 2:
            self.say(
                "update page set double_page = true, width = 2 * width, fold_x = width where id = %s", (page,)
            )
        ids = []
        for place, text in enumerate(texts):
            vectors = {"panel_embedding": self.near(run.themes, PANEL_DIM, own[PANEL_DIM])}
            if text:
                vectors["panel_semantic"] = self.near(run.themes, SENTENCE_DIM, own[SENTENCE_DIM])
            ids.append(self.library.panel(page, text, **vectors))
            x, y, w, h = _cell(place, panels)
            self.say("update panel set x = %s, y = %s, w = %s, h = %s where id = %s", (x, y, w, h, ids[-1]))
            if not text:
                self.say("update panel set words = 0 where id = %s", (ids[-1],))
        self.library.strip(page, 0, panels - 1, strip_embedding=self.near(run.themes, PANEL_DIM))

    def words(self, run: Run) -> str:
        """What a panel says: nothing in one of five."""
        if self.chance.random() < 0.2:
            return ""
        more = self.chance.choice(["WHO", "GOES", "THERE", "NOW", "AND", "THEN", "NEVER"], size=run.words)
        return " ".join([run.line, *more[: max(run.words - len(run.line.split()), 0)]])

    def collected(self, series: str) -> None:
        """A collected edition of the first two issues: their story pages scanned again."""
        book = self.library.book(series, title=f"{series}: The Early Years", number=None, year=1999)
        self.say("update book set format = 'pdf', direction_confidence = 0.9 where id = %s", (book,))
        self.say(
            "insert into page (book_id, seq, entry, width, height, declared_type, md5, phash, words, text)"
            " select %s, row_number() over (order by b.number, p.seq) - 1, p.entry, p.width, p.height,"
            " 'story', md5('scan ' || p.id), p.phash # (case when p.id %% 3 = 0 then 3 else 0 end)::bit(64),"
            " p.words, p.text"
            " from page p join book b on b.id = p.book_id join series s on s.id = b.series_id"
            " where s.name = %s and b.number in ('1', '2') and p.page_type = 'story'",
            (book, series),
        )
        self.ledger(book)

    def failures(self) -> None:
        for series, code, words in (
            ("Batman", "archive-broken", "no page of it can be saved"),
            ("Archie", "archive-encrypted", "it asks for a password"),
        ):
            book = self.library.book(series, number="4", status="error")
            self.say(
                "update book set number_sort = 4, error_code = %s, error = %s where id = %s",
                (code, words, book),
            )
            self.ledger(book, code)
        book = self.library.book("Lone Wolf", number="1", year=1987, language="ja")
        self.say(
            "update book set reading_direction = 'rtl', direction_confidence = 0.55 where id = %s", (book,)
        )
        self.page(book, "cover", "cover", "")
        self.ledger(book)

    def webtoon(self) -> None:
        """Three slices, one panel cut by the border of the first two."""
        book = self.library.book("Tower Webtoon", number="1", year=2021)
        self.say(
            "update book set reading_direction = 'vertical', direction_confidence = 1 where id = %s", (book,)
        )
        for slice_number in range(3):
            page = self.page(book, "story", "story", "")
            self.say("update page set chain = 0, chain_y = %s where id = %s", (slice_number * HEIGHT, page))
            for y, h, before, after in (
                (0, 400, slice_number == 1, False),
                (1100, 400, False, slice_number == 0),
            ):
                panel = self.library.panel(page, f"slice {slice_number}")
                self.say(
                    "update panel set x = 0, y = %s, w = 1000, h = %s, from_previous = %s, to_next = %s"
                    " where id = %s",
                    (y, h, before, after, panel),
                )
        self.ledger(book)

    def concepts(self) -> None:
        for run in RUNS[:10]:
            self.library.concept(run.name, series=[run.name])
        self.library.concept("Zombies", genres=["Zombie"])

    def ledger(self, book: int, code: str | None = None) -> None:
        for stage in (
            ("pages",) if code else ("pages", "panels", "text", "page_types", "panel_vectors", "strips")
        ):
            self.say(
                "insert into work (book_id, stage, state, error_code, seconds, updated_at)"
                " values (%s, %s, %s, %s, %s, '2026-01-01')",
                (book, stage, "failed" if code else "done", code, round(1 + 5 * self.chance.random(), 1)),
            )

    def say(self, statement: str, values: tuple[object, ...]) -> None:
        self.library.connection.execute(statement.encode(), values)


def _cell(place: int, panels: int) -> tuple[int, int, int, int]:
    """The box of a panel: two a row, the last one as wide as the page where they are odd."""
    rows = (panels + 1) // 2
    height = HEIGHT // rows
    alone = place == panels - 1 and panels % 2 == 1
    return (
        (0 if alone else place % 2 * WIDTH // 2),
        place // 2 * height,
        (WIDTH if alone else WIDTH // 2),
        height,
    )
