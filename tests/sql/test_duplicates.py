"""Duplicate pages and books: planted hashes with known answers, and groups that know when they are stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pytest

from tests.sql.planting import Library
from warehouse.cli.dupes import distance_option
from warehouse.database.connection import Connection, Database
from warehouse.database.duplicate_answers import (
    MAX_DISTANCE,
    DuplicateBook,
    DuplicatePage,
    DuplicateRequest,
    duplicate_books_question,
    duplicate_pages_question,
    grouping,
)
from warehouse.database.store.page_groups import write_groups
from warehouse.duplicates.grouping import PageGroups
from warehouse.duplicates.refreshing import refresh_groups


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """Of a database of the test's own: groups are written in transactions that count."""
    with database.connect(autocommit=True) as opened:
        yield opened


def bits(*places: int) -> int:
    return sum(1 << place for place in places)


def page(
    library: Library,
    book: int,
    phash: int,
    *,
    data: str | None = None,
    size: tuple[int, int] = (1000, 1500),
    low_information: bool = False,
    status: str = "ready",
) -> int:
    """A page with a hash; data stands for its bytes, which are its own where none are given."""
    page_id = library.page(book, low_information=low_information, status=status)
    md5 = hashlib.md5((data or f"page {page_id}").encode(), usedforsecurity=False).hexdigest()
    library.connection.execute(
        "update page set md5 = %s, phash = %s, width = %s, height = %s where id = %s",
        (md5, f"{phash:064b}", *size, page_id),
    )
    return page_id


def pages_of(library: Library, book: int, count: int, seed: int) -> list[int]:
    """The hashes of so many pages that have nothing in common, planted in a book."""
    hashes = [int(value) for value in np.random.default_rng(seed).integers(0, 2**63, count)]
    for phash in hashes:
        page(library, book, phash)
    return hashes


def found(library: Library, **request: object) -> list[DuplicatePage]:
    asked = DuplicateRequest(**request)  # type: ignore[arg-type]
    if not asked.same_bytes_only:
        refresh_groups(library.connection, asked.max_distance)
    return duplicate_pages_question(asked).answer(library.connection)


def groups(library: Library, **request: object) -> dict[int, list[tuple[int, int]]]:
    """Canonical page → (page, distance)."""
    answer: dict[int, list[tuple[int, int]]] = {}
    for row in found(library, **request):
        answer.setdefault(row.canonical_page_id, []).append((row.page_id, row.distance))
    return answer


def contained(library: Library, **request: object) -> list[DuplicateBook]:
    asked = DuplicateRequest(**request)  # type: ignore[arg-type]
    refresh_groups(library.connection, asked.max_distance)
    return duplicate_books_question(asked).answer(library.connection)


def test_exact_and_near_pages_group_around_the_canonical_one(library: Library) -> None:
    book = library.book("Tower")
    first = page(library, book, 0, data="a")
    twice = page(library, book, 0, data="a")
    near = page(library, library.book("Tower"), bits(0, 1, 2, 3))
    page(library, book, bits(*range(5)))
    canonical, same, other = found(library)
    assert (canonical.page_id, canonical.is_canonical, canonical.same_bytes) == (first, True, True)
    assert (same.page_id, same.is_canonical, same.same_bytes, same.distance) == (twice, False, True, 0)
    assert (other.page_id, other.same_bytes, other.distance) == (near, False, 4)
    assert (other.series, other.page_seq, other.pages, other.books, other.stale) == ("Tower", 0, 3, 2, False)
    assert groups(library, max_distance=5)[first][-1][1] == 5


def test_groups_do_not_chain(library: Library) -> None:
    book = library.book()
    ids = [page(library, book, bits(*range(start, start + 20))) for start in range(0, 12, 2)]
    assert groups(library) == {
        ids[place]: [(ids[place], 0), (ids[place + 1], 4)] for place in range(0, len(ids), 2)
    }


def test_the_canonical_page_is_the_largest_then_of_the_best_book_then_the_oldest(library: Library) -> None:
    broken, partial, ready = (library.book(status=status) for status in ("error", "partial", "ready"))
    small = [page(library, book, 0) for book in (broken, partial, ready, ready)]
    assert list(groups(library)) == [small[2]]
    large = page(library, broken, bits(0, 1), size=(2000, 3000))
    assert list(groups(library)) == [large]


def test_blank_and_unreadable_pages_never_group(library: Library) -> None:
    book = library.book()
    for _ in range(2):
        page(library, book, 5, data="blank", low_information=True)
        page(library, book, 6, data="broken", status="error")
    library.page(book)
    assert groups(library) == {}
    assert groups(library, same_bytes_only=True) == {}


