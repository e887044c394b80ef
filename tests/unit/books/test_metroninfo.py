"""MetronInfo.xml, its drafts and its bad copies."""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.declared import Declared
from warehouse.books.limits import Limits
from warehouse.books.metroninfo import parse_metroninfo
from warehouse.errors import BookError

FULL = """<?xml version="1.0" encoding="UTF-8"?>
<MetronInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <IDS><ID source="Grand Comics Database">77</ID><ID source="Comic Vine" primary="true">4000-12</ID></IDS>
  <Publisher id="1"><Name>Harbour</Name><Imprint id="2">Quay</Imprint></Publisher>
  <Series lang="de" id="9"><Name>The Sea Tales</Name><SortName>Sea Tales</SortName><Volume>2</Volume>
    <Format>Annual</Format><StartYear>1951</StartYear><IssueCount>6</IssueCount>
    <AlternativeNames><AlternativeName lang="fr">Contes de mer</AlternativeName></AlternativeNames></Series>
  <CollectionTitle>Deep Water</CollectionTitle><Number>1.MU</Number><AlternativeNumber>7</AlternativeNumber>
  <Stories><Story>The Bell</Story><Story>The Buoy</Story></Stories><Summary>A bell.</Summary>
  <Prices><Price country="us">1.25</Price><Price country="GB">0.50</Price></Prices>
  <CoverDate>1951-05-02</CoverDate><StoreDate>1951-03-01</StoreDate><PageCount>4</PageCount><Notes>n</Notes>
  <Genres><Genre id="1">Horror</Genre></Genres><Tags><Tag>wet</Tag></Tags>
  <Arcs><Arc><Name>Tide</Name><Number>3</Number></Arc><Arc><Name>Ebb</Name></Arc></Arcs>
  <Characters><Character>Mara</Character></Characters><Teams><Team>Crew</Team></Teams>
  <Universes><Universe><Name>Salt</Name><Designation>S-1</Designation></Universe></Universes>
  <Locations><Location>Bay</Location></Locations>
  <GTIN><ISBN>9780306406157</ISBN><UPC>036000291452</UPC></GTIN><AgeRating>Teen Plus</AgeRating>
  <URLs><URL primary="true">https://a.example/1</URL><URL>https://b.example/2</URL></URLs>
  <Credits><Credit><Creator id="3">Ann Reed</Creator><Roles><Role>Writer</Role><Role>Cover</Role></Roles>
    </Credit>
    <Credit><Creator>Bo Lind</Creator><Roles><Role id="5">Embellisher</Role></Roles></Credit>
    <Credit><Creator>Nobody</Creator></Credit></Credits>
</MetronInfo>"""


def parse(inner: str) -> Declared:
    return parse_metroninfo(f"<MetronInfo>{inner}</MetronInfo>".encode())


def test_every_field() -> None:
    said = parse_metroninfo(FULL.encode())
    assert (said.source, said.series, said.series_start_year) == ("metroninfo", "The Sea Tales", 1951)
    assert (said.number, said.count, said.volume, said.title) == ("1.MU", 6, 2, "Deep Water")
    assert (said.year, said.month, said.day) == (1951, 5, 2)
    assert (said.publisher, said.language, said.format) == ("Harbour", "de", "Annual")
    assert (said.summary, said.age_rating) == ("A bell.", "Teen Plus")
    assert said.credits == (
        ("writer", "Ann Reed"),
        ("cover_artist", "Ann Reed"),
        ("inker", "Bo Lind"),
    )
    assert set(said.tags) == {
        ("genre", "Horror"), ("tag", "wet"), ("story_arc", "Tide"), ("story_arc", "Ebb"),
        ("character", "Mara"), ("team", "Crew"), ("location", "Bay"), ("imprint", "Quay"),
        ("universe", "Salt"),
    }  # fmt: skip
    assert said.identifiers == (
        ("gcd", "77"), ("comicvine", "4000-12"), ("isbn", "9780306406157"), ("upc", "036000291452"),
        ("comicvine-series", "9"),
    )  # fmt: skip
    assert said.web == ("https://a.example/1", "https://b.example/2")


