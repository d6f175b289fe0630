"""One CSV per kind of record for the whole run, and one of the cells of tables, as Excel opens it: UTF-8 with BOM, CRLF.

Text that a spreadsheet would run as a formula gets a ' in front; the JSON stays exact. A range has its upper end
in `value_to`; several words in one cell are set apart by ；.
"""

from __future__ import annotations

import csv
import io
import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.records import (
    Cell,
    Check,
    Date,
    Document,
    Heading,
    Issue,
    Measure,
    Model,
    Noise,
    Piece,
    Problem,
    Quantity,
    Record,
    Report,
    Span,
)
from extractor.writers import cells
from extractor.writers.files import draft

KINDS: dict[str, type[Model]] = {
    "documents": Document,
    "headings": Heading,
    "dates": Date,
    "quantities": Quantity,
    "problems": Problem,
    "measures": Measure,
    "checks": Check,
    "noise": Noise,
    "issues": Issue,
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL = 32_767  # characters that a cell of Excel holds; longer text is cut with a mark
CUT = "…（截断，全文见 JSON）"


class CsvTables:
    """Rows go to the disk as they come, so that memory stays flat over any number of reports."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.paths = {kind: out / f"{kind}.csv" for kind in (*KINDS, "cells")}
        self.files = {
            kind: draft(path).open("w", encoding="utf-8-sig", newline="") for kind, path in self.paths.items()
        }
        for kind, model in KINDS.items():
            csv.writer(self.files[kind]).writerow(columns(model))
        csv.writer(self.files["cells"]).writerow(cells.COLUMNS)

    @staticmethod
    def rows(name: str, report: Report) -> dict[str, str]:
        """The lines that the report of the source file `name` adds, by kind of record."""
        lines = {
            kind: _lines(columns(model), ({"file": name, **row(record, report)} for record in getattr(report, kind)))
            for kind, model in KINDS.items()
        }
        return lines | {"cells": _lines(cells.COLUMNS, cells.rows(name, report))}

    def append(self, rows: Mapping[str, str]) -> None:
        for kind, lines in rows.items():
            self.files[kind].write(lines)

    def close(self) -> None:
        for kind, path in self.paths.items():
            self.files[kind].close()
            os.replace(draft(path), path)


def _lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    buffer = io.StringIO(newline="")
    table = csv.DictWriter(buffer, names)
    table.writerows({key: plain(value) for key, value in row.items()} for row in rows)
    return buffer.getvalue()


def columns(model: type[Model]) -> list[str]:
    """The columns of a kind: its fields, a span as start and end, a range as value and value_to, the section last."""
    names = ["file"]
    for name in model.model_fields:
        if (model, name) not in _WITHOUT:
            names += _PARTS.get(name, [name]) if issubclass(model, Record) else [name]
    return names + (["section"] if issubclass(model, Record) and model is not Heading else [])


_WITHOUT = {(Document, "text"), (Document, "runs")}
_PARTS = {"span": ["start", "end"], "body": ["body_start", "body_end"], "value": ["value", "value_to"]}


def row(record: Model, report: Report) -> dict[str, Any]:
    """The cells of a record; one that stands under a heading names it as `section`."""
    cells: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, Span):
            cells |= dict(zip(_PARTS[name], (value.start, value.end), strict=True))
        elif isinstance(record, Record) and name == "value":
            cells |= dict(zip(_PARTS[name], value if isinstance(value, tuple) else (value, None), strict=True))
        elif (type(record), name) not in _WITHOUT:
            cells[name] = _cell(value)
    if isinstance(record, Record) and not isinstance(record, Heading):
        cells["section"] = section(record, report)
    return cells


def _cell(value: Any) -> Any:
    if isinstance(value, Piece):
        return place(value)
    if isinstance(value, Cell):
        return cell_name(value)
    return "；".join(str(_cell(part)) for part in value) if isinstance(value, tuple) else value


def section(record: Record, report: Report) -> str:
    """Marker and title of the heading under which the record stands."""
    i = heading_index(record, report)
    return f"{report.headings[i].marker}{report.headings[i].title}" if i >= 0 else ""


def heading_index(record: Record, report: Report) -> int:
    """The innermost heading that `record` stands under, -1 where there is none."""
    i = bisect_right(report.headings, (record.doc, record.span.start), key=lambda h: (h.doc, h.span.start)) - 1
    return i if i >= 0 and report.headings[i].doc == record.doc else -1


def section_index(record: Record, report: Report, level: int | None = None) -> int:
    """The nearest heading above `record` that is no problem, nor deeper than `level`; -1 where there is none."""
    i = heading_index(record, report)
    while i >= 0 and report.headings[i].doc == record.doc:
        heading = report.headings[i]
        if heading.kind == "section" and heading.span != record.span and (level is None or heading.level <= level):
            return i
        i -= 1
    return -1


def place(piece: Piece) -> str:
    """`body page 2 12:3-8`: page 2, paragraph or line 12 (from 1), characters 3 to 8 (from 0, end excluded)."""
    where = f" {cell_name(piece.cell)}" if piece.cell else ""
    where += f" page {piece.page}" if piece.page else ""
    return f"{piece.part}{where} {piece.number}:{piece.start}-{piece.end}"


def cell_name(cell: Cell) -> str:
    """Table, row and column from 1, as a person counts them."""
    return f"table {cell.table + 1} row {cell.row + 1} column {cell.column + 1}"


def plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    value = clip(value)
    return clip(f"'{value}") if value.startswith(FORMULA) else value


def clip(text: str) -> str:
    """What a cell can hold: no control characters, and a text that is too long cut with a mark."""
    text = "".join(char for char in text if char >= " " or char in "\t\n")
    return text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT
