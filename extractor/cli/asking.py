"""query, search."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.cli.common import ArchiveArgument, plain_errors, tell


class Rows(StrEnum):
    """How the rows of an answer are printed."""

    table = "table"
    csv = "csv"
    json = "json"


RowsOption = Annotated[Rows, typer.Option("--format", help="How to print what is found.")]


def query(
    archive: ArchiveArgument, sql: Annotated[str, typer.Argument(metavar="SQL")], format: RowsOption = Rows.table
) -> None:
    """Ask ARCHIVE in SQL; its tables and views are listed by "FROM v_contents".

    Its store, archive.duckdb, is loaded when it is not there or older than the results.
    """
    from extractor.store import output
    from extractor.store.query import answer

    with plain_errors(), answer(archive, sql, tell) as (names, rows):
        output.show(names, rows, format)


def search(
    archive: ArchiveArgument,
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="All of them stand in one paragraph.")],
    format: RowsOption = Rows.table,
    limit: Annotated[int, typer.Option(min=1, help="Most paragraphs to print.")] = 20,
) -> None:
    """Find the paragraphs of ARCHIVE that hold every WORD, each taken as it is typed."""
    from extractor.store import output
    from extractor.store.search import find

    with plain_errors():
        found = find(archive, words, limit, tell)
    output.passages(found.hits, format)
    tell(f"{found.paragraphs} paragraphs, {len(found.hits)} shown")