def test_every_detail() -> None:
    details = parse_metroninfo(FULL.encode()).details
    assert (details.series_sort, details.localized_series) == ("Sea Tales", "Contes de mer")
    assert (details.collection_title, details.alternate_number, details.notes) == ("Deep Water", "7", "n")
    assert details.story_arcs == (("Tide", "3"), ("Ebb", None))
    assert details.prices == (("US", "1.25"), ("GB", "0.50"))
    assert (details.primary_source, details.declared_page_count) == ("comicvine", 4)


def test_what_is_read_in_place_of_what_is_missing() -> None:
    said = parse(
        "<MangaVolume>3</MangaVolume><StoreDate>1999-02-03</StoreDate>"
        "<Stories><Story>A</Story><Story>B</Story></Stories>"
    )
    assert (said.number, said.manga, said.title) == ("3", "Yes", "A; B")
    assert (said.year, said.month, said.day) == (1999, 2, 3)


def test_drafts_before_version_one() -> None:
    said = parse(
        '<ID><Primary source="Metron">5</Primary><Alternative source="Comic Vine">6</Alternative></ID>'
        "<Publisher>Harbour</Publisher><URL>https://a.example/</URL>"
        "<CommunityRating><AverageRating>4,5</AverageRating></CommunityRating>"
        '<Pages><Page Image="0" Type="FrontCover" Bookmark="Start"/>'
        '<Page Image="1" DoublePage="true"/></Pages>'
    )
    assert said.identifiers == (("metron", "5"), ("comicvine", "6"))
    assert (said.publisher, said.web) == ("Harbour", ("https://a.example/",))
    assert (said.page_types, said.double_pages) == ({0: "cover"}, {1})
    assert (said.details.bookmarks, said.details.community_rating) == ({0: "Start"}, Decimal("4.50"))
    assert said.details.primary_source == "metron"


@pytest.mark.parametrize(
    "inner",
    [
        "<Series/>",
        "<Series><Volume>-1</Volume><StartYear>99999999999999</StartYear></Series>",
        "<CoverDate>1951-13-40</CoverDate><PageCount>0</PageCount>",
        "<IDS><ID>7</ID><ID source='Metron'/></IDS>",
        "<Credits><Credit/><Credit><Roles><Role/></Roles></Credit></Credits><AgeRating>Unknown</AgeRating>",
        "<GTIN/><Prices><Price/></Prices><Arcs><Arc/></Arcs>",
    ],
)
def test_useless_values_say_nothing(inner: str) -> None:
    said = parse(inner)
    assert (said.volume, said.series_start_year, said.month, said.age_rating) == (None, None, None, None)
    assert (said.identifiers, said.credits, said.tags, said.details.prices) == ((), (), (), ())


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "metadata-broken"),
        (b"<ComicInfo/>", "metadata-broken"),
        (b"<MetronInfo><Series></MetronInfo>", "metadata-broken"),
        (b'<!DOCTYPE m [<!ENTITY a "b">]><MetronInfo>&a;</MetronInfo>', "metadata-refused"),
        (b"<!DOCTYPE MetronInfo><MetronInfo/>", "metadata-refused"),
        (b"<MetronInfo>" + b" " * 2000 + b"</MetronInfo>", "metadata-refused"),
    ],
)
def test_bad_documents_have_a_code(xml: bytes, code: str) -> None:
    with pytest.raises(BookError) as caught:
        parse_metroninfo(xml, Limits(metadata_bytes=1000))
    assert caught.value.code == code
    assert "MetronInfo.xml" in str(caught.value)


@given(
    st.dictionaries(st.sampled_from(["Number", "Series", "CoverDate", "IDS", "Credits", "GTIN"]), st.text())
)
def test_any_texts_are_read(texts: dict[str, str]) -> None:
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items())
    said = parse_metroninfo(f"<MetronInfo>{inner}</MetronInfo>".encode(errors="replace"))
    assert said.number is None or len(said.number) <= 64
