"""The option `--detector`: which panel detector a run works with."""

from __future__ import annotations

import click

detector_option = click.option(
    "--detector",
    metavar="NAME",
    help="Who finds panels: offline, trained, both, coco:FILE, torchvision:FILE or hub:ID.  [default:"
    " WAREHOUSE_DETECTOR, else offline]",
)


def choose_detector(choice: str | None) -> None:
    """Work with this detector, or that of the settings.  Raises ModelError where it is not there."""
    from warehouse.config import load_settings, set_detector

    if choice is not None:
        set_detector(choice)
    if (chosen := load_settings().detector) != "offline":
        from models.detectors import load_detector

        load_detector(chosen)