def test_another_shape_is_another_picture(library: Library) -> None:
    book = library.book()
    upright = page(library, book, 0)
    page(library, book, 0, size=(1500, 1000))
    cropped = page(library, book, 0, size=(500, 730))
    assert groups(library) == {upright: [(upright, 0), (cropped, 0)]}


def test_same_bytes_group_whatever_their_hashes_were_read_as(library: Library) -> None:
    """A later version of the program may hash the same picture a little otherwise."""
    book = library.book()
    old, new = page(library, book, 0, data="a"), page(library, book, bits(*range(9)), data="a")
    like_new = page(library, book, bits(*range(9)))
    assert groups(library) == {old: [(old, 0), (new, 0)]}
    assert groups(library, same_bytes_only=True) == {old: [(old, 0), (new, 0)]}
    assert like_new > new


def test_series_and_limit(library: Library) -> None:
    for count, phash in ((2, 0), (4, bits(*range(32))), (3, bits(*range(32, 64)))):
        for number in range(count):
            page(library, library.book("Owl" if number else "Tin Fox" if count < 4 else "Moon"), phash)
    assert [len(group) for group in groups(library).values()] == [4, 3, 2]
    assert [len(group) for group in groups(library, limit=1).values()] == [4]
    assert [len(group) for group in groups(library, series="tin fox").values()] == [3, 2]


def test_groups_are_stale_until_computed_again(library: Library) -> None:
    book = library.book()
    first = page(library, book, 0)
    twin = page(library, book, 0)
    computed = refresh_groups(library.connection, 4)
    assert (computed.pages, computed.groups, computed.stale) == (2, 1, False)
    assert refresh_groups(library.connection, 4) == computed
    late = page(library, library.book(), 0)
    assert library.connection.execute("select page_id, stale from duplicates").fetchall() == [
        (first, True),
        (twin, True),
    ]
    assert refresh_groups(library.connection, 4).computed_at > computed.computed_at
    assert library.connection.execute("select page_id, stale from duplicates").fetchall() == [
        (first, False),
        (twin, False),
        (late, False),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "delete from page where seq = 2",
        "update book set status = 'partial'",
        "update work set updated_at = now() where stage = 'pages'",
        "delete from book",
    ],
)
def test_what_makes_groups_stale(library: Library, change: str) -> None:
    book = library.book()
    library.connection.execute(
        "insert into work (book_id, stage, state, updated_at) values (%s, 'pages', 'done', '2020-01-01')",
        (book,),
    )
    for _ in range(3):
        page(library, book, 0)
    refresh_groups(library.connection, 4)
    library.connection.execute("update page set words = 7")
    library.connection.execute("update work set stage = stage")
    known = grouping(library.connection, 4)
    assert known is not None
    assert not known.stale
    library.connection.execute(change.encode())
    known = grouping(library.connection, 4)
    assert known is not None
    assert known.stale


def test_groups_of_a_deleted_canonical_page_are_gone(library: Library) -> None:
    book, other = library.book(), library.book()
    page(library, book, 0, size=(2000, 3000))
    page(library, other, 0)
    page(library, other, 0)
    refresh_groups(library.connection, 4)
    library.connection.execute("delete from book where id = %s", (book,))
    assert library.connection.execute("select * from duplicates").fetchall() == []
    assert len(found(library)) == 2


def test_another_distance_leaves_the_view_alone(library: Library) -> None:
    book = library.book()
    page(library, book, 0)
    page(library, book, bits(*range(10)))
    assert len(found(library, max_distance=10)) == 2
    assert found(library) == []
    assert len(found(library, max_distance=10)) == 2
    assert library.connection.execute("select * from duplicates").fetchall() == []


def test_a_page_that_goes_while_groups_are_made_is_left_out(library: Library) -> None:
    book = library.book()
    kept = [page(library, book, 0) for _ in range(2)]
    bereft = page(library, book, 1)
    gone = bereft + 1000
    made = PageGroups(
        np.array([*kept, gone, bereft]), np.array([kept[0]] * 3 + [gone]), np.zeros(4, np.uint8)
    )
    with library.connection.transaction():
        write_groups(library.connection, made, max_distance=4, state="", pages=4)
    rows = library.connection.execute("select page_id from page_group order by page_id").fetchall()
    assert rows == [(page_id,) for page_id in kept]


def test_canonical_pages_are_one_of_each_picture(library: Library) -> None:
    book = library.book()
    first = page(library, book, 0)
    page(library, book, 0)
    page(library, book, 3)
    alone = page(library, book, bits(*range(32)))
    page(library, book, 9, low_information=True)
    refresh_groups(library.connection, 4)
    rows = library.connection.execute("select page_id from canonical_pages order by page_id").fetchall()
    assert rows == [(first,), (alone,)]


