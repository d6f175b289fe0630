"""Commands; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def main() -> None:
    """Reads Chinese public-sector reports into records that point back to their source."""


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
) -> None:
    """Read files into OUT, one JSON per file."""
    from extractor.pipeline import extract as run

    out.mkdir(parents=True, exist_ok=True)
    for path in paths:
        (out / f"{path.name}.json").write_text(run(path).model_dump_json(indent=1), "utf-8")
