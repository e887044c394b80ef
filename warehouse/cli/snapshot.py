"""`warehouse snapshot`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from warehouse.snapshots.manifest import Manifest, Since

SHOWN_FAULTS = 20
SPLITS, TRAINING_SHARE = 3, 0.8
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")


@click.group()
def snapshot() -> None:
    """What the database holds at one instant, as a Zarr store for training. See docs/snapshots.md."""


@snapshot.command()
@click.argument("target", metavar="DIR|URL")
@click.option(
    "--filter",
    "conditions",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only pages with series=WORDS, year=YEAR, year=FROM:TO, page-type=TYPE,TYPE; several must all hold,"
    " but of series any.",
)
@click.option(
    "--model", "models", type=int, multiple=True, metavar="ID", help="In the stead of the live one."
)
@click.option("--canonical-only", is_flag=True, help="One page of every picture: for training.")
@click.option(
    "--features", is_flag=True, help="Backbone features of panels too: adapters train without images."
)
@click.option(
    "--padded",
    is_flag=True,
    help="Also one row a page with its first 16 panels side by side, as group padded/.",
)
@click.option(
    "--dtype",
    type=click.Choice(["float16", "float32"]),
    default="float16",
    show_default=True,
    help="Of vectors.",
)
@click.option(
    "--since",
    metavar="OLD",
    help="Copy what is unchanged from an earlier snapshot, a folder or URL, and read the rest.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the splits.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
@json_option
def export(
    target: str,
    conditions: tuple[str, ...],
    models: tuple[int, ...],
    canonical_only: bool,
    features: bool,
    padded: bool,
    dtype: Any,
    since: str | None,
    seed: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write the database as it is now into DIR, a Zarr v3 store; ingestion may go on meanwhile.

    DIR is whole or not there at all. A snapshot that lies there is replaced at once when the new one is
    whole; anything else is left alone. A URL (s3://..., gs://...: whatever fsspec has a driver for) must be
    of a new place.

    \b
    Example:
      warehouse snapshot export ~/library.zarr
      warehouse snapshot export ~/forties.zarr --filter year=1940:1949 --canonical-only --features
      warehouse snapshot export ~/pages.zarr --padded
      warehouse snapshot export ~/june.zarr --since ~/may.zarr
      warehouse snapshot export s3://bucket/library.zarr
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import current_database
    from warehouse.cli.snapshot_progress import export_progress
    from warehouse.database.connection import translated_errors
    from warehouse.snapshots.places import place_of
    from warehouse.snapshots.recording import export_and_record
    from warehouse.snapshots.request import SnapshotRequest, page_filter

    place_of(target)  # a URL without a driver starts no server
    request = SnapshotRequest(
        pages=page_filter(conditions),
        models=models,
        canonical_only=canonical_only,
        features=features,
        padded=padded,
        dtype=dtype,
        seed=seed,
    )
    with translated_errors(), export_progress(quiet or as_json) as progress:
        exported = export_and_record(current_database(), target, request, progress, since)
    manifest = exported.manifest
    if as_json:
        echo_json({"target": exported.target, "seconds": exported.seconds, **_summary(manifest)})
        return
    if not quiet:
        _echo(manifest)
    click.echo(f"{exported.target}: {manifest.bytes / 2**20:.1f} MiB in {exported.seconds:.1f} s")


@snapshot.command()
@click.argument("target", metavar="DIR|URL")
@click.option(
    "--database",
    "with_database",
    is_flag=True,
    help="Compare its counts with those the database kept of it, and with what is there now.",
)
@json_option
def verify(target: str, with_database: bool, as_json: bool) -> None:
    """Read every file of a snapshot again and hold it against its checksum. Exit code 1: it is not sound.

    \b
    Example:
      warehouse snapshot verify ~/library.zarr
      warehouse snapshot verify s3://bucket/library.zarr --database
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.snapshot_session import counts_now, recorded_snapshots
    from warehouse.snapshots.verify import open_manifest, verify_files, verify_record

    manifest = open_manifest(target)
    faults = list(verify_files(target, manifest))
    now = None
    if with_database:
        with reading() as connection:
            now = counts_now(connection)
            faults += verify_record(manifest, recorded_snapshots(connection))
    if as_json:
        echo_json({"sound": not faults, "faults": faults, "database": now, **_summary(manifest)})
    else:
        for fault in faults[:SHOWN_FAULTS]:
            click.echo(f"{fault.file} {fault.what}")
        if len(faults) > SHOWN_FAULTS:
            click.echo(f"... and {len(faults) - SHOWN_FAULTS} more")
        for name, count in (now or {}).items():
            click.echo(f"{name}: {manifest.counts[name]:,} here, {count:,} in the database now")
        click.echo(_verdict(target, manifest, len(faults)))
    click.get_current_context().exit(1 if faults else 0)


