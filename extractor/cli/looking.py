"""show, explain, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.common import RulesOption, plain_errors


def _point(value: str | None) -> str | None:
    """A point of the calendar, else a usage error."""
    from extractor import edtf

    try:
        return edtf.check(value) if value else None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; write 2023-06-30, 2023-06 or 2023") from None


ReferenceOption = Annotated[
    str | None,
    typer.Option("--reference-date", help="The document's own date: 2023-06-30, 2023-06 or 2023.", callback=_point),
]


def show(file: Path, reference_date: ReferenceOption = None, rules: RulesOption = None) -> None:
    """Print the heading tree of FILE with its records, in colour."""
    from extractor import pipeline
    from extractor.show import overview
    from extractor.terminal import console

    with plain_errors():
        console().print(overview(pipeline.extract(file, reference_date=reference_date, rules=rules)))


def explain(file: Path, reference_date: ReferenceOption = None, rules: RulesOption = None) -> None:
    """Print which rule made each record of FILE, from which characters."""
    from extractor import pipeline
    from extractor.show import explanation
    from extractor.terminal import console

    with plain_errors():
        console().print(explanation(pipeline.extract(file, reference_date=reference_date, rules=rules)))


def schema() -> None:
    """Print the JSON Schema of a report."""
    import json

    from extractor.records import Report

    typer.echo(json.dumps(Report.model_json_schema(), ensure_ascii=False, indent=1))
