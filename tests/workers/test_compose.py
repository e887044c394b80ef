"""docker-compose.yml: right by its specification, and true to the program it starts."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import click
import pytest
import yaml

from tests.workers.compose_file import FILE, ROOT, Service, example, services, variables
from warehouse.cli import cli
from warehouse.config import ENVIRONMENT
from warehouse.queues import QUEUES

SERVICES = services()
OURS = [service for service in SERVICES.values() if service.is_ours]
WORKERS = [service for service in OURS if next(service.invocations())[:1] == ["worker"]]
every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


def name_of(service: Service) -> str:
    return service.name


def test_it_is_right_by_the_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_issue_asks_for_is_there() -> None:
    assert {"postgres", "redis", "migrate", "io-worker", "cpu-worker", "gpu-worker", "grafana"} <= set(
        SERVICES
    )
    assert SERVICES["postgres"].definition["image"] == "pgvector/pgvector:pg18"
    assert SERVICES["gpu-worker"].definition["profiles"] == ["gpu"]
    devices = SERVICES["gpu-worker"].definition["deploy"]["resources"]["reservations"]["devices"]
    assert devices[0]["capabilities"] == ["gpu"]


@pytest.mark.parametrize("service", OURS, ids=name_of)
def test_every_command_is_one_of_the_program(service: Service) -> None:
    calls = list(service.invocations())
    assert calls
    for call in calls:
        parsed(call)


def test_a_wrong_command_would_be_found() -> None:
    with pytest.raises(KeyError):
        parsed(["db", "upgraed"])
    with pytest.raises(click.UsageError):
        parsed(["worker", "--queue-names", "io"])
    with pytest.raises(click.UsageError):
        parsed(["worker", "--concurrency", "many"])


def test_default_services_serve_every_queue() -> None:
    served = {queue for service in WORKERS if service.is_default for queue in queues_of(service)}
    assert served == set(QUEUES)
    assert {queue for service in WORKERS for queue in queues_of(service)} == set(QUEUES)


def test_the_program_knows_every_variable_it_is_given() -> None:
    for service in SERVICES.values():
        given = {name for name in service.environment if name.startswith("WAREHOUSE_")}
        assert given <= set(ENVIRONMENT), service.name
    assert all("WAREHOUSE_DATABASE_URL" in service.environment for service in OURS)
    assert all("WAREHOUSE_BROKER_URL" in service.environment for service in WORKERS)


def test_every_variable_has_its_line_in_the_example() -> None:
    # COMPOSE_PROFILES is read by Docker itself.
    assert set(example()) == {*variables(), "COMPOSE_PROFILES"}
    assert not any(example().values()), "values belong into .env"


def test_passwords_come_from_the_environment_alone() -> None:
    text = FILE.read_text("utf-8")
    for key, value in re.findall(r"^\s*(\w*(?:PASSWORD|SECRET|TOKEN)\w*): *(.*)$", text, flags=re.MULTILINE):
        assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), key
    for credentials in re.findall(r"://([^@\s]*)@", text):
        assert re.fullmatch(r"\w*:\$\{\w+_PASSWORD:\?[^}]+\}", credentials), credentials
    needed = {name for name, rest in variables().items() if rest.startswith(":?")}
    assert needed == {"BOOKS", *(name for name in example() if name.endswith("_PASSWORD"))}


def test_no_password_reaches_a_command_line() -> None:
    """Every user of the machine can read those."""
    secret = "a-secret-of-mine"
    filled = services({name: secret for name in example() if name.endswith("_PASSWORD")})
    for service in filled.values():
        assert secret not in str(service.definition.get("command")), service.name
        assert secret not in str(service.definition.get("healthcheck")), service.name


def test_only_this_machine_sees_what_is_published() -> None:
    published = {
        name: service.definition["ports"]
        for name, service in SERVICES.items()
        if "ports" in service.definition
    }
    assert set(published) == {"postgres", "grafana"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert not [name for name, service in SERVICES.items() if "network_mode" in service.definition]
    outside = {name for name, service in SERVICES.items() if "outside" in service.definition["networks"]}
    assert outside == set(published)


@every_service
def test_a_service_is_watched_or_ends(service: Service) -> None:
    check = service.definition.get("healthcheck", {"test": ["NONE"]})
    assert service.is_job or check["test"][0] in ("CMD", "CMD-SHELL")
    assert service.is_job or service.definition["restart"] == "unless-stopped"
    assert service.definition["init"] is True
    assert service.is_job or "memory" in service.definition["deploy"]["resources"]["limits"]


@every_service
def test_a_service_waits_for_what_it_needs(service: Service) -> None:
    for name, needed in service.definition.get("depends_on", {}).items():
        expected = "service_completed_successfully" if SERVICES[name].is_job else "service_healthy"
        assert needed["condition"] == expected, name


@every_service
def test_what_is_mounted_is_there(service: Service) -> None:
    volumes = FILE.read_text("utf-8").partition("\nvolumes:\n")[2]
    for mount in service.definition.get("volumes", []):
        source, _, options = mount.partition(":")
        if source.startswith("."):
            assert (ROOT / source).exists(), mount
            assert options.endswith(":ro"), mount
        elif source != "x":
            assert re.search(rf"^  {source}:", volumes, flags=re.MULTILINE), mount


@every_service
def test_an_image_is_of_a_version(service: Service) -> None:
    assert service.definition["image"].partition(":")[2] not in ("", "latest")


def test_books_are_read_only_and_at_one_path() -> None:
    mounts = {mount for service in OURS for mount in service.definition["volumes"]}
    assert mounts == {"x:/books:ro"}


def test_grafana_is_told_all_that_its_files_ask_for() -> None:
    grafana = SERVICES["grafana"]
    mounts = dict(mount.split(":")[:2] for mount in grafana.definition["volumes"])
    folder = ROOT / "sql" / "dashboards"
    for kind in ("datasources", "dashboards"):
        source = folder / "provisioning" / kind
        assert (ROOT / mounts_from(mounts, f"/etc/grafana/provisioning/{kind}")).resolve() == source
        assert list(source.glob("*.yml"))
    (source,) = yaml.safe_load((folder / "provisioning/datasources/warehouse.yml").read_text("utf-8"))[
        "datasources"
    ]
    assert (source["uid"], source["user"]) == ("warehouse", "grafana")
    asked = set(re.findall(r"\$\{?(\w+)", yaml.dump(source)))
    assert asked <= set(grafana.environment)
    (provider,) = yaml.safe_load((folder / "provisioning/dashboards/warehouse.yml").read_text("utf-8"))[
        "providers"
    ]
    assert (ROOT / mounts_from(mounts, provider["options"]["path"])).resolve() == folder
    assert grafana.environment["GRAFANA_DATABASE_NAME"] == SERVICES["postgres"].environment["POSTGRES_DB"]


def test_a_worker_has_time_to_hand_work_back() -> None:
    from workers.app import make_app

    soft = make_app("redis://127.0.0.1:1/0").conf.worker_soft_shutdown_timeout
    for service in WORKERS:
        assert seconds(service.definition["stop_grace_period"]) > soft + 5


def test_postgres_keeps_its_data_in_the_volume() -> None:
    """Images of 18 put it into a folder of the version, and refuse a volume at the old place."""
    assert "database:/var/lib/postgresql" in SERVICES["postgres"].definition["volumes"]


def parsed(arguments: list[str]) -> click.Context:
    """As click understands them: every option and value.  Raises KeyError or UsageError."""
    command: click.Command = cli
    left = list(arguments)
    while isinstance(command, click.Group):
        command = command.commands[left.pop(0)]
    return command.make_context(" ".join(arguments), left)


def mounts_from(mounts: dict[str, str], target: str) -> str:
    return next(source for source, place in mounts.items() if place == target)


def queues_of(service: Service) -> list[str]:
    call = next(service.invocations())
    return next(value for option, value in pairwise(call) if option == "--queues").split(",")


def seconds(duration: str) -> int:
    return int(duration[:-1]) * {"s": 1, "m": 60}[duration[-1]]