@snapshot.command("list")
@click.argument("place", metavar="[DIR|URL]", required=False)
@json_option
def list_snapshots(place: str | None, as_json: bool) -> None:
    """The snapshots that were exported from this database, the latest first; or those that lie in DIR.

    \b
    Example:
      warehouse snapshot list
      warehouse snapshot list s3://bucket/snapshots
    """
    if place is not None:
        _list_place(place, as_json)
        return
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.snapshot_session import recorded_snapshots

    with reading() as connection:
        found = recorded_snapshots(connection)
    if as_json:
        echo_json(found)
    elif not found:
        click.echo("no snapshots yet: warehouse snapshot export DIR")
    else:
        for s in found:
            click.echo(
                f"{s.taken_at:%Y-%m-%d %H:%M:%S}  {s.pages:,} pages, {s.panels:,} panels,"
                f" {s.strips:,} strips, {s.bytes / 2**20:.1f} MiB in {s.seconds:.1f} s  {s.target}"
            )


def _list_place(place: str, as_json: bool) -> None:
    from warehouse.cli.output import echo_json
    from warehouse.snapshots.found import snapshots_in

    found = list(snapshots_in(place))
    if as_json:
        echo_json(
            [
                {"target": each.target, "error": each.error}
                | (_summary(each.manifest) if each.manifest else {})
                for each in found
            ]
        )
    elif not found:
        click.echo(f"no snapshots in {place}")
    else:
        for each in found:
            click.echo(_line(each.target, each.manifest) if each.manifest else each.error)


def _line(target: str, manifest: Manifest) -> str:
    counts, taken = manifest.counts, datetime.fromisoformat(manifest.taken.at)
    return (
        f"{taken:%Y-%m-%d %H:%M:%S}  {counts['pages']:,} pages, {counts['panels']:,} panels,"
        f" {counts['strips']:,} strips, {manifest.bytes / 2**20:.1f} MiB  {target}"
    )


def _summary(manifest: Manifest) -> dict[str, Any]:
    return {
        "taken": manifest.taken,
        "counts": manifest.counts,
        "models": manifest.models,
        "options": manifest.options,
        "bytes": manifest.bytes,
        "content_sha256": manifest.content_sha256,
    }


def _echo(manifest: Manifest) -> None:
    counts = manifest.counts
    click.echo(f"{counts['books']:,} books, {counts['pages']:,} pages, {counts['panels']:,} panels,"
               f" {counts['strips']:,} strips, as of {manifest.taken.at}")  # fmt: skip
    click.echo(
        "pages to "
        + ", ".join(f"{name} {counts[f'pages_{name}']:,}" for name in ("train", "validation", "test"))
    )
    _echo_impossible_splits(counts)
    if beyond := counts.get("padded_panels_cut"):
        click.echo(
            f"padded/ leaves out {beyond:,} panels beyond the 16th of {counts['padded_pages_cut']:,} pages"
        )
    if manifest.taken.since is not None:
        _echo_since(manifest.taken.since)
    for model in manifest.models.values():
        trained = "" if model["trained"] else ", not trained"
        click.echo(f"{model['kind']} {model['id']}: {model['name']} {model['revision']}{trained}")


def _echo_impossible_splits(counts: Mapping[str, int]) -> None:
    """Say why the splits are not 80, 10 and 10 % where they cannot be."""
    pages, largest, groups = counts["pages"], counts["split_largest_group_pages"], counts["split_groups"]
    if largest > TRAINING_SHARE * pages or 0 < groups < SPLITS:
        of = f"{groups:,} groups, the largest with" if groups > 1 else "1 group with"
        click.echo(
            "the splits cannot be 80, 10 and 10 %: series that share pictures stay together, which makes"
            f" {of} {largest / pages:.0%} of the pages"
        )


def _echo_since(since: Since) -> None:
    if since.note is not None:
        click.echo(f"nothing was copied from {since.target}: {since.note}")
    else:
        click.echo(
            f"{since.files:,} shards, {since.bytes / 2**20:.1f} MiB, are unchanged since {since.target}"
        )
    if since.damaged:
        click.echo(
            f"{since.target} is damaged, what is in {', '.join(since.damaged[:SHOWN_FAULTS])} was read anew"
        )


def _verdict(target: str, manifest: Manifest, faults: int) -> str:
    if faults:
        return f"{target} is not sound: {faults:,} of {len(manifest.files):,} files; export it again"
    return (
        f"{target} is sound: {len(manifest.files):,} files, {manifest.bytes / 2**20:.1f} MiB, all as written"
    )
