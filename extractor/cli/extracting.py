"""extract."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.common import (
    MEMORY,
    TIMEOUT,
    JobsOption,
    MemoryOption,
    RulesOption,
    TimeoutOption,
    formats,
    plain_errors,
    tell,
)  # fmt: skip

if TYPE_CHECKING:
    from extractor import archive


class Engine(StrEnum):
    """What reads the files."""

    local = "local"
    dask = "dask"


def _reader(engine: Engine, scheduler: str | None, shared: list[Path]) -> archive.Engine:
    from functools import partial

    from extractor.archive import children, cluster

    if engine is Engine.local:
        return children.Children
    return partial(cluster.Cluster, scheduler=scheduler, shared=shared)


def _tell_stale(out: Path, formats: Sequence[str]) -> None:
    """Tables that an earlier run has made do not hold what this one has read."""
    for name in ("csv", "parquet"):
        if name not in formats and (out / f"documents.{name}").is_file():
            tell(f"{out}/*.{name} are the tables of an earlier run; to make them anew, run again with --format {name}")


def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders to walk; a .zip is a folder.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results; mirrors the folder walked.")],
    format: Annotated[
        str,
        typer.Option(metavar="LIST", help="What to write beside JSON, as csv,html: csv, xlsx, html, parquet, duckdb."),
    ] = "json",
    ledger: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The ledger's columns (--format xlsx): a profile of ledgers.toml."),
    ] = None,
    page_images: Annotated[
        bool, typer.Option("--page-images", help="Show the pages of a PDF in its HTML, with the records boxed.")
    ] = False,
    rules: RulesOption = None,
    jobs: JobsOption = None,
    timeout: TimeoutOption = TIMEOUT,
    memory: MemoryOption = MEMORY,
    engine: Annotated[
        Engine, typer.Option(help="Where to read: in processes of this machine, or on Dask, with the extra [cluster].")
    ] = Engine.local,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask's scheduler, as tls://host:8786; without it, workers start here."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read every file again, also what has not changed.")] = False,
    unsafe_in_process: Annotated[
        bool, typer.Option("--unsafe-in-process", help="Read in this process, without limits: for debugging.")
    ] = False,
) -> None:
    """Read files into DIR: NAME.json for each, tables for all, and manifest.jsonl with what became of every file.

    A second run reads what is new, changed, or was made with other rules or another version.
    """
    from extractor import archive, store
    from extractor.archive import progress
    from extractor.writers import FILES, TABLES, Options, check

    with plain_errors():
        if scheduler and engine is Engine.local:
            raise typer.BadParameter("--scheduler goes with --engine dask")
        if engine is Engine.dask:  # workers are elsewhere
            paths, out, rules = [path.absolute() for path in paths], out.absolute(), rules and rules.absolute()
        settings = archive.Settings(formats(format, (*FILES, *TABLES, *store.FORMATS)), rules, ledger, page_images)
        check(Options(settings.loaded(), ledger))
        limits = archive.Limits(timeout, memory, not unsafe_in_process)
        shared = [out, *paths, *filter(None, [rules])]
        reader = _reader(engine, scheduler, shared)
        with archive.prepared(paths, out, settings, limits, jobs or archive.default_jobs(), fresh, reader) as run:
            failed = progress.show(run)
        for name in settings.formats:
            store.write(out, name, tell)
        if run.plan.removed or len(run.plan.unchanged) < len(run.plan):
            _tell_stale(out, settings.formats)
    raise typer.Exit(1 if failed else 0)
