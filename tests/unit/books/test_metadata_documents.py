"""XML and JSON from strangers: what is forgiven, what is refused, what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from warehouse.books.comicbox import YAML_BYTES, parse_comicbox
from warehouse.books.comicinfo import parse_comicinfo
from warehouse.books.credit_roles import credited, role_of
from warehouse.books.declared import (
    LIST_LENGTH,
    date_parts,
    issue_number,
    name_of,
    rating,
    whole,
    without_markup,
)
from warehouse.books.json_documents import parse_json
from warehouse.books.xml_documents import decoded, first, parse_document
from warehouse.errors import BookError


def code_of(xml: bytes) -> str:
    with pytest.raises(BookError) as caught:
        parse_document(xml, "X.xml", "ComicInfo")
    return caught.value.code


INNER = "<ComicInfo><Series>Ünï</Series></ComicInfo>"


@pytest.mark.parametrize(
    "xml",
    [
        INNER.encode("utf-16-le"),
        INNER.encode("utf-16-be"),
        INNER.encode("cp1252"),
        f'<?xml version="1.0" encoding="utf-8"?>{INNER}'.encode("cp1252"),
        f'<?xml version="1.0" encoding="windows-1252"?>{INNER}'.encode("cp1252"),
        f'<?xml version="1.0" encoding="utf-8"?>{INNER}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="no-such"?>{INNER}'.encode(),
        f"\ufeff\n{INNER}".encode(),
        f"<!-- a remark -->{INNER}<!-- another -->".encode(),
    ],
    ids=[
        "le", "be", "cp1252", "cp1252 called utf-8", "cp1252 declared", "utf-16 called utf-8",
        "unknown encoding", "BOM and newline", "remarks",
    ],
)  # fmt: skip
def test_any_encoding(xml: bytes) -> None:
    assert first(parse_document(xml, "X.xml", "comicinfo"), "series") == "Ünï"


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE c [<!ENTITY a "b">]><ComicInfo>&a;</ComicInfo>',
        b'<!DOCTYPE c [<!ENTITY % a SYSTEM "http://a.example/x"> %a;]><ComicInfo/>',
        b'<!DOCTYPE c SYSTEM "http://a.example/x.dtd"><ComicInfo/>',
        b'<!DOCTYPE c [<!ATTLIST Page Type CDATA "' + b"x" * 1000 + b'">]><ComicInfo/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE c [<!ENTITY a "b">]><ComicInfo/>'.encode("utf-16"),
        b'\x01<!DOCTYPE c [<!ENTITY a "b">]><ComicInfo>&a;</ComicInfo>',
    ],
    ids=[
        "entity",
        "parameter entity",
        "external DTD",
        "default attribute",
        "utf-16",
        "behind a control character",
    ],
)
def test_dtds_are_refused(xml: bytes) -> None:
    assert code_of(xml) == "metadata-refused"


def test_an_external_document_is_not_included() -> None:
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>'
    root = parse_document(b"<ComicInfo>" + include + b"</ComicInfo>", "X.xml", "comicinfo")
    assert [child.text for child in root] == [None]


def test_depth_and_breadth_are_survived() -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    assert parse_comicinfo(b"<ComicInfo><Series>S</Series>" + deep + b"</ComicInfo>").series == "S"
    wide = b"<Characters>" + b"a,b," * 1_000_000 + b"</Characters>"
    assert len(parse_comicinfo(b"<ComicInfo>" + wide + b"</ComicInfo>").tags) == 2
    many = ",".join(f"n{place}" for place in range(10_000)).encode()
    said = parse_comicinfo(b"<ComicInfo><Characters>" + many + b"</Characters></ComicInfo>")
    assert len(said.tags) == LIST_LENGTH


def test_values_fit_a_database() -> None:
    long = "ü" * 20_000
    said = parse_comicinfo(
        f"<ComicInfo><Series>{long}</Series><Number>{long}</Number><Writer>{long}</Writer>"
        f"<Web>http://{long}</Web><Summary>{long * 10}</Summary></ComicInfo>".encode()
    )
    for text in (said.series, said.credits[0][1], said.web[0]):
        assert text is not None
        assert 900 < len(text.encode()) <= 1000
    assert said.number is not None
    assert len(said.number) == 64
    assert said.summary is not None
    assert len(said.summary) == 100_000
    assert name_of("a\0b\ud800 \n c") == "ab? c"


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("+7", 7), (" 7.0 ", 7), ("7,00", 7), ("-1", None), ("", None), (None, None), ("7.5", None),
     ("9" * 5000, None), ("0x10", None), ("1e3", None), ("²", None), ("٣", None), ("2147483648", None)],
)  # fmt: skip
def test_whole(text: str | None, value: int | None) -> None:
    assert whole(text, 0) == value


@pytest.mark.parametrize(
    ("text", "best", "value"),
    [("4.5", 5, "4.50"), ("4,5", 5, "4.50"), ("8", 10, "4.00"), ("0", 5, "0.00"), ("6", 5, None),
     ("", 5, None), ("NaN", 5, None), ("-1", 5, None), ("1" * 400, 5, None), ("3.33333", 5, "3.33")],
)  # fmt: skip
def test_rating(text: str, best: int, value: str | None) -> None:
    assert rating(text, best) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("1951-05-02", (1951, 5, 2)), ("1951-5", (1951, 5, None)), ("1951", (1951, None, None)),
     ("1951-05-02T10:00:00+00:00", (1951, 5, 2)), ("0101-01-01 00:00:00", (None, None, None)),
     ("1951-13-02", (1951, None, None)), ("19511", (None, None, None)), ("", (None, None, None))],
)  # fmt: skip
def test_date_parts(text: str, parts: tuple[int | None, ...]) -> None:
    assert date_parts(text) == parts


def test_markup_is_taken_out() -> None:
    assert without_markup("<p>A <b>be</b>ll&#39;s &lt;b&gt;</p>") == "A bell's <b>"
    assert without_markup("<" * 300_000) is not None
    assert without_markup(None) is without_markup("<p></p>") is None


@pytest.mark.parametrize(
    ("word", "role"),
    [("Writer", "writer"), ("Penciler", "penciller"), ("CoverArtist", "cover_artist"),
     ("Cover", "cover_artist"), ("Colourist", "colorist"),
     ("Editor In Chief", "editor_in_chief"), ("  ", None), (None, None)],
)  # fmt: skip
def test_role_of(word: str | None, role: str | None) -> None:
    assert role_of(word) == role


def test_credits_need_a_role_and_a_name() -> None:
    pairs = [
        ("Writer", "Ann"),
        ("writer", "Ann "),
        ("", "Bo"),
        ("Inker", None),
        (None, "Cy"),
        ("Inker", "Di"),
    ]
    assert credited(pairs) == (("writer", "Ann"), ("inker", "Di"))


def test_issue_numbers_stay_as_written() -> None:
    assert [issue_number(text) for text in ("1.MU", " ½ ", "-1", "1,5", "", None)] == [
        "1.MU", "½", "-1", "1,5", None, None,
    ]  # fmt: skip


def test_json_in_any_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        assert parse_json('{"name": "Ünï"}'.encode(encoding), "x.json").name("name") == "Ünï"
    assert decoded(b"") == ""


def test_half_surrogates_in_json_do_not_get_through() -> None:
    name = parse_json(b'{"name": "a\\ud800b\\u0000"}', "x.json").name("name")
    assert name == "a?b"


YAML = """
comicbox:
  series: {name: Sea Tales, start_year: 1951}
  issue: {name: 1½}
  volume: {number: 2, issue_count: 6}
  credits: {Ann Reed: {roles: {Writer: {}, Cover: {}}}}
  date: {year: 1951, month: 5}
  reading_direction: rtl
  arcs: {Tide: {number: 3}}
  identifiers: {comicvine: {key: '12'}, isbn: '9780306406157'}
  pages: {0: {page_type: FrontCover}, x: {page_type: Story}, 2: {}}
