"""The option `--sidecar`: the folder that has the text of books."""

from __future__ import annotations

from pathlib import Path

import click

sidecars_option = click.option(
    "--sidecar",
    "sidecars",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with the text of pages in JSON, as docs/sidecars.md says.  [default: WAREHOUSE_SIDECARS,"
    " and what lies beside each book]",
)


def choose_sidecars(folder: Path | None) -> None:
    """Take text from this folder, or from that of the settings."""
    from warehouse.config import set_sidecars

    if folder is not None:
        set_sidecars(folder)
