"""The package of an EPUB: its reading order, direction and metadata (EPUB 3.3, sections 4 and 5)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from warehouse.books.document import DocumentInfo
from warehouse.contracts import Direction
from warehouse.errors import BookError

_ROLES = {
    "aut": "writer", "art": "artist", "ill": "artist", "pen": "penciller", "ink": "inker", "clr": "colorist",
    "col": "colorist", "ltr": "letterer", "trl": "translator", "edt": "editor", "cov": "cover_artist",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpineItem:
    """One document of the reading order.  name: its entry in the zip.  is_image: a bare picture."""

    name: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class EpubPackage:
    """What the package says.  fixed_layout: declared pre-paginated.  direction: None for 'default'."""

    spine: tuple[SpineItem, ...]
    fixed_layout: bool
    direction: Direction | None
    info: DocumentInfo


def local_name(element: Element) -> str:
    """The element's name without its namespace, '' for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_xml(data: bytes, what: str) -> Element:
    """Parse XML of a package.  Raises BookError 'epub-broken'; entities are refused."""
    try:
        return fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise BookError(f"the {what} of the EPUB cannot be read: {fault}", code="epub-broken") from fault


def package_name(container: bytes) -> str:
    """The entry name of the package document that META-INF/container.xml points to."""
    for element in parse_xml(container, "container").iter():
        if local_name(element) == "rootfile" and element.get("full-path"):
            return resolve("", element.get("full-path", ""))
    raise BookError("the container of the EPUB names no package", code="epub-broken")


def resolve(base: str, href: str) -> str:
    """The entry name that a link in entry `base` means; a label in the zip, never a path on disk."""
    target = unquote(href.split("#", 1)[0].split("?", 1)[0])
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
    return joined.lstrip("/")


def parse_package(data: bytes, name: str) -> EpubPackage:
    """Read a package document lying at entry `name`.  Raises BookError 'epub-broken'."""
    root = parse_xml(data, "package")
    elements = list(root.iter())
    items = {item.get("id"): item for item in elements if local_name(item) == "item"}
    references = [item for item in elements if local_name(item) == "itemref"]
    spine = []
    for reference in references:
        item = items.get(reference.get("idref"))
        if item is not None and item.get("href"):
            kind = item.get("media-type", "")
            is_image = kind.startswith("image/") and "svg" not in kind
            spine.append(SpineItem(resolve(name, item.get("href", "")), is_image))
    turned = next((element for element in elements if local_name(element) == "spine"), None)
    direction = turned.get("page-progression-direction") if turned is not None else None
    metas = [
        (_property(item), _words(item) or item.get("content", ""))
        for item in elements
        if local_name(item) == "meta"
    ]
    fixed = ("rendition:layout", "pre-paginated") in metas or ("fixed-layout", "true") in metas
    way: Direction | None = "rtl" if direction == "rtl" else "ltr" if direction == "ltr" else None
    return EpubPackage(tuple(dict.fromkeys(spine)), fixed, way, _info(elements, metas, way))


def _property(meta: Element) -> str:
    return meta.get("property") or meta.get("name") or ""


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _info(elements: list[Element], metas: list[tuple[str, str]], direction: Direction | None) -> DocumentInfo:
    def texts(name: str) -> Iterator[str]:
        return (words for element in elements if local_name(element) == name and (words := _words(element)))

    first: Callable[[str], str | None] = lambda name: next(texts(name), None)  # noqa: E731
    named = {key: value for key, value in reversed(metas) if value}
    date = re.match(r"(\d{4})(?:-(\d{2}))?", first("date") or "")
    year = int(date[1]) if date and int(date[1]) > 1000 else None
    month = int(date[2]) if year and date and date[2] and 1 <= int(date[2]) <= 12 else None
    return DocumentInfo(
        source="epub",
        title=first("title"),
        series=named.get("belongs-to-collection") or named.get("calibre:series"),
        number=named.get("group-position") or named.get("calibre:series_index"),
        publisher=first("publisher"),
        language=first("language"),
        year=year,
        month=month,
        summary=first("description"),
        direction=direction,
        credits=_credits(elements),
        keywords=tuple(dict.fromkeys(texts("subject"))),
        identifiers=tuple(_identifier(value) for value in dict.fromkeys(texts("identifier"))),
    )


def _credits(elements: list[Element]) -> tuple[tuple[str, str], ...]:
    roles = {
        item.get("refines", "").lstrip("#"): _words(item)
        for item in elements
        if local_name(item) == "meta" and item.get("property") == "role"
    }
    found = []
    for element in elements:
        person = _words(element)
        if local_name(element) not in ("creator", "contributor") or not person or person == "Unknown":
            continue
        own = next((value for key, value in element.items() if key.rpartition("}")[2] == "role"), "")
        code = own or roles.get(element.get("id", ""), "aut" if local_name(element) == "creator" else "")
        if code in _ROLES:
            found.append((_ROLES[code], person))
    return tuple(dict.fromkeys(found))


def _identifier(value: str) -> tuple[str, str]:
    match = re.match(r"(?:urn:)?(isbn|uuid|doi|calibre|asin|mobi-asin):(.+)", value, re.IGNORECASE)
    return (match[1].lower(), match[2].strip()) if match else ("epub", value)


_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)>|<[^<>]*+>")
_LINK = re.compile(r"""(?:^|\s)(src|href|xlink:href)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SILENT = ("script", "style", "title")


def pictures_shown(document: str) -> tuple[list[str], int]:
    """Links to the pictures a page document shows, in order, and its letters of text.

    Reads tags alone: page documents are often no proper XML, and the time taken grows with their length only.
    """
    links, letters, silent, end = [], 0, 0, 0
    for tag in _TAG.finditer(document):
        if not silent:
            letters += sum(map(str.isalpha, document[end : tag.start()]))
        end = tag.end()
        name = (tag[2] or "").lower().rpartition(":")[2]
        if name in _SILENT and not tag[0].endswith("/>"):
            silent = max(0, silent + (-1 if tag[1] else 1))
        if name in ("img", "image") and not tag[1]:
            links += _local_links(name, tag[3])
    return links, letters + sum(map(str.isalpha, document[end:]))


def _local_links(name: str, attributes: str) -> list[str]:
    """The link of one picture tag, if it leads to a file in the EPUB."""
    found = {match[1].lower(): unescape(match[2] or match[3] or "") for match in _LINK.finditer(attributes)}
    link = found.get("src") if name == "img" else found.get("xlink:href") or found.get("href")
    return [link] if link and "://" not in link and not link.startswith("data:") else []
