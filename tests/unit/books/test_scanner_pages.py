"""Scanners' pages by the names of a book's entries."""

from __future__ import annotations

import pytest

from warehouse.books.scanner_pages import scanner_pages


def numbered(pattern: str, count: int = 24, start: int = 1) -> list[str]:
    return [pattern.format(number) for number in range(start, start + count)]


TITLE = "Night Harbour 004-{:03}.jpg"

SIGNED = [
    [*numbered("page{:02}.jpg"), "zzz_group.jpg"],
    [*numbered("{:03}.jpg"), "xx-credits.jpg"],
    [*numbered("{:03}.jpg"), "zz-credits.png"],
    [*numbered("{:03}.jpg"), "scanned by mole.jpg"],
    [*numbered(TITLE), "zSoU-Nerd.jpg"],
    [*numbered(TITLE), "ZSoU-Nerd.jpg"],
    [*numbered(TITLE), "zzzz.jpg"],
    [*numbered(TITLE), "z-mole.jpg"],
    [*numbered(TITLE), "~mole.jpg"],
    [*numbered("{:02}.jpg"), "Mole-DCP.jpg"],
    [*numbered("{:02}.jpg"), "Minutemen.jpg"],
    [*numbered("NH004p{:02}.jpg"), "x-tag.jpg"],
    [*numbered("NH004p{:02}.jpg"), "NH004p25 tag.jpg"],
    [*numbered("NH004p{:02}.jpg"), "tag-page.png"],
    [*numbered("nh-004-{:03}.jpg"), "scanner-tag.jpg"],
    [*numbered("nh-004-{:03}.jpg"), "zzz_scan_group.jpg"],
    [*numbered("Book/{:03}.jpg"), "Book/zzz_mole.jpg"],
    [*numbered("Book\\{:03}.jpg"), "Book\\zzmole.jpg"],
    [*numbered("{:03}.png", 40), "recruitment.png"],
    [*numbered("{:03}.png", 40), "join_us.png"],
    [*numbered("{:03}.png", 40), "scanlation credits.png"],
    [*numbered("c012_{:03}.png", 18), "zzz-LostHarbour.png"],
    [*numbered("{:03}.jpg", 22), "Bluebottle.jpg"],
    [*numbered("Night Harbour (1998) #4 pg {:02} (mole-empire).jpg"), "zzz mole-empire.jpg"],
    [*numbered("{:02}.jpg", 30), "9999.jpg"],
    [*numbered("P{:05}.jp2", 30), "xxx_ripper.jp2"],
    [*numbered("Captain Harbour {:02}.jpg"), "credits-zone.jpg"],
]

UNSIGNED = [
    [],
    ["only.jpg"],
    ["a.jpg", "b.jpg"],
    numbered("{:03}.jpg"),
    ["cover.jpg", *numbered("page{:02}.jpg")],
    [*numbered("{:03}.jpg"), "cover.jpg"],
    [*numbered("{:03}.jpg"), "zz_backcover.jpg"],
    [*numbered("{:03}.jpg"), "zzz-back cover.jpg"],
    [*numbered("{:03}.jpg"), "zBC.jpg"],
    [*numbered("{:03}.jpg"), "back.jpg"],
    [*numbered("{:03}.jpg"), "credits.jpg"],
    [*numbered("{:03}.jpg"), "Credits and licence.png"],
    [*numbered("{:03}.jpg"), "The End.jpg"],
    [*numbered("{:03}.jpg"), "afterword.jpg", "thanks.jpg"],
    [*numbered("{:03}.jpg"), "z-preview.jpg"],
    [*numbered("{:03}.jpg"), "zz_extra_map.jpg"],
    [*numbered("{:03}.jpg"), "poster.jpg"],
    [*numbered("Night Harbour {:02}.jpg"), "Night Harbour back.jpg"],
    [*numbered("Night Harbour {:02}.jpg"), "Night Harbour.jpg"],
    ["FC.jpg", "IFC.jpg", *numbered("{:02}.jpg"), "IBC.jpg", "OBC.jpg"],
    numbered("Night Harbour 004 (ZSoU-Nerd) {:02}.jpg"),
    numbered("zzz_{:02}.jpg"),
    [*numbered("Zebra Girl {:02}.jpg"), "Zebra Girl 25.jpg"],
    [*numbered("{:02}.jpg", 98), "99.jpg"],
    [*numbered("{:03}.jpg", 8), "009a.jpg"],
    [*numbered("{:03}.jpg", 22), "023-024.jpg"],
    [*numbered("harbour_p{:02}.jpg"), "harbour_p25_26.jpg"],
    ["hello.jpg", "island.jpg", "journey.jpg", "kraken.jpg", "lagoon.jpg"],
    [*numbered("ch1/{:02}.jpg"), *numbered("ch2/{:02}.jpg")],
    [*numbered("{:03}.png"), "colophon.png"],
    [*numbered("{:03}.png"), "裏表紙.png"],
    [*numbered("scan{:03}.jpg")],
    [*numbered("Scan {:03}.jpg"), "Scan 025.jpg"],
    [*numbered("OPS/images/{}.jpg", 12)],
    [*numbered("{:03}.jpg"), "Contraportada.jpg"],
    [*numbered("page {}.jpg"), "next issue.jpg"],
]


@pytest.mark.parametrize("entries", SIGNED, ids=lambda entries: entries[-1])
def test_the_last_page_is_signed(entries: list[str]) -> None:
    assert list(scanner_pages(entries)) == [len(entries) - 1]


@pytest.mark.parametrize(
    "entries", UNSIGNED, ids=lambda entries: f"{len(entries)} {entries[-1] if entries else ''}"
)
def test_a_books_own_pages_are_not(entries: list[str]) -> None:
    assert scanner_pages(entries) == {}


def test_two_signed_pages_and_a_first_one() -> None:
    last = [*numbered("{:03}.jpg"), "zzz_mole.jpg", "zzz_scan_group.jpg"]
    assert set(scanner_pages(last)) == {24, 25}
    first = ["!scanned by mole.jpg", *numbered("{:03}.jpg")]
    assert set(scanner_pages(first)) == {0}
    assert set(scanner_pages(["credits-zone.jpg", *numbered("page{}.jpg")])) == {0}
    assert scanner_pages(["Mole.jpg", *numbered("{:03}.jpg")]) == {}


def test_another_shape_makes_it_likelier() -> None:
    entries = [*numbered("{:03}.jpg"), "Bluebottle.jpg"]
    usual, other = [(1000, 1500)] * 25, [(1000, 1500)] * 24 + [(600, 600)]
    assert scanner_pages(entries, usual)[24] < scanner_pages(entries, other)[24] < 1
    assert scanner_pages(entries, [None] * 25) == scanner_pages(entries)
