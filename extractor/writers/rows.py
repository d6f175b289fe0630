"""A record as a row of a table: a range has its upper end in `value_to`, several words in one cell are set apart by ；."""

from __future__ import annotations

from typing import Any

from extractor.found import Label, Sum
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
    Place,
    Problem,
    Quantity,
    Record,
    Report,
    Span,
)
from extractor.writers.sections import section

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
_WITHOUT = {(Document, "text"), (Document, "runs")}
_PARTS = {"span": ["start", "end"], "body": ["body_start", "body_end"], "value": ["value", "value_to"]}


def columns(model: type[Model]) -> list[str]:
    """The columns of a kind: its fields, a span as start and end, a range as value and value_to, the section last."""
    names = ["file"]
    for name in model.model_fields:
        if (model, name) not in _WITHOUT:
            names += _PARTS.get(name, [name]) if issubclass(model, Record) else [name]
    return names + (["section"] if issubclass(model, Record) and model is not Heading else [])


def row(record: Model, report: Report) -> dict[str, Any]:
    """The cells of a record; one that stands under a heading names it as `section`."""
    cells: dict[str, Any] = {}
    for name, value in record:
        if isinstance(value, Span):
            cells |= dict(zip(_PARTS[name], (value.start, value.end), strict=True))
        elif isinstance(record, Record) and name == "value":
            cells |= dict(zip(_PARTS[name], value if isinstance(value, tuple) else (value, None), strict=True))
        elif (type(record), name) not in _WITHOUT:
            cells[name] = _cell(value, report)
    if isinstance(record, Record) and not isinstance(record, Heading):
        cells["section"] = section(record, report)
    return cells


def _cell(value: Any, report: Report) -> Any:
    if isinstance(value, tuple):
        return "；".join(str(_cell(part, report)) for part in value)
    if isinstance(value, Piece):
        return place(value)
    if isinstance(value, Cell):
        return cell_name(value)
    if isinstance(value, Place):
        return value.text
    if isinstance(value, Label):
        return f"{value.label}：{value.text}"
    return f"{value.act}{report.quantities[value.quantity].text}" if isinstance(value, Sum) else value


def place(piece: Piece) -> str:
    """`body page 2 12:3-8`: page 2, paragraph or line 12 (from 1), characters 3 to 8 (from 0, end excluded)."""
    where = f" {cell_name(piece.cell)}" if piece.cell else ""
    where += f" page {piece.page}" if piece.page else ""
    return f"{piece.part}{where} {piece.number}:{piece.start}-{piece.end}"


def cell_name(cell: Cell) -> str:
    """Table, row and column from 1, as a person counts them."""
    return f"table {cell.table + 1} row {cell.row + 1} column {cell.column + 1}"
