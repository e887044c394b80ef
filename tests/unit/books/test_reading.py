"""Opened books: pages in order, one at a time, every fault with its code."""

from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.unit.books.books_made import drawing, make_zip, pages, picture
from warehouse.books.images import jxl_installed
from warehouse.books.limits import Limits
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError


def book_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught, open_book(path, limits):
        pass
    return caught.value.code


def page_code(path: Path, seq: int, limits: Limits | None = None) -> str:
    with open_book(path, limits) as book, pytest.raises(PageError) as caught:
        book.page_pixels(seq)
    return caught.value.code


def patched(path: Path, local: int, central: int, value: bytes, which: int = 0) -> Path:
    """Overwrite header fields of one entry of a zip, by their offsets in the local and the central header."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry, place = archive.infolist()[which], archive.start_dir
        for other in archive.infolist()[:which]:
            place = data.index(b"PK\x01\x02", place + 46 + len(other.filename))
    for offset in (entry.header_offset + local, place + central):
        data[offset : offset + len(value)] = value
    path.write_bytes(data)
    return path


def test_zip_pages_are_in_natural_order_and_at_random_access(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", pages("p10.png", "P2.png", "p1.png"))
    with open_book(path) as book:
        assert (book.format, book.entries) == ("zip", ("p1.png", "P2.png", "p10.png"))
        assert [book.page_pixels(seq).height for seq in (2, 0, 1)] == [60, 62, 61]
        assert [book.page_size(seq) for seq in range(3)] == [(40, 62), (40, 61), (40, 60)]
        assert book.page_bytes(1) == picture(drawing(40, 61))
        assert (book.reading_direction, book.document, dict(book.sidecars)) == (None, None, {})
        with pytest.raises(IndexError):
            book.page_bytes(3)


def test_entries_of_one_name_are_pages_of_their_own(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = make_zip(tmp_path / "a.cbz", pages("1.png", "1.png"))
    with open_book(path) as book:
        assert book.entries == ("1.png", "1.png")
        assert [book.page_pixels(seq).height for seq in (0, 1)] == [60, 61]


def test_names_are_never_paths(tmp_path: Path) -> None:
    names = ("../../evil.png", "/abs/evil.png", "..\\win.png", "C:\\x.png")
    before = sorted(os.listdir(tmp_path.parent))
    with open_book(make_zip(tmp_path / "a.cbz", pages(*names))) as book:
        assert set(book.entries) == set(names)
        assert all(book.page_pixels(seq).width == 40 for seq in range(4))
    assert sorted(os.listdir(tmp_path.parent)) == before


def test_sidecars_nearest_the_root_count(tmp_path: Path) -> None:
    deep, root = ("A/ComicInfo.xml", b"deep"), ("comicinfo.XML", b"root")
    junk = ("__MACOSX/ComicInfo.xml", b"junk")
    with open_book(make_zip(tmp_path / "a.cbz", [junk, deep, root, *pages("1.png")])) as book:
        assert dict(book.sidecars) == {"comicinfo.xml": b"root"}
        assert book.sidecars["ComicInfo.xml"] == b"root"
        assert book.entries == ("1.png",)


def test_a_sidecar_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", [("ComicInfo.xml", bytes(200)), *pages("1.png")])
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "1.png").write_bytes(picture(drawing()))
    (folder / "ComicInfo.xml").write_bytes(bytes(200))
    for place in (path, folder):
        with open_book(place, Limits(metadata_bytes=100)) as book, pytest.raises(BookError) as caught:
            book.sidecars["comicinfo.xml"]
        assert caught.value.code == "metadata-refused"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_of_compression(tmp_path: Path, method: int) -> None:
    with open_book(make_zip(tmp_path / "a.cbz", pages("1.png"), method)) as book:
        assert np.array_equal(book.page_pixels(0).pixels, drawing(40, 60))


def test_codes_of_bad_zips(tmp_path: Path) -> None:
    good = make_zip(tmp_path / "good.cbz", pages("1.png", "2.png")).read_bytes()
    (tmp_path / "truncated.cbz").write_bytes(good[: len(good) // 3])
    (tmp_path / "random.cbz").write_bytes(b"\x01\x02\x03" * 500)
    (tmp_path / "zero.cbz").touch()
    assert book_code(tmp_path / "truncated.cbz") == "archive-broken"
    assert book_code(tmp_path / "random.cbz") == "not-an-archive"
    assert book_code(tmp_path / "zero.cbz") == "file-empty"
    assert book_code(tmp_path / "gone.cbz") == "path-missing"
    assert book_code(make_zip(tmp_path / "empty.cbz", [])) == "no-pages"
    assert book_code(make_zip(tmp_path / "words.cbz", [("a.txt", b"x")])) == "no-pages"


@pytest.mark.parametrize(
    ("head", "name"),
    [(b"AT&TFORM", "djvu"), (bytes(60) + b"BOOKMOBI", "mobi"), (bytes(7) + b"**ACE**", "ace")],
)
def test_formats_without_a_reader_are_named(tmp_path: Path, head: bytes, name: str) -> None:
    (tmp_path / "a.cbz").write_bytes(head + bytes(100))
    with pytest.raises(BookError, match=rf"format {name} ") as caught:
        open_book(tmp_path / "a.cbz")
    assert caught.value.code == "format-unsupported"


def test_encrypted_and_foreign_compression(tmp_path: Path) -> None:
    encrypted = patched(make_zip(tmp_path / "a.cbz", pages("1.png")), 6, 8, b"\x01\x00")
    assert book_code(encrypted) == "archive-encrypted"
    deflate64 = patched(make_zip(tmp_path / "b.cbz", pages("1.png")), 8, 10, b"\x09\x00")
    assert book_code(deflate64) == "compression-unsupported"
    partly = patched(make_zip(tmp_path / "c.cbz", pages("1.png", "2.png")), 6, 8, b"\x01\x00", which=1)
    assert page_code(partly, 1) == "entry-unreadable"
    with open_book(partly) as book:
        assert book.page_pixels(0).height == 60


def test_one_bad_page_leaves_the_others(tmp_path: Path) -> None:
    jpeg = picture(drawing(400, 600), "JPEG")
    entries = [
        ("1.jpg", jpeg[: len(jpeg) // 2]),
        ("2.png", b""),
        ("3.jxl", b"\xff\x0a" + bytes(9)),
        *pages("4.png"),
    ]
    path = make_zip(tmp_path / "a.cbz", entries)
    assert [page_code(path, seq) for seq in range(3)] == [
        "image-truncated",
        "image-empty",
        "image-broken" if jxl_installed() else "image-unsupported",
    ]
    with open_book(path) as book:
        assert book.page_pixels(3).height == 60


def test_damaged_data_is_noticed(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", pages("1.png"))
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    assert page_code(path, 0) == "entry-unreadable"


def test_a_lying_size_does_not_unpack_more(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", [("1.png", bytes(5_000_000))], zipfile.ZIP_DEFLATED)
    assert page_code(patched(path, 22, 24, (100).to_bytes(4, "little")), 0) == "entry-unreadable"


def test_limits_of_archives(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", pages("1.png", "2.png"))
    assert book_code(path, Limits(entries=1)) == "archive-too-large"
    assert book_code(path, Limits(total_bytes=100)) == "archive-too-large"
    assert book_code(path, Limits(directory_bytes=50)) == "archive-too-large"
    assert page_code(path, 0, Limits(entry_bytes=100)) == "image-too-large"
    assert page_code(path, 0, Limits(pixels=100)) == "image-too-large"


def test_source_files_are_left_alone(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", pages("1.png"))
    before = path.read_bytes(), path.stat().st_mtime_ns
    with open_book(path) as book:
        book.page_pixels(0)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert os.listdir(tmp_path) == ["a.cbz"]


def test_folder_books(tmp_path: Path) -> None:
    for name, data in [*pages("10.png", "9.png"), ("Thumbs.db", b"x"), ("ComicInfo.xml", b"<ComicInfo/>")]:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "extras").mkdir()
    (tmp_path / "extras" / "1.png").write_bytes(b"")
    (tmp_path / os.fsdecode(b"11-\xff.png")).write_bytes(picture(drawing(40, 70)))
    with open_book(tmp_path) as book:
        assert (book.format, book.entries) == ("folder", ("9.png", "10.png", "11-\ufffd.png"))
        assert [book.page_pixels(seq).height for seq in range(3)] == [61, 60, 70]
        assert book.sidecars["comicinfo.xml"] == b"<ComicInfo/>"
        (tmp_path / "9.png").unlink()
        with pytest.raises(PageError) as caught:
            book.page_pixels(0)
    assert caught.value.code == "entry-unreadable"
    assert page_code(tmp_path, 0, Limits(entry_bytes=10)) == "image-too-large"


def test_folders_without_pages_and_with_too_many(tmp_path: Path) -> None:
    assert book_code(tmp_path) == "no-pages"
    (tmp_path / "1.png").touch()
    (tmp_path / "2.png").touch()
    assert book_code(tmp_path, Limits(entries=1)) == "archive-too-large"
    assert page_code(tmp_path, 0) == "image-empty"


def make_pdf(path: Path, *sizes: tuple[int, int]) -> Path:
    scans = [Image.fromarray(drawing(*size, seed=place)) for place, size in enumerate(sizes)]
    scans[0].save(
        path,
        "PDF",
        save_all=True,
        append_images=scans[1:],
        resolution=200,
        title="Sea\0 Tales",
        author="A; B",
    )
    return path


def test_pdf_pages_come_at_the_size_of_their_scans(tmp_path: Path) -> None:
    with open_book(make_pdf(tmp_path / "a.cbz", (300, 451), (451, 300))) as book:
        assert (book.format, book.entries) == ("pdf", ("page 1", "page 2"))
        second, first = book.page_pixels(1), book.page_pixels(0)
        assert [(page.width, page.height) for page in (first, second)] == [(300, 451), (451, 300)]
        assert book.page_size(0) == (300, 451)
        assert np.abs(first.pixels.astype(int) - drawing(300, 451)).mean() < 8
        assert first.md5 == book.page_pixels(0).md5 != second.md5
        assert book.document is not None
        assert book.document.credits == (("writer", "A"), ("writer", "B"))
        assert book.page_bytes(0).startswith(b"\x89PNG")
        with pytest.raises(IndexError):
            book.page_pixels(2)


def test_limits_of_pdfs(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", (300, 451), (10, 10))
    assert book_code(path, Limits(pdf_pages=1)) == "archive-too-large"
    with open_book(path, Limits(pdf_long_side=100)) as book:
        assert book.page_size(0) == (67, 100)
        assert book.page_pixels(0).pixels.shape == (100, 67, 3)
    with open_book(path, Limits(pixels=2000)) as book:
        page = book.page_pixels(0)
        assert 1800 < page.width * page.height <= 2000 + page.width + page.height  # sides are rounded up


def test_broken_pdfs_have_a_code(tmp_path: Path) -> None:
    whole = make_pdf(tmp_path / "a.pdf", (30, 40)).read_bytes()
    for name, data in {"head.pdf": b"%PDF-1.4\n", "half.pdf": whole[:300]}.items():
        (tmp_path / name).write_bytes(data)
        assert book_code(tmp_path / name) == "pdf-broken"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_never_raises_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["zip", "pdf"]))
    path = tmp_path / "damaged"
    if kind == "zip":
        make_zip(path, [("ComicInfo.xml", b"<ComicInfo/>"), *pages("1.png")])
    else:
        make_pdf(path, (20, 30))
    good = path.read_bytes()
    spoilt = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=8)):
        spoilt[place] = data.draw(st.integers(0, 255))
    path.write_bytes(spoilt)
    with suppress(BookError), open_book(path) as book:
        assert book.entries
        with suppress(BookError):
            dict(book.sidecars)
        book.page_pixels(0)
