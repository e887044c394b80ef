"""What goes between this process and the one that reads untrusted books: frames, and values in them.

A frame is its length (8 bytes, big-endian) and so many bytes.  Values are pickled; of what comes back only
plain data and the dataclasses of `warehouse.books` are let in, so that a child that was taken over by what
it read cannot run code here.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct("!Q")
LONGEST_VALUE = 256 * 1024 * 1024
_PLAIN = {("builtins", "frozenset"), ("builtins", "set"), ("decimal", "Decimal")}
_OUR_ROOM = "warehouse.books."


class UnexpectedMessageError(Exception):
    """The child sent something that is no answer."""


def send_frame(channel: socket.socket, data: bytes | memoryview) -> None:
    """Send one frame."""
    channel.sendall(_LENGTH.pack(len(data)))
    channel.sendall(data)


def receive_frame(channel: socket.socket, deadline: float | None, at_most: int = LONGEST_VALUE) -> bytearray:
    """The next frame.

    deadline: on time.monotonic(), None to wait for ever.
    Raises EOFError when the other side is gone, TimeoutError, UnexpectedMessageError if it is too long.
    """
    length = _LENGTH.unpack(_receive(channel, _LENGTH.size, deadline))[0]
    if length > at_most:
        raise UnexpectedMessageError(f"a message of {length} bytes, at most {at_most} were expected")
    return _receive(channel, length, deadline)


def send_value(channel: socket.socket, value: object) -> None:
    """Send one value."""
    send_frame(channel, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def receive_value(channel: socket.socket, deadline: float | None) -> Any:
    """The next value.  Raises as `receive_frame`, and UnexpectedMessageError for what is no plain data."""
    data = receive_frame(channel, deadline)
    try:
        return _PlainUnpickler(io.BytesIO(data)).load()
    except UnexpectedMessageError:
        raise
    except Exception as fault:
        # Pickle raises whatever a crippled stream leads to; all of it means the same here.
        raise UnexpectedMessageError(f"an unreadable message: {fault}") from fault


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OUR_ROOM):
            found = super().find_class(module, name)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found
        raise UnexpectedMessageError(f"a message with {module}.{name} in it")


def _receive(channel: socket.socket, length: int, deadline: float | None) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        channel.settimeout(None if deadline is None else max(deadline - time.monotonic(), 1e-3))
        count = channel.recv_into(rest)
        if count == 0:
            raise EOFError
        rest = rest[count:]
    return data
