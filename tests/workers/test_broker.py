"""The broker: by URL with password and TLS, or our own; and no password is ever shown."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import redis
import trustme

from tests.commands import alone
from warehouse import config
from warehouse.config import Settings
from warehouse.database.connection import Database
from workers.app import make_app
from workers.broker import embedded_socket, reachable_broker, running_broker, visible_url
from workers.sending import queue_length

PASSWORD = "open-sesame"


@pytest.mark.parametrize(
    "url",
    [
        f"redis://:{PASSWORD}@host:6379/0",
        f"rediss://user:{PASSWORD}@host:6379/0?ssl_cert_reqs=required",
        f"redis+socket:///run/redis.sock?password={PASSWORD}",
    ],
)
def test_passwords_are_not_shown(url: str) -> None:
    shown = visible_url(url)
    assert PASSWORD not in shown
    assert "***" in shown
    assert shown.startswith(url.partition(":")[0])


def test_a_url_without_secrets_is_shown_as_it_is() -> None:
    for url in ("redis://host:6379/0", "redis+socket:///home/a/redis.sock"):
        assert visible_url(url) == url


def test_our_own_is_kept_running_and_ends_with_its_worker(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert reachable_broker(settings) is None
    with running_broker(settings) as url:
        assert reachable_broker(settings) == url
        with redis.Redis(unix_socket_path=str(embedded_socket(tmp_path))) as client:
            client.set("key", "value")
            os.kill(client.info()["process_id"], signal.SIGKILL)
        end = time.monotonic() + 10
        while reachable_broker(settings) is None:
            assert time.monotonic() < end, "nobody started it again"
            time.sleep(0.05)
        with running_broker(settings) as shared:
            assert shared == url, "a second worker of this home shares it"
        assert reachable_broker(settings) == url
    assert reachable_broker(settings) is None


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Path]:
    """The socket of a Redis that asks for a password."""
    with running_broker(Settings(home=tmp_path)):
        path = embedded_socket(tmp_path)
        with redis.Redis(unix_socket_path=str(path)) as client:
            client.config_set("requirepass", PASSWORD)
        yield path


@pytest.fixture
def encrypted(guarded: Path, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A port that speaks TLS in front of it, and the certificate to trust."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    trusted = tmp_path / "trusted.pem"
    authority.cert_pem.write_to_path(str(trusted))
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server, context, guarded), daemon=True).start()
        yield server.getsockname()[1], trusted


def serve(server: socket.socket, context: ssl.SSLContext, behind: Path) -> None:
    while True:
        try:
            plain, _ = server.accept()
            client = context.wrap_socket(plain, server_side=True)
        except ssl.SSLError:
            continue  # who does not trust us goes away
        except OSError:
            return
        redis_end = socket.socket(socket.AF_UNIX)
        redis_end.connect(str(behind))
        for source, target in ((client, redis_end), (redis_end, client)):
            threading.Thread(target=pump, args=(source, target), daemon=True).start()


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        for end in (source, target):
            end.close()


def length(url: str) -> int:
    with make_app(url).producer_or_acquire() as producer:
        return queue_length(producer, "io")


def test_a_password_and_tls(encrypted: tuple[int, Path]) -> None:
    port, trusted = encrypted
    url = f"rediss://:{PASSWORD}@localhost:{port}/0"
    assert length(f"{url}?ssl_cert_reqs=required&ssl_ca_certs={trusted}") == 0


def test_a_certificate_nobody_vouches_for_is_refused(encrypted: tuple[int, Path]) -> None:
    port, _ = encrypted
    with pytest.raises(Exception, match="certificate verify failed"):
        length(f"rediss://:{PASSWORD}@localhost:{port}/0")


def test_what_is_said_of_a_broker_hides_its_password(
    encrypted: tuple[int, Path], database: Database, tmp_path: Path
) -> None:
    """Enqueue against a wrong password and against nobody, with all that can be logged."""
    port, trusted = encrypted
    good = f"rediss://:{PASSWORD}@localhost:{port}/0?ssl_cert_reqs=required&ssl_ca_certs={trusted}"
    wrong = good.replace(PASSWORD, f"{PASSWORD}-not")
    nobody = f"redis://:{PASSWORD}@127.0.0.1:1/0"
    expected = {good: 0, wrong: 1, nobody: 1}

    def enqueue(url: str) -> CompletedProcess[str]:
        places = {config.DATABASE_URL: database.url, config.BROKER_URL: url}
        return alone(tmp_path, "-v", "enqueue", "--resume", **places)

    with ThreadPoolExecutor() as pool:  # they mostly wait
        runs = list(pool.map(enqueue, expected))
    for done, code in zip(runs, expected.values(), strict=True):
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert PASSWORD not in said
        assert ("broker-unreachable" in said) == bool(code)
