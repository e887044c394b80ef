"""What is known of a book, and who said so."""

from __future__ import annotations

import socket
import time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.books.books_made import FIXED, drawing, make_epub, make_zip, picture
from warehouse.books.languages import language_code
from warehouse.books.metadata import BookMetadata, Credit, Identifier, Tag, gather_metadata
from warehouse.books.reading import open_book
from warehouse.books.sandbox.messages import receive_value, send_value


def comicinfo(inner: str) -> tuple[str, bytes]:
    return "ComicInfo.xml", f"<ComicInfo>{inner}</ComicInfo>".encode()


def gathered(path: Path) -> BookMetadata:
    with open_book(path) as book:
        return gather_metadata(path, book)


def of_zip(path: Path, *sidecars: tuple[str, bytes], height: int = 60, count: int = 4) -> BookMetadata:
    path.parent.mkdir(exist_ok=True, parents=True)
    page = picture(drawing(40, height))
    return gathered(make_zip(path, [*sidecars, *((f"{seq}.png", page) for seq in range(count))]))


def test_comicinfo_beats_the_file_name(tmp_path: Path) -> None:
    info = comicinfo(
        "<Series>Sea Tales</Series><Number>1½</Number><Volume>1951</Volume><Year>1952</Year><Month>3</Month>"
        "<Writer>Ann Reed</Writer><Genre>Sea</Genre><Web>https://comicvine.gamespot.com/x/4000-77/</Web>"
        "<LanguageISO>en-GB</LanguageISO><Publisher>Harbour</Publisher>"
    )
    known = of_zip(tmp_path / "Other 002 (of 9) (1999).cbz", info)
    assert (known.series_name, known.number, known.number_sort) == ("Sea Tales", "1½", Decimal("1.5"))
    assert (known.volume, known.series_start_year, known.year, known.month) == (1951, 1951, 1952, 3)
    assert (known.issue_count, known.language, known.publisher) == (9, "en", "Harbour")
    assert known.credits == (Credit("writer", "Ann Reed", "comicinfo"),)
    assert known.tags == (Tag("genre", "Sea", "comicinfo"),)
    assert Identifier("comicvine", "77", "comicinfo") in known.identifiers
    assert known.sources["series_name"] == known.sources["year"] == known.sources["month"] == "comicinfo"
    assert known.sources["issue_count"] == "filename"
    assert known.raw == {"comicinfo.xml": info[1].decode()}
    assert known.warnings == ()


def test_the_file_name_fills_in(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "Sea Tales #-1 (1997).cbz", comicinfo("<Title>The Bell</Title>"))
    assert (known.series_name, known.number_sort, known.year) == ("Sea Tales", Decimal(-1), 1997)
    assert (known.title, known.month) == ("The Bell", None)
    assert known.sources["series_name"] == "filename"


def test_the_folder_gives_the_series_of_a_bare_number(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "Sea Tales (1951)" / "012.cbz")
    assert (known.series_name, known.number, known.series_start_year) == ("Sea Tales", "12", 1951)
    assert known.sources["series_name"] == "folder"
    assert of_zip(tmp_path / "Box (1999)" / "Sea Tales 1.cbz").series_start_year is None


def test_a_folder_book_is_named_by_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Mr. Fox 05 (1951)"
    folder.mkdir()
    (folder / "1.png").write_bytes(picture(drawing()))
    known = gathered(folder)
    assert (known.series_name, known.number, known.year) == ("Mr. Fox", "5", 1951)


def test_every_book_has_a_name(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "---" / "()().cbz")
    assert (known.series_name, known.sources["series_name"]) == ("()()", "default")


def test_epub_beats_the_file_name(tmp_path: Path) -> None:
    words = (
        "<dc:title>Sea Tales Vol. 2</dc:title><dc:language>eng</dc:language><dc:date>2012</dc:date>"
        "<dc:creator>Ann Reed</dc:creator><dc:subject>Sea</dc:subject>"
        "<dc:identifier>urn:isbn:0-306-40615-2</dc:identifier>"
    )
    files = [("OPS/1.png", picture(drawing()))]
    known = gathered(
        make_epub(tmp_path / "scan 7.epub", [("1.xhtml", "<img src='1.png'/>")], files, FIXED + words)
    )
    assert (known.series_name, known.volume, known.title) == ("Sea Tales", 2, "Sea Tales Vol. 2")
    assert (known.language, known.year, known.credits) == (
        "en",
        2012,
        (Credit("writer", "Ann Reed", "epub"),),
    )
    assert known.identifiers == (Identifier("isbn", "9780306406157", "epub"),)
    assert known.tags == (Tag("genre", "Sea", "epub"),)
    assert known.sources["series_name"] == "epub"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"<ComicInfo><Series>A & B", "metadata-broken"),
        (b'<!DOCTYPE l [<!ENTITY a "ha">]><ComicInfo><Series>&a;</Series></ComicInfo>', "metadata-refused"),
        (b"<ComicInfo>" + b" " * (11 << 20), "metadata-refused"),
    ],
    ids=["broken", "entities", "too large"],
)
def test_bad_metadata_is_a_warning(tmp_path: Path, xml: bytes, code: str) -> None:
    known = of_zip(tmp_path / "Sea Tales 3.cbz", ("ComicInfo.xml", xml))
    assert [warning.code for warning in known.warnings] == [code]
    assert (known.series_name, known.number) == ("Sea Tales", "3")


