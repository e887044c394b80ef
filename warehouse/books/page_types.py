"""Page types by their warehouse names, and what ComicInfo calls them."""

from __future__ import annotations

from collections.abc import Sequence

PAGE_TYPES = (
    "cover", "inner_cover", "story", "text_story", "advertisement", "editorial", "letters", "preview",
    "recap", "credits", "art", "back_cover", "scanner_tag", "blank", "other",
)  # fmt: skip

FROM_COMICINFO = {
    "FrontCover": "cover",
    "InnerCover": "inner_cover",
    "Story": "story",
    "Advertisement": "advertisement",
    "Editorial": "editorial",
    "Letters": "letters",
    "Preview": "preview",
    "Roundup": "recap",
    "BackCover": "back_cover",
    "Other": "other",
    "Deleted": "scanner_tag",
}
"""ComicInfo 2.1 `ComicPageType` to page types.  Taggers mark the pages that scanners add as deleted."""

_BY_LOWER_CASE = {name.lower(): name for name in FROM_COMICINFO}


def comicinfo_type(name: str) -> str | None:
    """The proper ComicInfo spelling of a declared type, None if there is no such type."""
    return _BY_LOWER_CASE.get(name.lower())


def declared_page_type(declared: Sequence[str]) -> str | None:
    """The page type that a page's ComicInfo types mean: the first known one that is not Story, else story."""
    known = [FROM_COMICINFO[name] for name in map(comicinfo_type, declared) if name]
    return next((name for name in known if name != "story"), known[0] if known else None)
