"""What a child reads is what this process would have read, and what kills a child kills nothing else."""

from __future__ import annotations

import io
import os
import signal
import socket
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from warehouse.books.limits import MIB, USUAL_LIMITS, Limits
from warehouse.books.metadata import gather_metadata
from warehouse.books.reading import open_book
from warehouse.books.sandbox import children
from warehouse.books.sandbox.sandboxed_book import SandboxedBook, open_sandboxed
from warehouse.books.sandbox.server import BookServer
from warehouse.errors import BookError, PageError


def picture(width: int, height: int, format_: str = "PNG") -> bytes:
    file = io.BytesIO()
    levels = np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8)
    Image.fromarray(levels).save(file, format_)
    return file.getvalue()


def black(side: int) -> bytes:
    """A small file that takes its time and 300 MB to decode."""
    file = io.BytesIO()
    Image.new("RGB", (side, side)).save(file, "PNG", compress_level=1)
    return file.getvalue()


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = tmp_path / "Lantern 001 (2020).cbz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ComicInfo.xml", "<ComicInfo><Series>Lantern</Series></ComicInfo>")
        for number in range(5):
            archive.writestr(f"{number}.png", picture(60, 80))
        archive.writestr("5.png", b"no picture")
    return path


def child_pid(book: SandboxedBook) -> int:
    child = book._child
    assert child is not None
    return child.pid


def test_it_is_the_same_book(book_file: Path) -> None:
    with open_sandboxed(book_file) as apart, open_book(book_file) as here:
        assert (apart.format, apart.entries) == (here.format, here.entries)
        assert apart.metadata() == gather_metadata(book_file, here)
        assert apart.look(2) == here.look(2)
        page, same = apart.page_pixels(3), here.page_pixels(3)
        assert np.array_equal(page.pixels, same.pixels)
        assert (page.md5, page.source_mode) == (same.md5, same.source_mode)


def test_errors_keep_their_codes(book_file: Path, tmp_path: Path) -> None:
    with open_sandboxed(book_file) as book:
        with pytest.raises(PageError) as broken:
            book.look(5)
        assert broken.value.code == "image-broken"
        with pytest.raises(IndexError):
            book.look(6)
        assert book.look(0).width == 60
    with pytest.raises(BookError) as missing:
        open_sandboxed(tmp_path / "none.cbz")
    assert missing.value.code == "path-missing"


def test_a_child_that_dies_costs_one_page(book_file: Path) -> None:
    with open_sandboxed(book_file) as book:
        os.kill(child_pid(book), signal.SIGSEGV)
        with pytest.raises(PageError, match="SIGSEGV") as lost:
            book.look(0)
        assert lost.value.code == "decoder-crashed"
        assert book.look(1).height == 80


def test_all_pages_in_order_whatever_happens(tmp_path: Path) -> None:
    path = tmp_path / "long.cbz"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.png", b"no picture" if number == 20 else picture(10 + number, 20))
    with open_sandboxed(path) as book:
        seen = []
        for page in book.looks():
            if not seen:
                os.kill(child_pid(book), signal.SIGKILL)
            seen.append(page)
    lost = [page.code for page in seen if isinstance(page, PageError)]
    assert sorted(lost) == ["decoder-crashed", "image-broken"]
    widths = [page.width for page in seen if not isinstance(page, PageError)]
    assert [10 + seq for seq, page in enumerate(seen) if not isinstance(page, PageError)] == widths
    assert len(seen) == 30


def test_looking_may_stop_half_way(book_file: Path) -> None:
    with open_sandboxed(book_file) as book:
        first = next(book.looks())
        assert book.look(0) == first
        assert book.look(4) == list(book.looks())[4]


def test_a_book_that_keeps_killing_is_given_up(book_file: Path) -> None:
    with open_sandboxed(book_file) as book:
        codes = []
        for _ in range(4):
            book.look(0) if book._child is None else None
            os.kill(child_pid(book), signal.SIGKILL)
            with pytest.raises(BookError) as lost:
                book.look(0)
            codes.append(type(lost.value))
        assert codes == [PageError, PageError, PageError, BookError]


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "slow.cbz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.png", black(10_000))
        archive.writestr("2.png", picture(8, 8))
    with open_sandboxed(path, Limits(page_seconds=0.2)) as book:
        with pytest.raises(PageError) as slow:
            book.look(0)
        assert slow.value.code == "decoder-timeout"
        book.limits = Limits()  # on a busy machine even a small page takes that long in a new child
        assert book.look(1).width == 8


def test_a_child_that_stands_still_is_ended(book_file: Path) -> None:
    with open_sandboxed(book_file, Limits(page_seconds=0.1)) as book:
        pid = child_pid(book)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(PageError) as hung:
            book.look(0)
        assert hung.value.code == "decoder-timeout"
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "large.cbz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.png", black(10_000))
        archive.writestr("2.png", picture(8, 8))
    with open_sandboxed(path, Limits(memory_bytes=400 * MIB)) as book:
        with pytest.raises(PageError) as large:
            book.page_pixels(0)
        assert large.value.code in ("image-too-large", "decoder-memory")
        assert book.look(1).width == 8


def test_children_are_used_again(book_file: Path) -> None:
    with open_sandboxed(book_file) as book:
        first = child_pid(book)
    with open_sandboxed(book_file) as book:
        assert child_pid(book) == first
        with open_sandboxed(book_file) as other:
            assert child_pid(other) != first


def test_a_child_ends_with_its_parent() -> None:
    child = children.borrow()
    child._channel.close()
    assert child._process.wait(10) == 0
    child.end()


def packed_tar(path: Path, shade: int) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        data = picture(10 + shade, 10)
        member = tarfile.TarInfo("1.png")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return path


def test_only_what_was_costly_to_open_stays_open(
    tmp_path: Path, book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.books.sandbox.server.bound_book", lambda limits: None)  # we are no child
    ours, theirs = socket.socketpair()
    with ours, theirs:
        server = BookServer(theirs)
        server._open(os.fsencode(packed_tar(tmp_path / "a.cbt", 1)), USUAL_LIMITS)
        unpacked = server._book
        server._rest()
        server._open(os.fsencode(tmp_path / "a.cbt"), USUAL_LIMITS)
        assert server._book is unpacked
        server._open(os.fsencode(book_file), USUAL_LIMITS)
        server._rest()
        assert server._book is None


def test_what_was_unpacked_is_not_taken_for_what_is_there_now(tmp_path: Path) -> None:
    path = packed_tar(tmp_path / "a.cbt", 1)
    with open_sandboxed(path) as book:
        first = book.look(0)
    with open_sandboxed(path) as book:
        assert book.look(0) == first
    packed_tar(path, 2)
    with open_sandboxed(path) as book:
        assert book.look(0).width == 12
    path.unlink()
    with pytest.raises(BookError) as gone:
        open_sandboxed(path)
    assert gone.value.code == "path-missing"
