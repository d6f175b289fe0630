"""extract."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.common import RulesOption, plain_errors, tell

if TYPE_CHECKING:
    from extractor import archive


class Engine(StrEnum):
    """What reads the files."""

    local = "local"
    dask = "dask"


def _formats(value: str) -> list[str]:
    from extractor.store import FORMATS
    from extractor.writers import FILES, TABLES

    known = (*FILES, *TABLES, *FORMATS)
    names = list(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise typer.BadParameter(f"{', '.join(unknown) or 'nothing'} is no format; known are {', '.join(known)}")
    return names


def _reader(engine: Engine, scheduler: str | None, shared: list[Path]) -> archive.Engine:
    from functools import partial

    from extractor.archive import children, cluster

    if engine is Engine.local:
        return children.Children
    return partial(cluster.Cluster, scheduler=scheduler, shared=shared)


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
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to read in; a core each, at most 8, if not given.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Longest time for one file.")] = 60,
    memory: Annotated[int, typer.Option(min=256, metavar="MB", help="Most memory for one file.")] = 2048,
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
    from extractor.writers import Options, check

    with plain_errors():
        if scheduler and engine is Engine.local:
            raise typer.BadParameter("--scheduler goes with --engine dask")
        if engine is Engine.dask:  # workers are elsewhere
            paths, out, rules = [path.absolute() for path in paths], out.absolute(), rules and rules.absolute()
        settings = archive.Settings(tuple(_formats(format)), rules, ledger, page_images)
        check(Options(settings.loaded(), ledger))
        limits = archive.Limits(timeout, memory, not unsafe_in_process)
        shared = [out, *paths, *filter(None, [rules])]
        reader = _reader(engine, scheduler, shared)
        with archive.prepared(paths, out, settings, limits, jobs or archive.default_jobs(), fresh, reader) as run:
            failed = progress.show(run)
        for name in settings.formats:
            store.write(out, name, tell)
    raise typer.Exit(1 if failed else 0)
