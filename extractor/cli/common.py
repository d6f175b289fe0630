"""What several commands share: options, and errors as one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rule files to lay over the shipped ones.")
]
ArchiveArgument = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The folder of results that extract wrote.")]


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
