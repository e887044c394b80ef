"""Nothing is ever written where books lie: bytes, names and times stay, and a read-only disk will do."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pypdfium2
import pytest

from tests.books_drawn import cbz, comicinfo, picture
from tests.database_rows import all_rows
from tests.planted import PlantedProfile
from tests.runs import command
from tests.unit.books.books_made import FIXED, make_epub, make_zip
from tests.unit.books.calibre_made import Library
from tests.unit.books.rars_made import Member, rar4, rar5
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.ingest import ingest


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Books of every kind, a library, sidecars and broken ones; nobody may write there."""
    shelf = tmp_path / "shelf"
    pages = {f"{seq}.png": picture(seq) for seq in range(2)}
    cbz(shelf / "zip.cbz", pages, comicinfo(Series="Tin Owl"))
    damaged = cbz(shelf / "damaged.cbz", {f"{seq}.png": picture(10 + seq) for seq in range(4)})
    damaged.write_bytes(damaged.read_bytes()[:-60])
    (shelf / "noise.cbz").write_bytes(b"no archive")
    (shelf / "folder").mkdir()
    (shelf / "folder" / "1.png").write_bytes(picture(20))
    (shelf / "folder" / "ComicInfo.xml").write_bytes(comicinfo(Series="Moon Fox"))
    (shelf / "rar4.cbr").write_bytes(rar4([Member("1.png", picture(30))]))
    (shelf / "rar5.cbr").write_bytes(rar5([Member("1.png", picture(31))]))
    (shelf / "packed.cbt").write_bytes(gzip.compress(tarred({"1.png": picture(40)})))
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 300)
    document.save(shelf / "document.pdf")
    document.close()
    make_epub(
        shelf / "fixed.epub",
        [("1.xhtml", '<img src="1.png"/>')],
        [("OPS/1.png", picture(50))],
        metadata=FIXED,
    )
    library = Library(shelf / "Calibre")
    library.add(
        "Owls", "A. Uthor", {"cbz": make_zip(tmp_path / "c.zip", [("1.png", picture(60))]).read_bytes()}
    )
    library.save()
    (shelf / "series.json").write_text('{"metadata": {"type": "comicSeries", "name": "Tin Owl"}}')
    for place in (*shelf.rglob("*"), shelf):
        place.chmod(0o555 if place.is_dir() else 0o444)
    return shelf


def tarred(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def everything(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every name under a folder with its content, mode, and the times at which content and mode changed."""
    found = {}
    for place in (folder, *folder.rglob("*")):
        status = place.lstat()
        content = (
            hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else sorted(os.listdir(place))
        )
        found[str(place)] = (content, status.st_mode, status.st_mtime_ns, status.st_ctime_ns)
    return found


def test_every_kind_of_source_is_only_read(database: Database, connection: Connection, shelf: Path) -> None:
    before = everything(shelf)
    summary = ingest([shelf], database, PlantedProfile(), SilentProgress())
    assert everything(shelf) == before
    assert summary.outcomes["failed"] == 1, summary.problems
    assert summary.outcomes["ingested"] + summary.outcomes["partial"] >= 8
    formats = {format_ for (format_,) in connection.execute("select distinct format from book").fetchall()}
    assert formats >= {"zip", "folder", "tar", "pdf", "epub"}


READ_ONLY = [
    "unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c",
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"',
]  # fmt: skip
"""Runs a command, after a folder, with that folder mounted read-only for it alone."""


def test_a_read_only_disk_gives_the_same_rows(database: Database, second: Database, shelf: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run([*READ_ONLY, str(shelf), "true"]).returncode:
        pytest.skip("no right to mount here")
    assert subprocess.run([*READ_ONLY, str(shelf), "touch", str(shelf / "new")]).returncode
    ingest([shelf], database, PlantedProfile(), SilentProgress())
    run = [*READ_ONLY, str(shelf), *command(second, shelf, 0)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    with database.connect(autocommit=True) as one, second.connect(autocommit=True) as other:
        assert all_rows(other) == all_rows(one)
