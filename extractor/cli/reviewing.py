"""review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.common import ArchiveArgument, RulesOption, formats, plain_errors, tell

if TYPE_CHECKING:
    from collections import Counter

    from extractor.reviews.records import Decision
    from extractor.reviews.shares import Reviewed, Share


def review(
    archive: ArchiveArgument,
    examples: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for the corrections as examples of their rules, to use as --rules DIR."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the results with the verdicts taken in.")
    ] = None,
    format: Annotated[
        str, typer.Option(metavar="LIST", help="What to write there beside JSON: csv, xlsx, html.")
    ] = "json",
    rules: RulesOption = None,
) -> None:
    """Say what reviewers confirmed of ARCHIVE, rule by rule, and what is open.

    Verdicts are given in `extractor serve` and stand beside the results, in NAME.review.json.
    """
    from extractor.reviews import shares

    with plain_errors():
        found = list(shares.reviewed(archive))
        _print(shares.shares(archive, found, tell))
        _tell(found, shares.of_rows(archive))
        if examples:
            _examples(archive, examples, found, rules)
        if out:
            _export(archive, out, format, rules)


def _print(found: list[Share]) -> None:
    from rich.table import Table

    from extractor.terminal import console

    table = Table(box=None)
    for name in ("kind", "rule"):
        table.add_column(name)
    for name in ("records", "open", "right", "wrong", "edited", "confirmed"):
        table.add_column(name, justify="right")
    for one in found:
        share = "" if one.confirmed is None else f"{one.confirmed:.0%}"
        counts = map(str, (one.total, one.open, one.right, one.wrong, one.edited))
        table.add_row(one.kind, one.rule, *counts, share)
    console().print(table)


def _tell(found: list[Reviewed], rows: Counter[Decision]) -> None:
    from extractor.reviews.shares import orphans

    judged = sum(len(file.laid.standing) for file in found)
    stale = sum(one.stale for file in found for one in file.laid.standing.values())
    tell(f"{judged} verdicts in {len(found)} files" + (f"; {stale} on values that changed since" if stale else ""))
    if rows:
        said = ", ".join(f"{count} {decision}" for decision, count in sorted(rows.items()))
        tell(f"{rows.total()} verdicts on rows of comparisons: {said}")
    for label, verdict in orphans(found):
        tell(f"no longer there: {label}: {verdict.kind} {' '.join(verdict.text.split())[:60]} ({verdict.verdict})")


def _examples(archive: Path, folder: Path, found: list[Reviewed], rules: Path | None) -> None:
    from extractor.reviews import examples
    from extractor.rules import files, load, shipped

    made = examples.made(examples.corrections(archive, found), load(rules))
    written = examples.write(folder, made.files)
    for error in examples.unmet(made, files(shipped()), files(rules) if rules else {}):
        tell(f"not yet: {error}")
    for one in made.unused:
        tell(f"no rule by itself: {one.verdict.kind} {one.verdict.rule}: {' '.join(one.verdict.text.split())[:60]}")
    tell(f"{len(made.used)} examples written: {', '.join(map(str, written)) or 'nothing'}")


def _export(archive: Path, out: Path, format: str, rules: Path | None) -> None:
    from extractor.archive import progress
    from extractor.reviews.export import export
    from extractor.rules import load
    from extractor.writers import FILES, TABLES, Options

    count = export(archive, out, formats(format, (*FILES, *TABLES)), Options(load(rules)), progress.watched)
    tell(f"written: {count} reports with their verdicts to {out}")
