"""Commands; no logic. Everything heavy is imported inside the command, so that --help answers at once."""

from __future__ import annotations

import typer

from extractor.cli.asking import query, search
from extractor.cli.comparing import compare
from extractor.cli.extracting import extract
from extractor.cli.looking import explain, schema, show
from extractor.cli.proving import evidence, verify
from extractor.cli.reviewing import review
from extractor.cli.ruling import rules_app
from extractor.cli.serving import serve

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
for command in (extract, show, explain, compare, query, search, evidence, verify, serve, review, schema):
    app.command()(command)
app.add_typer(rules_app, name="rules")


@app.callback()
def main() -> None:
    """Read Chinese public-sector reports into records that point back to their source."""
