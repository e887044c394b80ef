"""ComicInfo.xml, tidy and untidy."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.comicinfo import parse_comicinfo
from warehouse.books.declared import Declared
from warehouse.books.limits import Limits
from warehouse.books.page_types import FROM_COMICINFO, PAGE_TYPES, declared_page_type
from warehouse.errors import BookError

FULL = """<?xml version="1.0" encoding="utf-8"?>
<ComicInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Series>Sea Tales</Series><Number>1.MU</Number><Count>6</Count><Volume>1951</Volume><Title>The Bell</Title>
  <Year>1951</Year><Month>5</Month><Day>-1</Day><Publisher>Harbour</Publisher><LanguageISO>en</LanguageISO>
  <Summary>A bell rings.</Summary><Manga>No</Manga><Format>Annual</Format><AgeRating>Teen</AgeRating>
  <Writer>Ann Reed, Bo Lind,Ann Reed</Writer><CoverArtist>Cy Dow</CoverArtist><Genre>Horror, Sea</Genre>
  <Characters>Mara</Characters><Teams>Crew</Teams><Locations>Bay</Locations><StoryArc>Tide</StoryArc>
  <Tags>wet</Tags><SeriesGroup>Deep</SeriesGroup><Web>https://a.example/1 https://b.example/2</Web>
  <GTIN>9781234567897</GTIN><PageCount>4</PageCount><Translator>Di Eks</Translator><Imprint>Quay</Imprint>
  <AlternateSeries>Gale</AlternateSeries><AlternateNumber>3</AlternateNumber><AlternateCount>4</AlternateCount>
  <StoryArcNumber>2</StoryArcNumber><MainCharacterOrTeam>Mara</MainCharacterOrTeam><Review>Wet.</Review>
  <ScanInformation>(Scan)</ScanInformation><CommunityRating>4,25</CommunityRating><BlackAndWhite>yes</BlackAndWhite>
  <LocalizedSeries>Contes</LocalizedSeries><SeriesSort>Sea</SeriesSort><TitleSort>Bell</TitleSort><Notes>n</Notes>
  <Pages>
    <Page Image="0" Type="FrontCover"/>
    <Page Image="1" Type="Story Advertisement" DoublePage="true" Bookmark="Half way" Key="k"/>
    <Page Image="2"/><Page Image="3" Type="Bogus"/><Page Image="-1" Type="Story"/><Page Type="Story"/>
    <Page Image="0" Type="Story"/>
  </Pages>
