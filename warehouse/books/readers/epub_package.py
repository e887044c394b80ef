"""The package of an EPUB: its reading order, direction and metadata (EPUB 3.3, sections 4 and 5)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from warehouse.books.document import DocumentInfo
from warehouse.books.opf import metas, package_info
from warehouse.books.xml_documents import decoded, is_bottomless
from warehouse.contracts import Direction
from warehouse.errors import BookError


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
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise BookError(f"the {what} of the EPUB cannot be read: {fault}", code="epub-broken") from fault
    if is_bottomless(root):
        raise BookError(f"the {what} of the EPUB is nested too deep to be read", code="epub-broken")
    return root


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
    said = metas(elements)
    fixed = ("rendition:layout", "pre-paginated") in said or ("fixed-layout", "true") in said
    way: Direction | None = "rtl" if direction == "rtl" else "ltr" if direction == "ltr" else None
    info = replace(package_info(elements, "epub", way), raw=((name, decoded(data)),))
    return EpubPackage(tuple(dict.fromkeys(spine)), fixed, way, info)


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
            links += local_links(name, tag[3])
    return links, letters + sum(map(str.isalpha, document[end:]))


def local_links(name: str, attributes: str) -> list[str]:
    """The link of one picture tag, if it leads to a file in the EPUB."""
    found = {match[1].lower(): unescape(match[2] or match[3] or "") for match in _LINK.finditer(attributes)}
    link = found.get("src") if name == "img" else found.get("xlink:href") or found.get("href")
    return [link] if link and "://" not in link and not link.startswith("data:") else []
