"""Commands; no logic. Everything heavy is imported inside the command, so that --help answers at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
rules_app = typer.Typer(no_args_is_help=True, help="Look at the rules, or run every rule's own examples.")
app.add_typer(rules_app, name="rules")

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rule files to lay over the shipped ones.")
]


class Rows(StrEnum):
    """How the rows of an answer are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def _date(value: str | None) -> str | None:
    """A point of the calendar, else a usage error."""
    from extractor import edtf

    try:
        return edtf.check(value) if value else None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; write 2023-06-30, 2023-06 or 2023") from None


ReferenceOption = Annotated[
    str | None,
    typer.Option("--reference-date", help="The document's own date: 2023-06-30, 2023-06 or 2023.", callback=_date),
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
    from extractor.store import FORMATS
    from extractor.writers import FILES, TABLES

    known = (*FILES, *TABLES, *FORMATS)
    names = list(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise typer.BadParameter(f"{', '.join(unknown) or 'nothing'} is no format; known are {', '.join(known)}")
    return names


@app.command()
def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, or folders to walk; a .zip is a folder.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results; mirrors the folder walked.")],
    format: Annotated[
        str, typer.Option(metavar="LIST", help="What to write beside JSON, as csv,xlsx: csv, xlsx, parquet, duckdb.")
    ] = "json",
    ledger: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The ledger's columns (--format xlsx): a profile of ledgers.toml."),
    ] = None,
    rules: RulesOption = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to read in; a core each, at most 8, if not given.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Longest time for one file.")] = 60,
    memory: Annotated[int, typer.Option(min=256, metavar="MB", help="Most memory for one file.")] = 2048,
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

    with _plain_errors():
        settings = archive.Settings(tuple(_formats(format)), rules, ledger)
        check(Options(settings.loaded(), ledger))
        limits = archive.Limits(timeout, memory, not unsafe_in_process)
        with archive.prepared(paths, out, settings, limits, jobs or archive.default_jobs(), fresh) as run:
            failed = progress.show(run)
        for name in settings.formats:
            store.write(out, name, _tell)
    raise typer.Exit(1 if failed else 0)


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


ArchiveArgument = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The folder of results that extract wrote.")]
RowsOption = Annotated[Rows, typer.Option("--format", help="How to print what is found.")]


def _tell(line: str) -> None:
    typer.echo(line, err=True)


@app.command()
def query(
    archive: ArchiveArgument, sql: Annotated[str, typer.Argument(metavar="SQL")], format: RowsOption = Rows.table
) -> None:
    """Ask ARCHIVE in SQL; its tables and views are listed by "FROM v_contents".

    Its store, archive.duckdb, is loaded when it is not there or older than the results.
    """
    from extractor.store import output
    from extractor.store.query import answer

    with _plain_errors(), answer(archive, sql, _tell) as (names, rows):
        output.show(names, rows, format)


@app.command()
def search(
    archive: ArchiveArgument,
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="All of them stand in one paragraph.")],
    format: RowsOption = Rows.table,
    limit: Annotated[int, typer.Option(min=1, help="Most paragraphs to print.")] = 20,
) -> None:
    """Find the paragraphs of ARCHIVE that hold every WORD, each taken as it is typed."""
    from extractor.store import output
    from extractor.store.search import find

    with _plain_errors():
        found = find(archive, words, limit, _tell)
    output.passages(found.hits, format)
    _tell(f"{found.paragraphs} paragraphs, {len(found.hits)} shown")


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