def test_declared_pages_beyond_the_book_are_ignored(tmp_path: Path) -> None:
    declared = "".join(
        f'<Page Image="{seq}" Type="{kind}" DoublePage="true"/>'
        for seq, kind in ((0, "FrontCover"), (1, "Deleted"), (4, "Story"), (57, "Story"))
    )
    known = of_zip(tmp_path / "a.cbz", comicinfo(f"<Pages>{declared}</Pages>"))
    assert known.page_types == {0: "cover", 1: "scanner_tag"}
    assert known.double_pages == {0, 1}


RTL = "<Manga>YesAndRightToLeft</Manga>"
MANGA = "<Manga>Yes</Manga>"
JA = "<LanguageISO>ja</LanguageISO>"


@pytest.mark.parametrize(
    ("name", "inner", "height", "direction", "source"),
    [
        ("a", "", 60, "ltr", "default"),
        ("a", "<Manga>No</Manga>", 60, "ltr", "comicinfo"),
        ("a", RTL, 60, "rtl", "comicinfo"),
        ("a", MANGA + JA, 60, "rtl", "comicinfo"),
        ("a", MANGA, 60, "ltr", "default"),
        ("a", "", 88, "vertical", "pages"),
        ("a", "", 87, "ltr", "default"),
        ("a", "<Genre>Webtoon</Genre>", 61, "vertical", "pages"),
        ("a", "<Format>Web Toon</Format>", 61, "vertical", "pages"),
        ("a", "<Genre>Webtoon</Genre>", 60, "ltr", "default"),
        ("a webtoon", "<Manga>No</Manga>", 61, "vertical", "pages"),
        ("a", RTL, 200, "rtl", "comicinfo"),
    ],
)
def test_direction(tmp_path: Path, name: str, inner: str, height: int, direction: str, source: str) -> None:
    known = of_zip(tmp_path / f"{name}.cbz", comicinfo(inner), height=height)
    assert (known.direction, known.sources["direction"]) == (direction, source)


def test_the_epub_says_its_direction(tmp_path: Path) -> None:
    files = [("OPS/1.png", picture(drawing(40, 60)))]
    for way in ("rtl", "ltr"):
        spine, progression = [("1.xhtml", "<img src='1.png'/>")], f'page-progression-direction="{way}"'
        path = make_epub(tmp_path / f"{way}.epub", spine, files, FIXED, progression)
        assert (gathered(path).direction, gathered(path).sources["direction"]) == (way, "epub")


def test_a_long_page_among_others_makes_no_webtoon(tmp_path: Path) -> None:
    tall, wide = picture(drawing(40, 200)), picture(drawing(40, 60))
    path = make_zip(
        tmp_path / "a.cbz", [("1.png", tall), ("2.png", wide), ("3.png", wide), ("4.png", b"broken")]
    )
    assert gathered(path).direction == "ltr"


@pytest.mark.parametrize(
    ("written", "code"),
    [("ja", "ja"), ("ja-JP", "ja"), ("en_GB", "en"), ("eng", "en"), ("English", "en"), ("fil", "fil"),
     ("und", None), ("", None), (None, None), ("Klingon", None), ("Deutsch", "de"),
     ("Português (Brasil)", "pt"), ("日本語", "ja"), ("français; English", "fr"), ("zxx", None)],
)  # fmt: skip
def test_language_code(written: str | None, code: str | None) -> None:
    assert language_code(written) == code


