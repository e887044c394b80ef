"""What an OPF package says of its book: in an EPUB (EPUB 3.3, section 5), or from Calibre beside a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from warehouse.books.calibre_columns import Column, column, with_columns
from warehouse.books.declared import LIST_LENGTH, Declared, date_parts, issue_number, name_of, prose, rating
from warehouse.books.declared import without_markup as plain
from warehouse.books.document import DocumentInfo
from warehouse.books.json_documents import Fields, parse_json
from warehouse.books.limits import Limits
from warehouse.books.xml_documents import attribute, is_bottomless, local_name, parse_document
from warehouse.contracts import Direction
from warehouse.errors import BookError

_ROLES = {
    "aut": "writer", "art": "artist", "ill": "artist", "pen": "penciller", "ink": "inker", "clr": "colorist",
    "col": "colorist", "ltr": "letterer", "trl": "translator", "edt": "editor", "cov": "cover_artist",
}  # fmt: skip
_USER_METADATA = "calibre:user_metadata"
_MOST_COLUMNS = 200


def package_info(
    elements: Sequence[Element], source: str, direction: Direction | None = None
) -> DocumentInfo:
    """What a package says of its book; `elements` are all of the package, in document order."""

    def texts(name: str) -> list[str]:
        found = (words for element in elements if local_name(element) == name and (words := _words(element)))
        return list(dict.fromkeys(found))[:LIST_LENGTH]

    first = {
        name: next(iter(texts(name)), None) for name in ("title", "publisher", "language", "description")
    }
    named = {key: value for key, value in reversed(metas(elements)) if value}
    year, month, _ = date_parts(next(iter(texts("date")), None))
    number = named.get("group-position") or named.get("calibre:series_index") or ""
    return DocumentInfo(
        source=source,
        title=first["title"],
        series=named.get("belongs-to-collection") or named.get("calibre:series"),
        number=re.sub(r"\.0+$", "", number) or None,
        publisher=first["publisher"],
        language=first["language"],
        year=year,
        month=month,
        summary=first["description"],
        direction=direction,
        credits=_credits(elements),
        keywords=tuple(texts("subject")),
        identifiers=tuple(
            _identifier(element)
            for element in elements
            if local_name(element) == "identifier" and _words(element)
        )[:LIST_LENGTH],
    )


def metas(elements: Sequence[Element]) -> list[tuple[str, str]]:
    """(name, content) of the meta elements, in the manner of EPUB 2 or 3."""
    return [
        (attribute(item, "property") or attribute(item, "name"), _words(item) or attribute(item, "content"))
        for item in elements
        if local_name(item) == "meta"
    ]


def of_document(document: DocumentInfo) -> Declared:
    """What an EPUB, a PDF or a package says, in the words that all sources share."""
    kind = "genre" if document.source == "epub" else "tag"
    return Declared(
        source=document.source,
        series=name_of(document.series),
        number=issue_number(document.number),
        title=name_of(document.title),
        year=document.year,
        month=document.month,
        publisher=name_of(document.publisher),
        language=document.language,
        summary=prose(document.summary),
        credits=tuple((role, name) for role, person in document.credits if (name := name_of(person))),
        tags=tuple((kind, name) for word in document.keywords if (name := name_of(word))),
        identifiers=tuple(
            (source, name) for source, value in document.identifiers if (name := name_of(value))
        ),
    )


def parse_opf(data: bytes, limits: Limits | None = None, file: str = "metadata.opf") -> Declared:
    """Read the OPF that Calibre writes beside a book, custom columns too.

    Raises BookError 'metadata-refused' (DTD, entities, or too large) or 'metadata-broken' (no package).
    """
    root = parse_document(data, file, "package", limits)
    if is_bottomless(root):
        raise BookError(f"{file} is nested too deep to be read", code="metadata-broken")
    elements = list(root.iter())
    said = of_document(package_info(elements, "calibre"))
    stars = next((value for key, value in metas(elements) if key == "calibre:rating"), None)
    details = replace(said.details, community_rating=rating(stars, best=10))
    columns = list(_columns(elements))[:_MOST_COLUMNS]
    return with_columns(replace(said, summary=plain(said.summary), details=details), columns)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _credits(elements: Sequence[Element]) -> tuple[tuple[str, str], ...]:
    roles = {
        attribute(item, "refines").lstrip("#"): _words(item)
        for item in elements
        if local_name(item) == "meta" and attribute(item, "property") == "role"
    }
    found = []
    for element in elements:
        if local_name(element) not in ("creator", "contributor"):
            continue
        person = _words(element)
        if not person or person == "Unknown":
            continue
        implied = "aut" if local_name(element) == "creator" else ""
        code = attribute(element, "role") or roles.get(attribute(element, "id"), implied)
        if code in _ROLES:
            found.append((_ROLES[code], person))
    return tuple(dict.fromkeys(found))[:LIST_LENGTH]


def _identifier(element: Element) -> tuple[str, str]:
    value = _words(element)
    match = re.match(r"(?:urn:)?(isbn|uuid|doi|calibre|asin|mobi-asin):(.+)", value, re.IGNORECASE)
    if match:
        return match[1].lower(), match[2].strip()
    return attribute(element, "scheme").lower() or "epub", value


def _columns(elements: Sequence[Element]) -> Iterator[Column]:
    """Custom columns: a meta element each with the column as JSON, or one with all of them."""
    for key, text in metas(elements):
        if not key.startswith(_USER_METADATA):
            continue
        try:
            held = parse_json(text.encode(errors="replace"), key)
        except BookError:
            continue  # one column that makes no sense; the rest of the package does
        label = key.removeprefix(_USER_METADATA).lstrip(":")
        fields = [(label, held)] if label else [(name, held.within(name)) for name in held.names]
        for name, field in fields:
            found = column(name, _values(field))
            if found is not None:
                yield found


def _values(field: Fields) -> list[str]:
    text = field.name("#value#")
    return [text] if text is not None else list(field.texts("#value#"))