def test_near_pages_agree_with_the_groups(library: Library) -> None:
    book = library.book()
    rng = np.random.default_rng(8)
    ids = []
    for phash in rng.integers(0, 2**63, 40).tolist():
        ids.append(page(library, book, phash))
        for apart in (2, 4, 6):
            page(library, book, phash ^ bits(*rng.choice(63, apart, replace=False).tolist()))
    members = groups(library, limit=1000)
    for first in ids:
        near = library.connection.execute("select page_id, distance from near_pages(%s)", (first,)).fetchall()
        assert [(first, 0), *near] == members[first]
        assert [distance for _, distance in near] == [2, 4]


def test_a_collection_contains_its_issues(library: Library) -> None:
    issues = [library.book("Fox", number=str(number)) for number in (1, 2)]
    collection = library.book("Fox Collected")
    page(library, collection, bits(*range(10)))
    for seed, issue in enumerate(issues):
        for place, phash in enumerate(pages_of(library, issue, 8, seed)):
            page(library, collection, phash ^ bits(place % 3, 60))  # saved again
    library.page(issues[0], low_information=True)
    page(library, issues[1], bits(*range(30, 60)))
    one, two = contained(library)
    assert (one.book_id, one.inside_book_id, one.share) == (collection, issues[0], 1)
    assert (one.matched, one.pages, one.first_seq, one.last_seq, one.in_order) == (8, 8, 1, 8, 1)
    assert (two.inside_book_id, two.matched, two.pages, two.share) == (issues[1], 8, 9, pytest.approx(8 / 9))
    assert (two.series, two.inside_series, two.inside_number) == ("Fox Collected", "Fox", "2")
    assert [pair.inside_book_id for pair in contained(library, min_share=0.9)] == [issues[0]]
    assert len(contained(library, min_share=0)) == 4
    assert len(contained(library, min_share=0, limit=3)) == 3
    assert contained(library, series="owl") == []
    assert len(contained(library, series="collected")) == 2


def test_order_counts_but_does_not_decide(library: Library) -> None:
    straight, backward = library.book(), library.book()
    hashes = pages_of(library, straight, 5, 3)
    for phash in reversed(hashes):
        page(library, backward, phash)
    assert [(pair.share, pair.in_order) for pair in contained(library)] == [(1, 0), (1, 0)]


def test_a_page_twice_in_a_book_is_inside_one_that_has_it_once(library: Library) -> None:
    twice, once = library.book(), library.book()
    for book in (twice, twice, once):
        page(library, book, 0)
    page(library, once, bits(*range(32)))
    assert [(pair.inside_book_id, pair.matched, pair.pages) for pair in contained(library)] == [
        (twice, 2, 2),
        (once, 1, 2),
    ]


def test_a_tag_in_every_book_makes_no_books_alike(library: Library) -> None:
    """1,200 books of one tag and one page each: a million pairs that share half their pages."""
    library.connection.execute(
        "insert into book (path, status) select '/' || n || '.cbz', 'ready' from generate_series(1, 1200) n"
    )
    library.connection.execute(
        "insert into page (book_id, seq, entry, width, height, md5, phash)"
        " select id, 0, '', 1000, 1500, 'tag', 7::bigint::bit(64) from book union all"
        " select id, 1, '', 1000, 1500, id::text, hashint8extended(id, 1)::bit(64) from book"
    )
    original = library.book("Tin Fox")
    copy = library.book("Tin Fox")
    for book in (original, copy):
        page(library, book, 7, data="tag")
        page(library, book, 1 << 40 | 1 << 50)
    pairs = contained(library, limit=100)
    assert {(pair.inside_book_id, pair.book_id) for pair in pairs} == {(original, copy), (copy, original)}
    assert [(pair.matched, pair.pages) for pair in pairs] == [(2, 2), (2, 2)]
    [largest, *_] = found(library, limit=1)
    assert (largest.pages, largest.books) == (1202, 1202)


def test_one_distance_is_the_default_everywhere(library: Library) -> None:
    assert library.connection.execute("select duplicate_distance()").fetchone() == (MAX_DISTANCE,)
    command = distance_option(lambda: None)
    [option] = command.__click_params__
    assert option.default == MAX_DISTANCE


def test_nothing_in_an_empty_library(library: Library) -> None:
    assert found(library) == []
    assert contained(library) == []
    for view in ("duplicates", "exact_groups", "comparable_pages", "canonical_pages"):
        assert library.connection.execute(f"select * from {view}".encode()).fetchall() == []
    assert library.connection.execute("select * from near_pages(1)").fetchall() == []