METRON = (
    "MetronInfo.xml",
    b"<MetronInfo><Publisher><Name>Quay</Name></Publisher><Series><Name>Metron Tales</Name></Series>"
    b"<Number>9</Number><CoverDate>1960-02-03</CoverDate><Genres><Genre>sea</Genre><Genre>Storm</Genre></Genres>"
    b"<Credits><Credit><Creator>Metron Writer</Creator><Roles><Role>Writer</Role></Roles></Credit>"
    b"<Credit><Creator>Metron Inker</Creator><Roles><Role>Inker</Role></Roles></Credit></Credits>"
    b'<IDS><ID source="Comic Vine">77</ID><ID source="Metron">5</ID></IDS></MetronInfo>',
)
COMET = (
    "CoMet.xml",
    b"<comet><series>Comet Tales</series><publisher>Pier</publisher><price>0.10</price><genre>Sea</genre>"
    b"<letterer>Comet Letterer</letterer><writer>Comet Writer</writer><language>English</language></comet>",
)


def test_scalars_are_picked_lists_are_united_and_all_know_their_source(tmp_path: Path) -> None:
    info = comicinfo(
        "<Series>Sea Tales</Series><Month>7</Month><Genre>Sea</Genre><Writer>Ann Reed</Writer>"
        "<Web>https://comicvine.gamespot.com/x/4000-77/</Web>"
    )
    known = of_zip(tmp_path / "Other 002 (1999).cbz", info, METRON, COMET)
    assert (known.series_name, known.number, known.publisher, known.language) == (
        "Sea Tales",
        "9",
        "Quay",
        "en",
    )
    assert (known.year, known.month, known.day) == (1960, 2, 3), (
        "the month of one source and the year of another"
    )
    assert known.credits == (
        Credit("writer", "Ann Reed", "comicinfo"),
        Credit("inker", "Metron Inker", "metroninfo"),
        Credit("letterer", "Comet Letterer", "comet"),
    )
    assert known.tags == (Tag("genre", "Sea", "comicinfo"), Tag("genre", "Storm", "metroninfo"))
    assert [(item.source, item.value, item.said_by) for item in known.identifiers] == [
        ("comicvine", "77", "comicinfo"),
        ("web", "https://comicvine.gamespot.com/x/4000-77/", "comicinfo"),
        ("metron", "5", "metroninfo"),
    ]
    wanted = {"series_name": "comicinfo", "number": "metroninfo", "year": "metroninfo", "month": "metroninfo",
              "language": "comet", "prices": "comet"}  # fmt: skip
    assert {name: known.sources[name] for name in wanted} == wanted
    assert set(known.raw) == {"comicinfo.xml", "metroninfo.xml", "comet.xml"}


def test_one_broken_source_costs_that_source_only(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "Sea 3.cbz", ("ComicInfo.xml", b"<ComicInfo><Series>A & B"), METRON)
    assert (known.series_name, known.sources["series_name"]) == ("Metron Tales", "metroninfo")
    assert [warning.code for warning in known.warnings] == ["metadata-broken"]
    assert "comicinfo.xml" in known.warnings[0].message.lower()
    assert known.raw["comicinfo.xml"] == "<ComicInfo><Series>A & B"


def test_at_most_a_mebibyte_of_each_file_is_kept(tmp_path: Path) -> None:
    info = comicinfo("<Series>Sea</Series><Notes>" + "ü" * (2 << 20) + "</Notes>")
    known = of_zip(tmp_path / "a.cbz", info)
    assert (known.series_name, len(known.raw["comicinfo.xml"])) == ("Sea", 1 << 20)


def test_an_epub_keeps_its_package(tmp_path: Path) -> None:
    files = [("OPS/1.png", picture(drawing()))]
    path = make_epub(
        tmp_path / "a.epub", [("1.xhtml", "<img src='1.png'/>")], files, FIXED + "<dc:title>Sea</dc:title>"
    )
    known = gathered(path)
    assert ["<dc:title>Sea</dc:title>" in text for text in known.raw.values()] == [True]


def test_it_travels_between_processes(tmp_path: Path) -> None:
    known = of_zip(tmp_path / "Sea 3.cbz", comicinfo("<CommunityRating>4</CommunityRating>"), METRON, COMET)
    here, there = socket.socketpair()
    with here, there:
        send_value(here, known)
        assert receive_value(there, time.monotonic() + 10) == known


def test_manga_of_another_source_counts(tmp_path: Path) -> None:
    metron = b"<MetronInfo><Series lang='ja'><Name>S</Name></Series><MangaVolume>2</MangaVolume></MetronInfo>"
    known = of_zip(tmp_path / "a.cbz", ("metroninfo.xml", metron))
    assert (known.direction, known.sources["direction"], known.number) == ("rtl", "metroninfo", "2")
