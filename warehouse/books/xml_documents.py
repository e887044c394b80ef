"""XML from strangers: bounded, without entities or DTD, forgiving in what costs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from warehouse.books.limits import Limits
from warehouse.errors import BookError

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_MOST_LEVELS = 100
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_document(xml: bytes, file: str, root_name: str, limits: Limits | None = None) -> Element:
    """The root of a document called `file`, an element of this name in any case and namespace.

    Raises BookError 'metadata-refused' (a DTD, entities, or too large) or 'metadata-broken' (no XML, or
    another root).
    """
    most = (limits or Limits()).metadata_bytes
    if len(xml) > most:
        raise BookError(f"{file} has {len(xml)} bytes, at most {most} are read", code="metadata-refused")
    try:
        root = _tolerant_root(xml)
    except DefusedXmlException as fault:
        raise BookError(
            f"{file} declares a DTD or entities, which are refused: {fault}", code="metadata-refused"
        ) from fault
    # RecursionError and MemoryError: a document may be nothing but depth.
    except (ParseError, ValueError, LookupError, RecursionError, MemoryError) as fault:
        raise BookError(f"{file} cannot be read: {fault}", code="metadata-broken") from fault
    if local_name(root) != root_name.lower():
        raise BookError(f"{file} holds <{local_name(root)[:60]}> instead", code="metadata-broken")
    return root


def is_bottomless(root: Element) -> bool:
    """Whether elements are nested deeper than in any real document: the text of each would take ages."""
    level = [root]
    for _ in range(_MOST_LEVELS):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def decoded(data: bytes) -> str:
    """The text of a metadata file: UTF-16 by its mark or its NULs, else UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[:1] and data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    if data[:1] == b"\0":
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def local_name(element: Element) -> str:
    """The element's name in lower case without its namespace, '' for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name in any case and namespace, '' if there is none."""
    found = (value for key, value in element.items() if key.rpartition("}")[2].lower() == name.lower())
    return next(found, "").strip()


def words(element: Element) -> str:
    """All text in an element, trimmed."""
    return "".join(element.itertext()).strip()


def children(parent: Element | None, *path: str) -> Iterator[Element]:
    """The elements at a path of lower-case names below `parent`."""
    if parent is None:
        return
    for child in parent:
        if local_name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def first(parent: Element | None, *path: str) -> str | None:
    """The text of the first element at a path that has any."""
    return next((text for child in children(parent, *path) if (text := words(child))), None)


def true(text: str) -> bool:
    """Whether a text says yes."""
    return text.strip().lower() in ("true", "1", "yes")


def _tolerant_root(xml: bytes) -> Element:
    """Parse; if that fails, once more without a wrong encoding declaration and control characters."""
    try:
        return fromstring(xml.lstrip(b" \t\r\n"), forbid_dtd=True)
    except DefusedXmlException:
        raise
    except (ParseError, ValueError, LookupError):
        text = _DECLARATION.sub("", decoded(xml), count=1)
        return fromstring(_NO_XML.sub("", text).strip().lstrip("\ufeff"), forbid_dtd=True)
