"""Finding books among files and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.entries import is_page_name, reading_key
from warehouse.books.sources import find_books, is_book_name
from warehouse.errors import BookError


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")


def found(root: Path, *starts: str) -> list[str]:
    places = [root / start for start in starts] or [root]
    return [source.path.relative_to(root).as_posix() for source in find_books(places)]


def test_folders_are_searched_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "S/Tale 10.cbz", "S/tale 2.CBZ", "S/Tale 1.pdf", "A/b.epub", "A/notes.txt", "A/c.cb7")
    assert found(tmp_path) == ["A/b.epub", "A/c.cb7", "S/Tale 1.pdf", "S/tale 2.CBZ", "S/Tale 10.cbz"]


def test_names_of_books(tmp_path: Path) -> None:
    books = [
        "a.cbr", "a.cb7", "a.7z", "a.rar", "a.cbt", "a.tar", "a.tar.gz", "a.TAR.XZ", "a.cbt.bz2", "a.tar.zst",
        "a.tgz", "a.txz", "a.tbz2", "b.part1.rar", "b.part01.cbr", "c.r",
    ]  # fmt: skip
    others = [
        "a.gz", "a.xz", "notes.txt.gz", "b.part2.rar", "b.part02.rar", "b.part10.cbr", "b.r00", "b.z01",
        "b.7z.002", "cover.jpg.zst",
    ]  # fmt: skip
    assert [name for name in books if not is_book_name(name)] == ["c.r"]
    assert [name for name in others if is_book_name(name)] == []
    touch(tmp_path, "S/x.part1.rar", "S/x.part2.rar", "S/y.tar.zst", "S/z.xz")
    assert found(tmp_path) == ["S/x.part1.rar", "S/y.tar.zst"]
    assert found(tmp_path, "S/x.part2.rar", "S/z.xz") == ["S/x.part2.rar", "S/z.xz"]


def test_junk_is_passed_over(tmp_path: Path) -> None:
    junk = [
        "._a.cbz",
        ".hidden/b.cbz",
        "__MACOSX/c.cbz",
        "@eaDir/d.cbz",
        "#recycle/e.cbz",
        "$RECYCLE.BIN/f.cbz",
    ]
    touch(tmp_path, "real.cbz", *junk)
    assert found(tmp_path) == ["real.cbz"]


def test_a_folder_of_pictures_is_a_book(tmp_path: Path) -> None:
    touch(tmp_path, "Tale/1.jpg", "Tale/2.png", "Tale/ComicInfo.xml", "Tale/Extras/1.webp")
    assert found(tmp_path) == ["Tale", "Tale/Extras"]
    assert found(tmp_path, "Tale/Extras") == ["Tale/Extras"]


def test_pictures_beside_books_are_not_a_book(tmp_path: Path) -> None:
    touch(tmp_path, "S/cover.jpg", "S/one.cbz", "T/poster.png", "T/Volume 1/1.jpg", "U/cover.jpg")
    assert found(tmp_path) == ["S/one.cbz", "T/Volume 1", "U"]


def test_a_named_file_is_a_book_whatever_its_name(tmp_path: Path) -> None:
    touch(tmp_path, "strange.bin", ".hidden.cbz")
    assert found(tmp_path, "strange.bin", ".hidden.cbz") == ["strange.bin", ".hidden.cbz"]


def test_each_book_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.cbz", "a/2.cbz")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "3.cbz").symlink_to(tmp_path / "a" / "1.cbz")
    assert found(tmp_path, "a/2.cbz", ".", "a") == ["a/2.cbz", "a/1.cbz"]


def test_links_are_followed_and_loops_are_not(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.cbz")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "a" / "gone.cbz").symlink_to("nowhere")
    assert found(tmp_path) == ["a/1.cbz", "a/gone.cbz"]


def test_pipes_are_no_books(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cbz")
    assert found(tmp_path) == []


def test_a_missing_path_is_named_at_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.cbz")
    with pytest.raises(BookError, match=r"nowhere\.cbz") as caught:
        find_books([tmp_path / "a.cbz", tmp_path / "nowhere.cbz"])
    assert caught.value.code == "path-missing"


@pytest.mark.parametrize(
    ("name", "is_page"),
    [
        ("a/1.JPG", True), ("1.jpeg", True), ("x.avif", True), ("../../evil.jpg", True),
        ("..\\win.png", True),
        ("__MACOSX/._1.jpg", False), (".hidden/1.jpg", False), ("a\\._1.jpg", False), ("1.txt", False),
        ("Thumbs.db", False), ("jpg", False), (".jpg", False),
    ],
)  # fmt: skip
def test_page_names(name: str, is_page: bool) -> None:
    assert is_page_name(name) == is_page


def test_pages_are_read_in_natural_order_of_their_full_names() -> None:
    names = [
        "ch 10/1.jpg",
        "ch 2/10.jpg",
        "Ch 2/9.jpg",
        "ch 1/b.jpg",
        "ch 1/A.jpg",
        "cover.jpg",
        "cover1.jpg",
    ]
    assert sorted(names, key=reading_key) == [
        "ch 1/A.jpg", "ch 1/b.jpg", "Ch 2/9.jpg", "ch 2/10.jpg", "ch 10/1.jpg", "cover.jpg", "cover1.jpg",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=20) | st.text("0１９a.-/\\½ ", max_size=12), max_size=12))
def test_any_names_have_one_order(names: list[str]) -> None:
    ordered = sorted(names, key=reading_key)
    assert sorted(ordered[1:] + ordered[:1], key=reading_key) == ordered


def test_folders_may_be_as_deep_as_paths_go(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1200):
        deep /= "a"
        deep.mkdir()
    (deep / "1.cbz").touch()
    names = [source.path.name for source in find_books([tmp_path])]
    (deep / "1.cbz").unlink()
    for place in [deep, *deep.parents][:1200]:
        place.rmdir()  # clearing the temporary folder would recurse too deeply
    assert names == ["1.cbz"]
