"""Every command can be found, explains itself and has an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from warehouse.cli import cli


def commands(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))


def find(path: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_help_of_every_command(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(cli, [*path, "--help"])
    assert shown.exit_code == 0
    assert find(path).help
    if not isinstance(find(path), click.Group):
        assert "Example:" in shown.output
        assert f"warehouse {' '.join(path)}" in shown.output
        options = [option for option in find(path).params if isinstance(option, click.Option)]
        assert all(option.help for option in options), "an option without help"


def test_readme_names_every_command() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    missing = [path for path in commands() if path and f"warehouse {' '.join(path)}" not in readme]
    assert not missing


def test_an_unknown_command_is_refused_kindly() -> None:
    shown = CliRunner().invoke(cli, ["serch"])
    assert shown.exit_code == 2
    assert "No such command" in shown.output