</ComicInfo>"""


def parse(text: str) -> Declared:
    return parse_comicinfo(text.encode())


def code_of(xml: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught:
        parse_comicinfo(xml, limits)
    return caught.value.code


def test_every_field() -> None:
    info = parse(FULL)
    assert (info.series, info.number, info.count, info.volume) == ("Sea Tales", "1.MU", 6, 1951)
    assert (info.title, info.year, info.month, info.day) == ("The Bell", 1951, 5, None)
    assert (info.publisher, info.language, info.summary) == ("Harbour", "en", "A bell rings.")
    assert (info.manga, info.format, info.age_rating) == ("No", "Annual", "Teen")
    assert info.details.declared_page_count == 4
    assert info.gtin == ("9781234567897",)
    assert info.web == ("https://a.example/1", "https://b.example/2")
    assert info.credits == (
        ("writer", "Ann Reed"), ("writer", "Bo Lind"), ("cover_artist", "Cy Dow"), ("translator", "Di Eks"),
    )  # fmt: skip
    assert set(info.tags) == {
        ("genre", "Horror"), ("genre", "Sea"), ("character", "Mara"), ("team", "Crew"), ("location", "Bay"),
        ("story_arc", "Tide"), ("tag", "wet"), ("series_group", "Deep"), ("imprint", "Quay"),
    }  # fmt: skip


def test_every_detail() -> None:
    details = parse(FULL).details
    assert (details.alternate_series, details.alternate_number, details.alternate_count) == ("Gale", "3", 4)
    assert (details.localized_series, details.series_sort, details.title_sort) == ("Contes", "Sea", "Bell")
    assert (details.main_character_or_team, details.review, details.notes) == ("Mara", "Wet.", "n")
    assert (details.scan_information, details.black_and_white) == ("(Scan)", True)
    assert (details.story_arcs, details.community_rating) == ((("Tide", "2"),), Decimal("4.25"))
    assert details.bookmarks == {1: "Half way"}


@pytest.mark.parametrize(
    ("arcs", "numbers", "zipped"),
    [
        ("A,B", "4,2", (("A", "4"), ("B", "2"))),
        ("A, B ,C", "1", (("A", "1"), ("B", None), ("C", None))),
        ("A", "1,2,3", (("A", "1"),)),
        ("A,,B", "1,2,3", (("A", "1"), ("B", "3"))),
        ("", "1", ()),
        ("A", "", (("A", None),)),
    ],
)
def test_story_arcs_and_their_numbers_belong_together(
    arcs: str, numbers: str, zipped: tuple[tuple[str, str | None], ...]
) -> None:
    xml = f"<ComicInfo><StoryArc>{arcs}</StoryArc><StoryArcNumber>{numbers}</StoryArcNumber></ComicInfo>"
    assert parse(xml).details.story_arcs == zipped


def test_only_explicit_page_types_count() -> None:
    info = parse(FULL)
    assert info.page_types == {0: "cover", 1: "advertisement"}
    assert info.double_pages == {1}


def test_of_repeated_elements_the_first_counts() -> None:
    assert parse("<ComicInfo><Genre>A</Genre><Genre>B</Genre></ComicInfo>").tags == (("genre", "A"),)


@pytest.mark.parametrize(
    "xml",
    [
        "<?xml version='1.0' encoding='utf-16'?><ComicInfo><Series>Ünï</Series></ComicInfo>".encode("utf-16"),
        "<?xml version='1.0' encoding='utf-16'?><ComicInfo><Series>Ünï</Series></ComicInfo>".encode(),
        "\ufeff<comicinfo><SERIES>Ünï</SERIES></comicinfo>".encode(),
        "\n\n<ComicInfo xmlns='urn:x'><Series> Ünï </Series></ComicInfo>".encode(),
        "<ComicInfo><Series>Ün\x01ï</Series></ComicInfo>".encode(),
    ],
    ids=["utf-16 with BOM", "wrong declaration", "odd case", "namespace", "control character"],
)  # fmt: skip
def test_untidy_xml_is_read(xml: bytes) -> None:
    assert parse_comicinfo(xml).series == "Ünï"


ENTITIES = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><ComicInfo><Series>&b;</Series></ComicInfo>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    assert code_of(ENTITIES.encode(encoding)) == "metadata-refused"


def test_external_entities_are_refused() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><ComicInfo><Title>&f;</Title></ComicInfo>'
    assert code_of(xml) == "metadata-refused"


def test_too_much_is_refused() -> None:
    assert code_of(FULL.encode(), Limits(metadata_bytes=100)) == "metadata-refused"


@pytest.mark.parametrize(
    "xml", [b"", b"<ComicInfo><Series>A & B</Series>", b"<html/>", b"\xff\xfe\x00", b"PK"]
)
def test_broken_xml_has_a_code(xml: bytes) -> None:
    assert code_of(xml) == "metadata-broken"


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"<ComicInfo>{text}".encode(errors="replace"))
)
def test_only_our_errors_come_out(xml: bytes) -> None:
    with suppress(BookError):
        assert isinstance(parse_comicinfo(xml), Declared)


VALUES = st.text(st.characters(exclude_categories=["C"], exclude_characters="<>&"), max_size=20)


@given(VALUES, VALUES, VALUES, VALUES)
def test_any_values_are_read(number: str, year: str, image: str, kind: str) -> None:
    image, kind = image.replace('"', ""), kind.replace('"', "")
    page = f'<Page Image="{image}" Type="{kind}"/>'
    info = parse(f"<ComicInfo><Number>{number}</Number><Year>{year}</Year><Pages>{page}</Pages></ComicInfo>")
    assert info.year is None or 1000 <= info.year <= 9999
    assert all(seq >= 0 for seq in info.page_types)


@pytest.mark.parametrize(
    ("declared", "page_type"),
    [
        (["FrontCover"], "cover"), (["roundup"], "recap"), (["Deleted"], "scanner_tag"), (["Story"], "story"),
        (["Story", "Advertisement"], "advertisement"), (["Bogus", "Letters"], "letters"), (["Bogus"], None),
        ([], None),
    ],
)  # fmt: skip
def test_declared_page_type(declared: list[str], page_type: str | None) -> None:
    assert declared_page_type(declared) == page_type


def test_the_crosswalk_leads_to_known_page_types() -> None:
    assert set(FROM_COMICINFO.values()) <= set(PAGE_TYPES)