"""


def test_comicbox_yaml() -> None:
    said = parse_comicbox(YAML.encode(), None, "comicbox.yaml")
    assert (said.series, said.number, said.volume, said.count) == ("Sea Tales", "1½", 2, 6)
    assert (said.series_start_year, said.year, said.month, said.direction) == (1951, 1951, 5, "rtl")
    assert said.credits == (("writer", "Ann Reed"), ("cover_artist", "Ann Reed"))
    assert said.identifiers == (("comicvine", "12"), ("isbn", "9780306406157"))
    assert (said.page_types, said.details.story_arcs) == ({0: "cover"}, (("Tide", "3"),))


def test_comicbox_before_version_two() -> None:
    said = parse_comicbox(
        b'{"comicbox": {"series": "Sea", "issue": "3", "year": 1951, "genres": ["A", "B"]}}'
    )
    assert (said.series, said.number, said.year) == ("Sea", "3", 1951)
    assert said.tags == (("genre", "A"), ("genre", "B"))


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        (b"", "metadata-broken"),
        (b"[1, 2]", "metadata-broken"),
        (b"a: [1", "metadata-broken"),
        (b"a: &x [*x]", "metadata-broken"),
        (b"\xff\xfe\x00\x00a", "metadata-broken"),
        (b"{" * 5000, "metadata-broken"),
        (b"- " * 5000, "metadata-broken"),
        (b"a: " + b"x" * YAML_BYTES, "metadata-refused"),
    ],
)
def test_bad_yaml_has_a_code(yaml: bytes, code: str) -> None:
    with pytest.raises(BookError) as caught:
        parse_comicbox(yaml, None, "comicbox.yaml")
    assert caught.value.code == code


def test_yaml_makes_no_objects() -> None:
    said = parse_comicbox(
        b"comicbox: {title: !!python/object/apply:os.getcwd [], series: !!python/name:os.getcwd Sea}",
        None,
        "comicbox.yaml",
    )
    assert (said.title, said.series) == (None, "Sea")
