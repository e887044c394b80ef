"""A program of the tests: exports a snapshot in a process of its own for every line on stdin.

python exporting.py DATABASE_URL TARGET [LARGEST_FILE]

Says the number of each process, then how it ended.  LARGEST_FILE: bytes, more than which no file can have.
TARGET may be objects:///FOLDER: written to as an object store is, which outlives the process.
"""

from __future__ import annotations

import os
import resource
import sys

from fsspec import register_implementation
from fsspec.implementations.local import LocalFileSystem

from warehouse.database.connection import Database
from warehouse.errors import WarehouseError
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.request import SnapshotRequest

OBJECTS = "objects"


class Objects(LocalFileSystem):
    """Files by their names alone: nothing here renames."""

    protocol = OBJECTS

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(path.removeprefix(f"{OBJECTS}://"))


register_implementation(OBJECTS, Objects)


def main(url: str, target: str, largest_file: str = "") -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            if largest_file:
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), int(largest_file)))
            export(Database(url, embedded=True), target)
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def export(database: Database, target: str) -> None:
    try:
        export_snapshot(database, target, SnapshotRequest())
    except WarehouseError as error:
        sys.stderr.write(f"{error} [{error.code}]\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
