"""CBR: a RAR of pictures, versions 4 and 5, solid or not.

rarfile lists it; what is stored is read where it lies; what is packed is unpacked once, by libarchive, and
where that gives up (solid RAR 4) by one run of unar.  Every page must have its size and its CRC-32.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from warehouse.books.entries import is_page_name
from warehouse.books.limits import Limits
from warehouse.books.readers.contents import cut_short, not_followed
from warehouse.books.readers.libarchive_stream import LibarchiveStream, StreamFaultError
from warehouse.books.readers.rar_listing import RarEntry, RarListing, list_rar
from warehouse.books.readers.spooled_book import SpooledBook, is_wanted
from warehouse.books.readers.unar_stream import UnarStream
from warehouse.errors import BookError, PageError

UNAR_RUNS = 8


class RarBook(SpooledBook):
    """A RAR."""

    format = "rar"

    def __init__(self, path: Path, limits: Limits):
        try:
            self._file = open(path, "rb")  # noqa: SIM115 - open until close()
        except OSError as fault:
            raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
        self._stored: dict[int, RarEntry] = {}
        super().__init__(path, limits)

    def close(self) -> None:
        super().close()
        self._file.close()

    def _read(self, key: int) -> bytes:
        return self._read_stored(self._stored[key]) if key in self._stored else super()._read(key)

    def _unpack(self) -> dict[int, str]:
        listing = list_rar(self._file, self.path, self.limits)
        self.comment = listing.comment
        files = [entry for entry in listing.entries if entry.is_file]
        strange = [entry.name for entry in listing.entries if not entry.is_file and is_page_name(entry.name)]
        self.warnings = not_followed(self.path, strange)
        if listing.damage is not None:
            self.warnings += (cut_short(self.path, listing.damage),)
        wanted = [entry for entry in files if is_wanted(entry.name)]
        self._refuse_too_much(files if listing.solid else wanted)
        packed = [entry for entry in wanted if self._is_to_be_unpacked(entry)]
        if packed:
            self._unpack_packed(listing, packed)
        return {entry.place: entry.name for entry in files}

    def _is_to_be_unpacked(self, entry: RarEntry) -> bool:
        """Whether it has to be; what cannot be is noted, and what is stored needs not be."""
        if entry.encrypted:
            self._spool.fail(entry.place, entry.name, "is encrypted")
        elif entry.size > self.limits.entry_bytes:
            reason = f"unpacks to {entry.size} bytes, over {self.limits.entry_bytes}"
            self._spool.fail(entry.place, entry.name, reason, "image-too-large")
        elif entry.stored:
            self._stored[entry.place] = entry
        else:
            return True
        return False

    def _unpack_packed(self, listing: RarListing, packed: list[RarEntry]) -> None:
        """Unpack what can be; raise 'reader-missing' where a program that is missing could do more."""
        faults: list[BookError | StreamFaultError] = []
        if not (listing.version == 4 and listing.solid):
            try:
                self._with_libarchive(listing, packed)
            except (StreamFaultError, BookError) as fault:
                faults.append(fault)
        missing = [entry for entry in packed if entry.place not in self._spool]
        if missing:
            try:
                self._with_unar(missing)
            except BookError as fault:
                faults.append(fault)
        missing = [entry for entry in missing if entry.place not in self._spool]
        if missing:
            self._give_up(packed, missing, faults)

    def _with_libarchive(self, listing: RarListing, packed: list[RarEntry]) -> None:
        waiting = {entry.place: entry for entry in packed}
        whole = True
        with LibarchiveStream(self.path, "rar5" if listing.version == 5 else "rar") as stream:
            for found in stream:
                entry = waiting.pop(found.place, None)
                if entry is not None:
                    whole &= self._spool.keep(entry.place, entry.name, stream.blocks(), entry.size, entry.crc)
                if not waiting:
                    break
        if not whole:
            raise StreamFaultError("size or checksum are wrong")

    def _with_unar(self, missing: list[RarEntry]) -> None:
        """One run gives all; after a damaged entry another run goes on behind it."""
        for _ in range(UNAR_RUNS):
            done = 0
            with UnarStream(self.path, [entry.place for entry in missing]) as stream:
                for entry in missing:
                    done += 1
                    blocks = stream.blocks(entry.size)
                    if not self._spool.keep(entry.place, entry.name, blocks, entry.size, entry.crc):
                        break
            missing = missing[done:]
            if not missing:
                return

    def _give_up(
        self, packed: list[RarEntry], missing: list[RarEntry], faults: list[BookError | StreamFaultError]
    ) -> None:
        needed = [
            fault for fault in faults if isinstance(fault, BookError) and fault.code == "reader-missing"
        ]
        damaged = any(isinstance(fault, StreamFaultError) and fault.kind == "damaged" for fault in faults)
        if needed and not damaged and any(is_page_name(entry.name) for entry in missing):
            raise needed[0]
        reason = f": {faults[0]}" if faults else ""
        for entry in missing:
            self._spool.fail(entry.place, entry.name, f"cannot be unpacked{reason}")
        if len(missing) == len(packed) and not self._stored:
            raise BookError(
                f"the RAR is damaged: {self.path}{reason}", code="archive-broken", remedy="get the book again"
            )

    def _read_stored(self, entry: RarEntry) -> bytes:
        try:
            self._file.seek(entry.offset)
            data = self._file.read(entry.size)
        except (OSError, ValueError) as fault:
            raise PageError(
                f"cannot read {entry.name!r} in {self.path}: {fault}", code="entry-unreadable"
            ) from fault
        if len(data) != entry.size or zlib.crc32(data) != entry.crc:
            raise PageError(f"{entry.name!r} in {self.path} is damaged", code="entry-unreadable")
        return data

    def _refuse_too_much(self, unpacked: list[RarEntry]) -> None:
        total = sum(entry.size for entry in unpacked)
        if total > self.limits.total_bytes:
            raise BookError(
                f"{self.path} unpacks to {total} bytes, over {self.limits.total_bytes}",
                code="archive-too-large",
            )
