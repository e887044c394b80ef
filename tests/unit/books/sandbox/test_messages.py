"""Only plain data comes out of the channel."""

from __future__ import annotations

import pickle
import socket
import struct
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath

import pytest

from warehouse.books.limits import Limits
from warehouse.books.sandbox.messages import (
    UnexpectedMessageError,
    receive_frame,
    receive_value,
    send_frame,
    send_value,
)


@pytest.fixture
def channel() -> Iterator[tuple[socket.socket, socket.socket]]:
    left, right = socket.socketpair()
    with left, right:
        yield left, right


def soon() -> float:
    return time.monotonic() + 5


@pytest.mark.parametrize(
    "value", [None, "a", {"n": (1, b"2", Decimal("0.5"))}, frozenset([1]), Limits(pixels=5)]
)
def test_plain_values_arrive(channel: tuple[socket.socket, socket.socket], value: object) -> None:
    left, right = channel
    send_value(left, value)
    assert receive_value(right, soon()) == value


@pytest.mark.parametrize("value", [PurePosixPath("/"), print, UnexpectedMessageError()])
def test_others_do_not(channel: tuple[socket.socket, socket.socket], value: object) -> None:
    left, right = channel
    send_value(left, value)
    with pytest.raises(UnexpectedMessageError):
        receive_value(right, soon())


@pytest.mark.parametrize("data", [b"", b"\x80\x05", pickle.dumps("x")[:-1], b"garbage"])
def test_crippled_values_do_not(channel: tuple[socket.socket, socket.socket], data: bytes) -> None:
    left, right = channel
    send_frame(left, data)
    with pytest.raises(UnexpectedMessageError):
        receive_value(right, soon())


def test_silence_ends_at_the_deadline(channel: tuple[socket.socket, socket.socket]) -> None:
    left, right = channel
    left.sendall(b"\0\0")
    with pytest.raises(TimeoutError):
        receive_frame(right, time.monotonic() + 0.05)


def test_a_frame_that_ends_early(channel: tuple[socket.socket, socket.socket]) -> None:
    left, right = channel
    left.sendall(struct.pack("!Q", 100) + b"x")
    left.close()
    with pytest.raises(EOFError):
        receive_frame(right, soon())


def test_a_frame_longer_than_wanted(channel: tuple[socket.socket, socket.socket]) -> None:
    left, right = channel
    send_frame(left, b"12345")
    with pytest.raises(UnexpectedMessageError):
        receive_frame(right, soon(), at_most=4)
