"""What one page looks like: everything stage `pages` wants of a picture, from one cheap decoding."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.books.hashing import THUMBNAIL_SIDE, Fingerprint, fingerprint, fingerprint_image
from warehouse.books.images import NormalisedPage, normalise_small
from warehouse.books.limits import Limits


@dataclass(frozen=True, slots=True)
class PageLook:
    """A page seen: its upright size in pixels, the MD5 of its picture file, and its fingerprint."""

    width: int
    height: int
    md5: str
    fingerprint: Fingerprint


def look(data: bytes, limits: Limits | None = None) -> PageLook:
    """Look at a picture file.  Raises PageError as `images.normalise` does."""
    small = normalise_small(data, THUMBNAIL_SIDE, limits)
    return PageLook(small.width, small.height, small.md5, fingerprint_image(small.image))


def look_at_pixels(page: NormalisedPage) -> PageLook:
    """Look at a page that is decoded already."""
    return PageLook(page.width, page.height, page.md5, fingerprint(page.pixels))
