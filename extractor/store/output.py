"""What a store answers on the terminal: to look at, as CSV for a spreadsheet, as JSON for a program."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from rich.table import Column, Table
from rich.text import Text

from extractor.store.search import Hit
from extractor.terminal import console

SHOWN = 1_000  # rows of a table; who wants more wants them in a file


def show(names: Sequence[str], rows: Iterable[Sequence[Any]], format: str) -> None:
    """Write rows to stdout as they come, as table, csv or json; a table is cut at SHOWN rows, and says so."""
    print_as = {"table": _table, "csv": _csv, "json": _json}[format]
    print_as(names, ([_plain(value) for value in row] for row in rows))


def passages(hits: Sequence[Hit], format: str) -> None:
    """What a search found; to look at, in three lines each: the file, the section, the words in their place."""
    if format != "table":
        show(Hit._fields, hits, format)
        return
    shown = console()
    for hit in hits:
        snippet = Text(f"  {hit.snippet}")
        snippet.highlight_regex("«.*?»", "bold red")
        file = Text.assemble((hit.file, "bold"), f"  {hit.year or ''}  {hit.document}")
        for line in (file, Text(f"  {hit.section or ''}", "dim"), snippet):
            shown.print(line, soft_wrap=True)


def _table(names: Sequence[str], rows: Iterator[list[Any]]) -> None:
    table = Table(*(Column(name, overflow="fold") for name in names))  # a figure that is cut is another one
    for row in islice(rows, SHOWN):
        table.add_row(*("" if value is None else _words(value) for value in row))
    console().print(table)
    if next(rows, None) is not None:
        print(f"the first {SHOWN:,} rows; for all of them: --format csv", file=sys.stderr)


def _csv(names: Sequence[str], rows: Iterator[list[Any]]) -> None:
    from extractor.writers.plain import plain  # as in the CSV that extract writes: no text is a formula

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([plain(_words(value)) if isinstance(value, str | list | dict) else value for value in row])


def _json(names: Sequence[str], rows: Iterator[list[Any]]) -> None:
    before = "["
    for row in rows:
        sys.stdout.write(f"{before}\n{json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)}")
        before = ","
    sys.stdout.write("\n]\n" if before == "," else "[]\n")


def _plain(value: Any) -> Any:
    """12.0 is 12, as reports print it; what is no number is none."""
    if isinstance(value, float):
        return None if not math.isfinite(value) else int(value) if value.is_integer() else value
    return value


def _words(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
