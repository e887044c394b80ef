"""How far apart perceptual hashes are: of one picture saved again, and of different pages of real books.

python -m tests.real.duplicate_distances [--shared ../shared/data] [--every 4]

The default of `warehouse dupes --max-distance` comes from these figures: docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from warehouse.books.images import normalise
from warehouse.books.looking import PageLook, look
from warehouse.books.reading import open_book
from warehouse.books.sources import find_books
from warehouse.duplicates.grouping import SHAPE_STEP
from warehouse.errors import PageError

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
TRANSLATED = "pepper-and-carrot-01-"
"""One book in two languages: the same drawings, other words."""


@dataclass(frozen=True)
class Page:
    """A page of a real book, as stage `pages` sees it."""

    book: Path
    seq: int
    data: bytes
    look: PageLook


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--every", type=int, default=4, help="make variants of every so many-th page")
    arguments = parser.parse_args()
    pages = list(real_pages([arguments.shared / "books", arguments.shared / "train"]))
    print(f"{len(pages)} pages, {len({page.book for page in pages})} books; share of variants within bits:")
    report_variants(pages[:: arguments.every])
    report_pairs(pages)


def real_pages(folders: list[Path]) -> Iterator[Page]:
    """Every page that is not blank; those of a PDF are rendered and have no picture file."""
    for source in find_books(folders):
        with open_book(source.path) as book:
            if source.path.suffix == ".pdf":
                continue
            for seq in range(len(book.entries)):
                data = book.page_bytes(seq)
                try:
                    seen = look(data)
                except PageError:
                    continue
                if not seen.fingerprint.low_information:
                    yield Page(source.path, seq, data, seen)


def report_variants(pages: list[Page]) -> None:
    apart: dict[str, list[int]] = {}
    for page in pages:
        for name, data in variants(page.data):
            bits = look(data).fingerprint.phash ^ page.look.fingerprint.phash
            apart.setdefault(name, []).append(bits.bit_count())
    print(f"{'':<28}" + "".join(f"{limit:>7}" for limit in (2, 4, 6, 8, 10)) + "   largest")
    for name, found in apart.items():
        shares = [np.mean(np.asarray(found) <= limit) for limit in (2, 4, 6, 8, 10)]
        print(f"{name:<28}" + "".join(f"{share:7.3f}" for share in shares) + f"{max(found):10}")


def variants(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The picture as others would have saved it."""
    image = Image.fromarray(normalise(data).pixels)
    width, height = image.size

    def smaller(share: float, how: Image.Resampling = Image.Resampling.LANCZOS) -> Image.Image:
        return image.resize((max(1, round(width * share)), max(1, round(height * share))), how)

    grey = image.convert("L")
    yield "JPEG, quality 60", saved(image, "JPEG", 60)
    yield "JPEG, quality 25", saved(image, "JPEG", 25)
    yield "WebP, quality 50", saved(image, "WEBP", 50)
    yield "PNG, 256 colours", saved(image.quantize(256), "PNG", 0)
    yield "three quarters", saved(smaller(0.75), "JPEG", 85)
    yield "half", saved(smaller(0.5), "JPEG", 85)
    yield "a third, bilinear", saved(smaller(1 / 3, Image.Resampling.BILINEAR), "JPEG", 85)
    yield "one and a half times", saved(smaller(1.5, Image.Resampling.BICUBIC), "JPEG", 85)
    yield "grey", saved(grey, "JPEG", 85)
    yield "grey, half, quality 50", saved(smaller(0.5).convert("L"), "JPEG", 50)
    yield "brighter by 20 levels", saved(image.point(lambda level: min(255, level + 20)), "JPEG", 85)
    yield "1% cut off each side", saved(trimmed(image, 0.01), "JPEG", 85)
    yield "3% cut off each side", saved(trimmed(image, 0.03), "JPEG", 85)


def saved(image: Image.Image, format_: str, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **({"quality": quality} if quality else {}))
    return file.getvalue()


def trimmed(image: Image.Image, share: float) -> Image.Image:
    x, y = round(image.width * share), round(image.height * share)
    return image.crop((x, y, image.width - x, image.height - y))


def report_pairs(pages: list[Page]) -> None:
    """Pairs of different pages by distance; those of different shape are never compared."""
    hashes = np.array([page.look.fingerprint.phash for page in pages], np.uint64)
    shapes = np.rint(np.log([page.look.width / page.look.height for page in pages]) / SHAPE_STEP)
    one, other = np.triu_indices(len(pages), 1)
    apart = np.bitwise_count(hashes[one] ^ hashes[other])
    alike = np.abs(shapes[one] - shapes[other]) <= 1
    counts: Counter[tuple[int, str]] = Counter()
    for place in np.flatnonzero(apart <= 12):
        first, second = pages[one[place]], pages[other[place]]
        if not alike[place] or first.look.md5 == second.look.md5:
            continue
        kind = kind_of_pair(first, second)
        counts[int(apart[place]), kind] += 1
        if kind == "other" and apart[place] <= 10:
            places = f"{first.book.stem} {first.seq + 1}, {second.book.stem} {second.seq + 1}"
            print(f"  {apart[place]} bits: {places}")
    print(f"of {len(one):,} pairs of pages ({int(alike.sum()):,} of like shape), other bytes:")
    for (bits, kind), count in sorted(counts.items()):
        print(f"  {bits:2} bits: {count:4} {kind}")


def kind_of_pair(first: Page, second: Page) -> str:
    """Wide and low pages of these books are banners with the title of their series."""
    if first.look.width > 3 * first.look.height and second.look.width > 3 * second.look.height:
        return "title banners"
    if first.seq == second.seq and TRANSLATED in first.book.name and TRANSLATED in second.book.name:
        return "translations"
    return "other"


if __name__ == "__main__":
    main()
