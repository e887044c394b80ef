"""panel_across_slices: panels that slices cut, put together."""

from __future__ import annotations

from psycopg.rows import dict_row

from tests.sql.planting import Library


def slice_page(library: Library, book: int, chain: int, top: int, *, width: int = 100) -> int:
    page = library.page(book)
    library.connection.execute(
        "update page set chain = %s, chain_y = %s, width = %s where id = %s", (chain, top, width, page)
    )
    return page


def part(library: Library, page: int, x: int, y: int, marks: str, text: str = "") -> int:
    """A panel of 50 x 40 pixels.  marks: '<' comes from the slice before, '>' goes on in the next."""
    panel = library.panel(page, text, x=x, y=y)
    library.connection.execute(
        "update panel set from_previous = %s, to_next = %s where id = %s", ("<" in marks, ">" in marks, panel)
    )
    return panel


def joined(library: Library) -> list[dict[str, object]]:
    with library.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("select * from panel_across_slices order by book_id, first_page, x").fetchall()


def test_a_panel_over_three_slices_is_one(library: Library) -> None:
    book = library.book("Tall")
    pages = [slice_page(library, book, 0, 200 * seq) for seq in range(3)]
    first = part(library, pages[0], 10, 160, ">", "up here")
    part(library, pages[1], 10, 0, "<>")
    last = part(library, pages[2], 15, 0, "<", "down there")
    part(library, pages[2], 0, 100, "")
    [row] = joined(library)
    assert (row["series"], row["first_panel"], row["last_panel"], row["pages"]) == ("Tall", first, last, 3)
    assert (row["first_page"], row["last_page"]) == (0, 2)
    assert (row["x"], row["y"], row["w"], row["h"]) == (10, 160, 55, 280)
    assert row["text"] == "up here\ndown there"


def test_panels_side_by_side_find_their_own_parts(library: Library) -> None:
    book = library.book()
    upper, lower = slice_page(library, book, 0, 0), slice_page(library, book, 0, 200)
    left, right = part(library, upper, 0, 160, ">"), part(library, upper, 50, 160, ">")
    ends = part(library, lower, 52, 0, "<"), part(library, lower, 2, 0, "<")
    assert [(row["first_panel"], row["last_panel"]) for row in joined(library)] == [
        (left, ends[1]),
        (right, ends[0]),
    ]


def test_runs_and_books_are_kept_apart(library: Library) -> None:
    book = library.book()
    upper, lower = slice_page(library, book, 0, 0), slice_page(library, book, 1, 0)
    part(library, upper, 0, 160, ">")
    part(library, lower, 0, 0, "<")
    part(library, slice_page(library, library.book(), 0, 200), 0, 0, "<")
    assert joined(library) == []


def test_slices_of_other_widths_are_measured_in_the_first_ones_pixels(library: Library) -> None:
    book = library.book()
    upper = slice_page(library, book, 0, 0)
    part(library, upper, 0, 160, ">")
    part(library, slice_page(library, book, 0, 200, width=50), 0, 0, "<")
    [row] = joined(library)
    assert (row["w"], row["h"]) == (100, 40 + 80)
