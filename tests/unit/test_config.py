"""Settings come from the environment, and bad ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.books.limits import Limits
from warehouse.config import ENVIRONMENT, load_settings, set_detector, without_password
from warehouse.errors import ConfigError


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    settings = load_settings()
    assert settings.database_url is None
    assert settings.profile == settings.detector == "offline"
    assert settings.home.is_absolute()


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAREHOUSE_HOME", str(tmp_path))
    monkeypatch.setenv("WAREHOUSE_DATABASE_URL", "postgresql://me@db/comics")
    monkeypatch.setenv("WAREHOUSE_THREADS", "3")
    monkeypatch.setenv("WAREHOUSE_DETECTOR", "offline")
    settings = load_settings()
    assert (settings.home, settings.threads) == (tmp_path, 3)
    set_detector("coco:panels.json")
    assert load_settings().detector == "coco:panels.json"
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


def test_limits_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_LIMITS", "pixels=300M, memory_bytes=4g page_seconds=5")
    limits = load_settings().limits
    assert (limits.pixels, limits.memory_bytes, limits.page_seconds) == (300 * 2**20, 4 * 2**30, 5)
    assert limits.entries == Limits().entries


@pytest.mark.parametrize("value", ["pixels", "pixels=0", "pixels=-1", "colour=3", "pixels=1T"])
def test_a_limit_that_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WAREHOUSE_LIMITS", value)
    with pytest.raises(ConfigError, match="the names are"):
        load_settings()
