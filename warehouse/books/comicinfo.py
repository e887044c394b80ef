"""ComicInfo.xml, versions 1.0 to 2.1 (anansi-project), as it is met in the wild."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from warehouse.books.limits import Limits
from warehouse.books.page_types import comicinfo_type
from warehouse.errors import BookError

_ROLES = {
    "writer": "writer", "penciller": "penciller", "inker": "inker", "colorist": "colorist",
    "letterer": "letterer", "coverartist": "cover_artist", "editor": "editor", "translator": "translator",
}  # fmt: skip
_TAGS = {
    "genre": "genre", "tags": "tag", "characters": "character", "teams": "team", "locations": "location",
    "storyarc": "story_arc", "seriesgroup": "series_group", "imprint": "imprint",
}  # fmt: skip
_FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class ComicInfo:
    """What a ComicInfo.xml declares; None or empty where it says nothing.

    credits: (role, person), roles in lower case.
    tags: (kind, name); genre, tag, character, team, location, story_arc, series_group, imprint.
    page_types: seq to its explicitly declared ComicInfo types.  double_pages: seqs declared a spread.
    Sequence numbers are 0-based and may lie beyond the book.
    """

    series: str | None = None
    number: str | None = None
    count: int | None = None
    volume: int | None = None
    title: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    publisher: str | None = None
    language: str | None = None
    summary: str | None = None
    notes: str | None = None
    manga: str | None = None
    format: str | None = None
    age_rating: str | None = None
    page_count: int | None = None
    gtin: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    credits: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    page_types: dict[int, tuple[str, ...]] = field(default_factory=dict)
    double_pages: frozenset[int] = frozenset()


def parse_comicinfo(xml: bytes, limits: Limits | None = None) -> ComicInfo:
    """Read a ComicInfo.xml; element names in any case and namespace, the first of repeated ones counts.

    Raises BookError 'metadata-refused' (entities, or too large) or 'metadata-broken' (no XML, no ComicInfo).
    """
    root = _parse(xml, limits or Limits())
    texts: dict[str, str] = {}
    for child in root:
        value = "".join(child.itertext()).strip()
        if value and _name(child) not in texts:
            texts[_name(child)] = value
    pages = [page for group in root if _name(group) == "pages" for page in group if _name(page) == "page"]
    return ComicInfo(
        series=texts.get("series"),
        number=texts.get("number"),
        count=_number(texts.get("count"), 1),
        volume=_number(texts.get("volume"), 0),
        title=texts.get("title"),
        year=_number(texts.get("year"), _FIRST_YEAR, 9999),
        month=_number(texts.get("month"), 1, 12),
        day=_number(texts.get("day"), 1, 31),
        publisher=texts.get("publisher"),
        language=texts.get("languageiso"),
        summary=texts.get("summary"),
        notes=texts.get("notes"),
        manga=_known(texts.get("manga")),
        format=texts.get("format"),
        age_rating=_known(texts.get("agerating")),
        page_count=_number(texts.get("pagecount"), 1),
        gtin=_split(texts.get("gtin", "")),
        web=tuple(dict.fromkeys(texts.get("web", "").split())),
        credits=_listed(texts, _ROLES),
        tags=_listed(texts, _TAGS),
        page_types=_page_types(pages),
        double_pages=_double_pages(pages),
    )


def _parse(xml: bytes, limits: Limits) -> Element:
    if len(xml) > limits.metadata_bytes:
        raise BookError(
            f"ComicInfo.xml has {len(xml)} bytes, at most {limits.metadata_bytes} are read",
            code="metadata-refused",
        )
    try:
        root = _tolerant_root(xml)
    except DefusedXmlException as fault:
        raise BookError(
            f"ComicInfo.xml declares entities, which are refused: {fault}", code="metadata-refused"
        ) from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise BookError(f"ComicInfo.xml cannot be read: {fault}", code="metadata-broken") from fault
    if _name(root) != "comicinfo":
        raise BookError(f"ComicInfo.xml holds <{_name(root)}> instead", code="metadata-broken")
    return root


def _tolerant_root(xml: bytes) -> Element:
    """Parse; if that fails, once more without a wrong encoding declaration and control characters."""
    try:
        return fromstring(xml.lstrip(b" \t\r\n"))
    except DefusedXmlException:
        raise
    except (ParseError, ValueError, LookupError):
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", xml.decode("utf-8-sig"))
        return fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).strip())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _known(value: str | None) -> str | None:
    return None if value is None or value.lower() == "unknown" else value


def _number(text: str | None, lowest: int, highest: int = 2**31 - 1) -> int | None:
    """A whole number within bounds, None for the schema's -1 and anything else."""
    match = re.fullmatch(r"(\d{1,10})(?:\.0+)?", text or "", re.ASCII)
    value = int(match[1]) if match else -1
    return value if lowest <= value <= highest else None


def _listed(texts: dict[str, str], kinds: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """(kind, name) of comma-separated lists, each once, in the order of `kinds`."""
    found = [(kind, name) for key, kind in kinds.items() for name in _split(texts.get(key, ""))]
    return tuple(dict.fromkeys(found))


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _attribute(page: Element, name: str) -> str:
    return next((value for key, value in page.items() if key.rpartition("}")[2].lower() == name), "").strip()


def _page_types(pages: list[Element]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for page in pages:
        seq = _number(_attribute(page, "image"), 0)
        declared = tuple(name for word in _attribute(page, "type").split() if (name := comicinfo_type(word)))
        if seq is not None and declared:
            found.setdefault(seq, declared)
    return found


def _double_pages(pages: list[Element]) -> frozenset[int]:
    marked = [page for page in pages if _attribute(page, "doublepage").lower() in ("true", "1")]
    seqs = (_number(_attribute(page, "image"), 0) for page in marked)
    return frozenset(seq for seq in seqs if seq is not None)
