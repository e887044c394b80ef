"""Settings of the embedded server, by the memory and the cores of the machine.

PostgreSQL's own defaults are for a small machine: with shared_buffers of 128 MB every exact search copies its
vectors from the system's cache again, and checks their sums.  Figures: docs/benchmarks.md.
"""

from __future__ import annotations

import os
from pathlib import Path

_MIB = 2**20
_FILE = "warehouse.conf"


def settings_of(memory: int, cores: int) -> dict[str, str]:
    """The settings for so many bytes of memory and so many cores.

    A scan leaves a table larger than a quarter of shared_buffers out of them.  Rows are looked up here and
    there, mostly in memory: an index costs less than random_page_cost 4 says.
    """
    return {
        "shared_buffers": _megabytes(memory // 8, 128, 8192),
        "effective_cache_size": _megabytes(memory // 2, 512, 65536),
        "work_mem": _megabytes(memory // 512, 8, 64),
        "maintenance_work_mem": _megabytes(memory // 32, 64, 1024),
        "random_page_cost": "1.1",
        "jit": "off",
        "max_parallel_workers_per_gather": str(min(max(cores - 1, 1), 8)),
    }


def write_settings(data: Path) -> None:
    """Put the settings beside postgresql.conf, which takes them in; what 'alter system' sets counts more."""
    text = "".join(f"{name} = '{value}'\n" for name, value in settings_of(_memory(), _cores()).items())
    _write(
        data / _FILE,
        "# Written by the warehouse at each start: change settings with 'alter system'.\n" + text,
    )
    main = data / "postgresql.conf"
    line = f"include_if_exists = '{_FILE}'\n"
    before = main.read_text(encoding="utf-8")
    if line not in before:
        _write(main, f"{before.rstrip()}\n\n{line}")


def _write(file: Path, text: str) -> None:
    """Where the server runs as another user, it has to be able to read it."""
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
        file.chmod(0o644)


def _megabytes(count: int, least: int, most: int) -> str:
    return f"{min(max(count // _MIB, least), most)}MB"


def _memory() -> int:
    """Bytes of memory of this machine, or of this container where that is less."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        bound = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return found
    return min(found, int(bound)) if bound.isdecimal() else found


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
