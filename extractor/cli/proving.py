"""evidence, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.common import MEMORY, TIMEOUT, MemoryOption, RulesOption, TimeoutOption, plain_errors, tell
from extractor.cli.looking import ReferenceOption


def evidence(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A result (NAME.json), or a source file.")],
    check: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="FINGERPRINT", help="A check to put on a sheet; all that are broken if none."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the paper and the pack.")] = Path("."),
    source: Annotated[
        Path | None, typer.Option("--source", metavar="FILE", help="The source of REPORT, if it is not beside it.")
    ] = None,
    rules: RulesOption = None,
    reference_date: ReferenceOption = None,
    timeout: TimeoutOption = TIMEOUT,
    memory: MemoryOption = MEMORY,
) -> None:
    """Write a working paper (审计取证单) on checks of REPORT, and a pack with all it stands on.

    Nothing is written where no check is broken and none is named.
    """
    from extractor.archive import Limits
    from extractor.evidence import make

    with plain_errors():
        made = make(
            report, out, checks=check or (), source=source, rules=rules, reference_date=reference_date,
            limits=Limits(timeout, memory),
        )  # fmt: skip
    if made.paper is None:
        tell(f"no check of {report.name} is broken ({made.checks}); name one with --check to have its sheet")
    else:
        typer.echo(made.paper)
        typer.echo(made.pack)


def verify(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="The .zip that evidence wrote.")],
    timeout: TimeoutOption = TIMEOUT,
    memory: MemoryOption = MEMORY,
) -> None:
    """Read the source in PACK again with the rules in it, and compare everything byte by byte; the first difference is named."""
    from extractor.archive import Limits
    from extractor.evidence import verify

    with plain_errors():
        verdict = verify(pack, Limits(timeout, memory))
    if verdict.difference is None:
        typer.echo(
            f"verified: {pack.name}: {verdict.checks} checks and {verdict.pictures} pictures, read again the same"
        )
    else:
        typer.echo(f"error: {verdict.difference}", err=True)
    for note in verdict.notes:
        tell(f"{'note' if verdict.difference is None else 'this may be why'}: {note}")
    raise typer.Exit(0 if verdict.difference is None else 1)
