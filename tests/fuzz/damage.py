"""Damage to valid books, from a seeded generator: the same seed gives the same bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.seeds import Entries, Seed

HOSTILE_NAMES = (
    "../../../outside.jpg", "/outside.jpg", "C:\\outside.jpg", "\\\\server\\share\\1.jpg",
    "a/../../outside.jpg", "..", ".jpg", "-rf.jpg", "x" * 300 + ".jpg", "a/" * 200 + "1.jpg",
    "\u202egpj.jpg", "ComicInfo.xml",
    "META-INF/container.xml", "__MACOSX/1.jpg", "CON.jpg", " .jpg", "a\nb.jpg", "1.jpg/2.jpg",
    "$(touch outside).jpg",
)  # fmt: skip
_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True)
class Mutant:
    """A damaged book.  kind: of the seed.  damage: what was done to it."""

    kind: str
    damage: str
    suffix: str
    data: bytes


def mutant(all_seeds: list[Seed], seed: int, place: int) -> Mutant:
    """Mutant number `place` of a run; kinds of books take turns."""
    dice = random.Random(f"{seed}:{place}")  # noqa: S311
    book = all_seeds[place % len(all_seeds)]
    if book.pack is not None and dice.random() < 0.45:
        name, change = dice.choice(_ENTRY_DAMAGE)
        return Mutant(book.kind, name, book.suffix, book.pack(change(list(book.entries), dice)))
    name, damage = dice.choice(_DAMAGE)
    if name == "splice":
        return Mutant(book.kind, name, book.suffix, _splice(book.data, dice.choice(all_seeds).data, dice))
    return Mutant(book.kind, name, book.suffix, damage(book.data, dice))


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Any one damage to bytes."""
    return dice.choice([damage for name, damage in _DAMAGE if name != "splice"])(data, dice)


def _flip(data: bytes, dice: random.Random, start: int, end: int) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        if start < end:
            changed[dice.randrange(start, end)] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _flip_header(data: bytes, dice: random.Random) -> bytes:
    return _flip(data, dice, 0, min(len(data), 96))


def _flip_directory(data: bytes, dice: random.Random) -> bytes:
    return _flip(data, dice, max(0, len(data) - 512), len(data))


def _flip_payload(data: bytes, dice: random.Random) -> bytes:
    return _flip(data, dice, 0, len(data))


def _truncate(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _behead(data: bytes, dice: random.Random) -> bytes:
    return data[dice.randrange(1, 64) :]


def _span(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 4, 16, 64, 256, 1024)))


def _overwrite(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    filling = dice.choice((b"\0", b"\xff", b" ")) * (end - start)
    return data[:start] + dice.choice((filling, dice.randbytes(end - start))) + data[end:]


def _delete(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, dice: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(data, dice), _span(data, dice)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _splice(data: bytes, other: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _surround(data: bytes, dice: random.Random) -> bytes:
    before, after = dice.choice(((600, 0), (0, 600), (70_000, 0), (0, 70_000)))
    return dice.randbytes(before) + data + dice.randbytes(after)


def _lie(data: bytes, dice: random.Random) -> bytes:
    """A number that reads like a size or an offset in this file becomes an extreme one."""
    width, order = dice.choice((2, 4, 4, 8)), dice.choice(("little", "big"))
    spots = [
        at for at in range(len(data) - width)
        if 0 < int.from_bytes(data[at : at + width], order) <= len(data)  # type: ignore[arg-type]
    ]  # fmt: skip
    at = dice.choice(spots) if spots else 0
    value = dice.choice((*_EXTREMES, len(data), len(data) * 2)) & ((1 << 8 * width) - 1)
    return data[:at] + value.to_bytes(width, order) + data[at + width :]  # type: ignore[arg-type]


def _lie_in_digits(data: bytes, dice: random.Random) -> bytes:
    """As `_lie`, where numbers are written in ASCII: PDF, tar, XML."""
    spots = list(re.finditer(rb"\d+", data))
    if not spots:
        return _lie(data, dice)
    spot = dice.choice(spots)
    length = spot.end() - spot.start()
    value = dice.choice((b"9" * length, b"0" * length, b"7" * length, b"-1", b"99999999999", b"1e99", b"0"))
    return data[: spot.start()] + value + data[spot.end() :]


def _one_entry(entries: Entries, dice: random.Random) -> Entries:
    place = dice.randrange(len(entries))
    name, data = entries[place]
    entries[place] = (name, damaged(data, dice))
    return entries


def _hostile_names(entries: Entries, dice: random.Random) -> Entries:
    for _ in range(dice.choice((1, 2, 5))):
        place = dice.randrange(len(entries))
        entries[place] = (dice.choice(HOSTILE_NAMES), entries[place][1])
    return entries


def _swapped_entries(entries: Entries, dice: random.Random) -> Entries:
    names = [name for name, _ in entries]
    dice.shuffle(names)
    return [(name, data) for name, (_, data) in zip(names, entries, strict=True)]


def _repeated_entries(entries: Entries, dice: random.Random) -> Entries:
    return entries + [dice.choice(entries)] * dice.choice((1, 3, 40))


def _lost_entries(entries: Entries, dice: random.Random) -> Entries:
    return [entry for entry in entries if dice.random() < 0.5]


def _nested(entries: Entries, dice: random.Random) -> Entries:
    name, data = dice.choice(entries)
    return [*entries, (f"{name}.cbz", data), (f"inner/{name}", b"PK\x03\x04" + data)]


def _bomb(entries: Entries, dice: random.Random) -> Entries:
    return [*entries, (dice.choice(("bomb.jpg", "ComicInfo.xml")), bytes(17 << 20))]


_Damage = Callable[[bytes, random.Random], bytes]
_DAMAGE: list[tuple[str, _Damage]] = [
    ("bits of the header", _flip_header), ("bits of the directory", _flip_directory),
    ("bits anywhere", _flip_payload), ("truncation", _truncate), ("lost head", _behead),
    ("overwritten region", _overwrite), ("deleted region", _delete), ("repeated block", _repeat),
    ("swapped blocks", _swap), ("splice", _truncate), ("bytes around", _surround),
    ("lying number", _lie), ("lying number", _lie), ("lying digits", _lie_in_digits),
]  # fmt: skip
_ENTRY_DAMAGE: list[tuple[str, Callable[[Entries, random.Random], Entries]]] = [
    ("damaged entry", _one_entry), ("damaged entry", _one_entry), ("damaged entry", _one_entry),
    ("hostile names", _hostile_names), ("swapped entries", _swapped_entries),
    ("repeated entries", _repeated_entries), ("lost entries", _lost_entries), ("nested archive", _nested),
    ("bomb", _bomb),
]  # fmt: skip
