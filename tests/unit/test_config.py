"""Settings come from the environment, and bad ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.config import ENVIRONMENT, load_settings, without_password
from warehouse.errors import ConfigError


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    settings = load_settings()
    assert settings.database_url is None
    assert settings.profile == "offline"
    assert settings.home.is_absolute()


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAREHOUSE_HOME", str(tmp_path))
    monkeypatch.setenv("WAREHOUSE_DATABASE_URL", "postgresql://me@db/comics")
    monkeypatch.setenv("WAREHOUSE_THREADS", "3")
    settings = load_settings()
    assert (settings.home, settings.threads) == (tmp_path, 3)
    assert settings.database_url == "postgresql://me@db/comics"


@pytest.mark.parametrize(
    ("name", "value"), [("WAREHOUSE_DATABASE_URL", "mysql://x"), ("WAREHOUSE_THREADS", "0")]
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name):
        load_settings()


def test_passwords_are_not_shown() -> None:
    assert without_password("postgresql://me:secret@db:5432/c") == "postgresql://me:***@db:5432/c"
    assert without_password("postgresql:///c?host=/tmp/x") == "postgresql:///c?host=/tmp/x"
