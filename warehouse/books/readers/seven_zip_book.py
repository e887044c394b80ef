"""CB7: a 7z of pictures, unpacked once by libarchive."""

from __future__ import annotations

from warehouse.books.entries import is_page_name
from warehouse.books.readers.contents import not_followed, too_many_files
from warehouse.books.readers.libarchive_stream import LibarchiveStream, StreamEntry, StreamFaultError
from warehouse.books.readers.spooled_book import SpooledBook, is_wanted
from warehouse.errors import BookError

_FORMAT = "7zip"


class SevenZipBook(SpooledBook):
    """A 7z.  Its table of contents is at its end: of one cut short, nothing is left."""

    format = "7z"

    def _unpack(self) -> dict[int, str]:
        entries = self._listed()
        files = [entry for entry in entries if entry.is_file]
        self.warnings = not_followed(
            self.path, [e.name for e in entries if not e.is_file and is_page_name(e.name)]
        )
        wanted = [entry for entry in files if is_wanted(entry.name)]
        self._refuse_too_much(files)
        try:
            self._stream(wanted)
        except StreamFaultError as fault:
            if not any(entry.place in self._spool for entry in wanted):
                raise self._refused(fault) from fault
            for entry in wanted:
                if entry.place not in self._spool:
                    self._spool.fail(entry.place, entry.name, f"cannot be unpacked: {fault}")
        return {entry.place: entry.name for entry in files}

    def _listed(self) -> list[StreamEntry]:
        entries = []
        try:
            with LibarchiveStream(self.path, _FORMAT) as stream:
                for entry in stream:
                    entries.append(entry)
                    if len(entries) > self.limits.entries:
                        raise too_many_files(self.path, self.limits)
        except StreamFaultError as fault:
            raise self._refused(fault) from fault
        return entries

    def _stream(self, wanted: list[StreamEntry]) -> None:
        places = {entry.place for entry in wanted}
        with LibarchiveStream(self.path, _FORMAT) as stream:
            for entry in stream:
                if entry.place in places:
                    self._spool.keep(entry.place, entry.name, stream.blocks(), entry.size)
                    places.remove(entry.place)
                if not places:
                    return

    def _refuse_too_much(self, files: list[StreamEntry]) -> None:
        """What is passed over has to be unpacked too, to get at what lies behind it."""
        total = sum(entry.size or 0 for entry in files)
        if total > self.limits.total_bytes:
            raise BookError(
                f"{self.path} unpacks to {total} bytes, over {self.limits.total_bytes}",
                code="archive-too-large",
            )

    def _refused(self, fault: StreamFaultError) -> BookError:
        if fault.kind == "encrypted":
            return BookError(
                f"the 7z is encrypted: {self.path}",
                code="archive-encrypted",
                remedy="unpack it with its password and pack it again without",
            )
        if fault.kind == "unsupported":
            return BookError(
                f"the 7z is packed by a method that is not read: {self.path} ({fault})",
                code="compression-unsupported",
                remedy="pack the pages again as CBZ",
            )
        if self.path.suffix[1:].isdecimal():
            return BookError(
                f"one part of a 7z in several parts: {self.path}",
                code="archive-multi-volume",
                remedy="unpack all parts together, beginning with the first, and pack the pages as one CBZ",
            )
        return BookError(
            f"the 7z is damaged or incomplete: {self.path} ({fault})",
            code="archive-broken",
            remedy="get the book again",
        )
