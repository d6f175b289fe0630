"""What several commands share: options, lists of formats, and errors as one line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

ArchiveArgument = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The folder of results that extract wrote.")]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rule files to lay over the shipped ones.")
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Processes to read in; a core each, at most 8, if not given.")
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Longest time for one file.")
]
MemoryOption = Annotated[int, typer.Option("--memory", min=256, metavar="MB", help="Most memory for one file.")]
TIMEOUT, MEMORY = 60.0, 2048  # those of archive.Limits, which --help has no time to import


def formats(value: str, known: Collection[str]) -> tuple[str, ...]:
    """The names in a list `csv,html`, each once; else a usage error that says which there are."""
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise typer.BadParameter(f"{', '.join(unknown) or 'nothing'} is no format; known are {', '.join(known)}")
    return names


@contextmanager
def plain_errors() -> Iterator[None]:
    """An error that we raise on purpose is one line and exit code 1, without a traceback."""
    from extractor.errors import ExtractorError

    try:
        yield
    except ExtractorError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from None


def tell(line: str) -> None:
    typer.echo(line, err=True)
