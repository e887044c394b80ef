"""A compressed file read as a stream, with a bound on what it may unpack to."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from warehouse.errors import BookError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STEP = 1 << 16
_WINDOW_BITS = 27


class StreamDamageError(Exception):
    """The stream is damaged or ends too early."""


class _Decoder(Protocol):
    def read(self, size: int, /) -> bytes:
        """Up to size bytes."""

    def close(self) -> None:
        """Let go of its memory."""


def _zstd(file: BinaryIO) -> _Decoder:
    return zstd.ZstdFile(file, options={zstd.DecompressionParameter.window_log_max: _WINDOW_BITS})


_OPENERS: dict[str, Callable[[BinaryIO], _Decoder]] = {
    "gzip": lambda file: gzip.GzipFile(fileobj=file),
    "xz": lzma.LZMAFile,
    "bzip2": bz2.BZ2File,
    "zstd": _zstd,
}


class CompressedStream:
    """Reads forward only.  Raises BookError 'archive-too-large' beyond at_most bytes, StreamDamageError."""

    def __init__(self, file: BinaryIO, compression: str, at_most: int, path: Path):
        with _translated():
            self._stream = _OPENERS[compression](file)
        self._path, self._at_most, self._count = path, at_most, 0

    def read(self, size: int) -> bytes:
        """Up to size bytes, fewer only at the end."""
        parts = []
        while size > 0:
            with _translated():
                part = self._stream.read(min(size, STEP))
            if not part:
                break
            self._count += len(part)
            if self._count > self._at_most:
                raise BookError(
                    f"{self._path} unpacks to over {self._at_most} bytes", code="archive-too-large"
                )
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> bool:
        """Pass over bytes; False if there are not so many."""
        while size > 0:
            passed = len(self.read(min(size, STEP)))
            if passed == 0:
                return False
            size -= passed
        return True

    def close(self) -> None:
        """Let go of the decoder; the file below stays open."""
        self._stream.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError, ValueError) as fault:
        raise StreamDamageError(str(fault) or type(fault).__name__) from fault
