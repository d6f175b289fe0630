"""Commands; no logic. Everything heavy is imported inside the command, so that --help answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.archive import Job
    from extractor.archive.manifest import Row

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
rules_app = typer.Typer(no_args_is_help=True, help="Look at the rules, or run every rule's own examples.")
app.add_typer(rules_app, name="rules")

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rule files to lay over the shipped ones.")
]
ReferenceOption = Annotated[
    str | None, typer.Option("--reference-date", help="The document's own date: 2023-06-30, 2023-06 or 2023.")
]


@app.callback()
def main() -> None:
    """Read Chinese public-sector reports into records that point back to their source."""


@contextmanager
def _plain_errors() -> Iterator[None]:
    """An error that we raise on purpose is one line and exit code 1, without a traceback."""
    from extractor.errors import ExtractorError

    try:
        yield
    except ExtractorError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from None


def _formats(value: str) -> list[str]:
    from extractor.writers import WRITERS

    names = list(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in WRITERS]
    if unknown or not names:
        raise typer.BadParameter(f"{', '.join(unknown) or 'nothing'} is no format; known are {', '.join(WRITERS)}")
    return names


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders to walk.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results; mirrors the folder walked.")],
    format: Annotated[str, typer.Option(metavar="LIST", help="json, csv, xlsx, or several: json,xlsx.")] = "json",
    ledger: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The ledger's columns (--format xlsx): a profile of ledgers.toml."),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Read files into DIR: NAME.json for each, tables for all, and manifest.jsonl with what became of every file."""
    from extractor import archive
    from extractor.rules import load
    from extractor.writers import Options

    formats = _formats(format)
    with _plain_errors():
        jobs = archive.walk(paths, out)
        rows = archive.extract_all(jobs, out, formats, Options(load(rules), ledger))
        failed = _report_progress(jobs, rows)
    raise typer.Exit(1 if failed else 0)


def _report_progress(jobs: Sequence[Job], rows: Iterable[Row]) -> int:
    """A bar in a terminal, plain lines elsewhere: a line per file that failed or is partial, then the sum."""
    from collections import Counter

    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, highlight=False, markup=False)
    counts: Counter[str] = Counter()
    for row in track(rows, "reading", len(jobs), console=console, transient=True, disable=not console.is_terminal):
        counts[row.status] += 1
        if row.status != "ok":
            console.print(f"{row.status}: {row.path}: {row.message}", soft_wrap=True)
    console.print(f"{len(jobs)} files: {counts['ok']} ok, {counts['partial']} partial, {counts['failed']} failed")
    return counts["failed"]


@app.command()
def show(file: Path, reference_date: ReferenceOption = None, rules: RulesOption = None) -> None:
    """Print the heading tree of FILE with its records, in colour."""
    from rich.console import Console

    from extractor import pipeline
    from extractor.show import overview

    with _plain_errors():
        Console(highlight=False, markup=False).print(
            overview(pipeline.extract(file, reference_date=reference_date, rules=rules))
        )


@app.command()
def explain(file: Path, reference_date: ReferenceOption = None, rules: RulesOption = None) -> None:
    """Print which rule made each record of FILE, from which characters."""
    from rich.console import Console

    from extractor import pipeline
    from extractor.show import explanation

    with _plain_errors():
        Console(highlight=False, markup=False).print(
            explanation(pipeline.extract(file, reference_date=reference_date, rules=rules))
        )


@app.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    import json

    from extractor.records import Report

    typer.echo(json.dumps(Report.model_json_schema(), ensure_ascii=False, indent=1))


@rules_app.command("check")
def rules_check(rules: RulesOption = None) -> None:
    """Run every example of every rule; a wrong one is named with what came out instead."""
    from extractor import rulecheck
    from extractor.rules import load

    with _plain_errors():
        loaded = load(rules)
        cases = list(rulecheck.cases(loaded))
        problems = list(rulecheck.problems(cases, loaded))
    for problem in problems:
        typer.echo(f"wrong: {problem}", err=True)
    typer.echo(f"{len(cases)} examples, {len(problems)} wrong")
    raise typer.Exit(1 if problems else 0)


@rules_app.command("list")
def rules_list(rules: RulesOption = None) -> None:
    """List every rule: its file, its id, and its first example."""
    from rich.console import Console
    from rich.table import Table

    from extractor import rulecheck
    from extractor.rules import load

    table = Table("file", "rule", "example")
    with _plain_errors():
        for file, rule in rulecheck.entries(load(rules)):
            table.add_row(file, rule.id, rule.examples[0].text if rule.examples else "")
    Console(highlight=False, markup=False).print(table)
