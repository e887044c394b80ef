"""ComicBookInfo 1.0: JSON in the comment of a zip, or in a file of its own."""

from __future__ import annotations

from warehouse.books.credit_roles import credited
from warehouse.books.declared import FIRST_YEAR, LAST_YEAR, Declared, Details, distinct, names_of, rating
from warehouse.books.json_documents import parse_json
from warehouse.books.limits import Limits
from warehouse.errors import BookError

_KEY = "ComicBookInfo/1.0"


def holds_comicbookinfo(comment: bytes) -> bool:
    """Whether a zip comment means to be ComicBookInfo; it may be anything."""
    return b"comicbookinfo/" in comment.lower()


def parse_comicbookinfo(data: bytes, limits: Limits | None = None, file: str = "ComicBookInfo") -> Declared:
    """Read ComicBookInfo.  What has a wrong type is left out and complained of.

    Raises BookError 'metadata-refused' (too large) or 'metadata-broken' (no JSON, or no ComicBookInfo).
    """
    document = parse_json(data, file, limits)
    key = next((name for name in document.names if name.lower().startswith("comicbookinfo/")), None)
    if key is None:
        raise BookError(f"{file} holds no {_KEY!r}", code="metadata-broken")
    info = document.within(key)
    people = ((person.name("role"), person.name("person")) for person in info.objects("credits"))
    genres = [("genre", name) for name in names_of(info.texts("genre"))]
    tags = [("tag", name) for name in names_of(info.texts("tags"))]
    return Declared(
        source="comicbookinfo",
        series=info.name("series"),
        number=info.number("issue"),
        count=info.whole("numberOfIssues", 1),
        volume=info.whole("volume", 0),
        title=info.name("title"),
        year=info.whole("publicationYear", FIRST_YEAR, LAST_YEAR),
        month=info.whole("publicationMonth", 1, 12),
        day=info.whole("publicationDay", 1, 31),
        publisher=info.name("publisher"),
        language=info.name("language"),
        summary=info.prose("comments"),
        credits=credited(people),
        tags=distinct([*genres, *tags]),
        details=Details(
            country=info.name("country"),
            community_rating=rating(info.name("rating")),
            declared_page_count=info.whole("pages", 1),
        ),
        complaints=tuple(document.complaints),
    )
