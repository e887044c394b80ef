"""docker-compose.yml as Docker reads it, as far as the tests need it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"

_PLACE = re.compile(r"\$(?:\$|\{(\w+)(?:(:?[-?])((?:[^{}])*))?\}|(\w+))")


@dataclass(frozen=True, slots=True)
class Service:
    """One service, its variables filled in.  definition: what the file says of it, merges done."""

    name: str
    definition: Mapping[str, Any]

    @property
    def is_job(self) -> bool:
        return self.definition.get("restart") == "no"

    @property
    def is_default(self) -> bool:
        return "profiles" not in self.definition

    @property
    def is_ours(self) -> bool:
        return str(self.definition["image"]).startswith("comic-warehouse:")

    @property
    def environment(self) -> Mapping[str, str]:
        return self.definition.get("environment", {})

    def invocations(self) -> Iterator[list[str]]:
        """The arguments of every call of `warehouse`: as what it runs, and as its health check."""
        command = list(self.definition.get("command", []))
        if self.is_ours and "entrypoint" not in self.definition:
            yield command
        else:
            yield from _calls(command[-1] if command else "")
        check = self.definition.get("healthcheck", {}).get("test", [""])
        yield from _calls(check[-1])


def services(env: Mapping[str, str] | None = None) -> dict[str, Service]:
    """By name, with the variables of .env.example and these; each that must be set and is not, is 'x'."""
    values = {**dict.fromkeys(example()), **(env or {})}
    loaded = yaml.safe_load(FILE.read_text("utf-8"))["services"]
    return {name: Service(name, _filled(found, values)) for name, found in loaded.items()}


def example() -> dict[str, str]:
    """The lines NAME=VALUE of .env.example."""
    text = (ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"^(\w+)=(.*)$", text, flags=re.MULTILINE))


def variables() -> dict[str, str]:
    """What the file takes from .env: name, and what is between it and the brace, such as ':-2' or ':?why'."""
    found = _PLACE.findall(FILE.read_text("utf-8"))
    return {name: sign + rest for name, sign, rest, _ in found if name}


def _filled(value: Any, values: Mapping[str, str | None]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, values) for item in value]
    return _PLACE.sub(lambda place: _value(place, values), value) if isinstance(value, str) else value


def _value(place: re.Match[str], values: Mapping[str, str | None]) -> str:
    if place[0] == "$$":
        return "$"
    assert place[1], f"{place[0]} has no braces: is a second $ missing?"
    return values.get(place[1]) or (place[3] if place[2] == ":-" else "x")


def _calls(script: str) -> Iterator[list[str]]:
    """Calls of the program in a shell command."""
    words = shlex.shlex(script, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    call: list[str] = []
    for word in [*words, ";"]:
        if not set(word) <= set("|&;<>"):
            call.append(word)
            continue
        if call and call[0] == "warehouse":
            yield call[1:]
        call = []
