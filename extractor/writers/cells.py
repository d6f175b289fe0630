"""The cells of all tables of a report, one row each: what it stands for, which of the five states it is in, its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.records import Report, Table

COLUMNS = (
    "file", "doc", "table", "page", "caption", "row", "column", "row_header", "column_header", "text", "state",
    "value", "value_to", "unit",
)  # fmt: skip
_Values = dict[tuple[int, int, int], tuple[Any, Any, str | None]]


def rows(name: str, report: Report) -> Iterator[dict[str, Any]]:
    """Table, row and column count from 1, as a person counts them; labels are joined by /."""
    values = _values(report)
    for number, table in enumerate(report.tables):
        for row, column, text in _cells(table):
            labels = table.labels[row][column]
            value, value_to, unit = values.get((number, row, column), (None, None, None))
            yield {
                "file": name, "doc": table.doc, "table": number + 1, "page": table.page, "caption": table.caption,
                "row": row + 1, "column": column + 1,
                "row_header": "/".join(labels.row) if labels else None,
                "column_header": "/".join(labels.column) if labels else None,
                "text": text, "state": table.states[row][column], "value": value, "value_to": value_to, "unit": unit,
            }  # fmt: skip


def _cells(table: Table) -> Iterator[tuple[int, int, str]]:
    """All places that no merged cell has covered."""
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            if table.states[row][column] is not None:
                yield row, column, text


def _values(report: Report) -> _Values:
    """Table, row, column → value and unit of the quantity that fills the cell; one among words is in quantities.csv."""
    found: _Values = {}
    for quantity in report.quantities:
        at = quantity.cell
        if at is None or at.table >= len(report.tables):
            continue
        if report.tables[at.table].rows[at.row][at.column].strip() == quantity.text:
            ends = quantity.value if isinstance(quantity.value, tuple) else (quantity.value, None)
            found[at.table, at.row, at.column] = (*ends, quantity.unit)
    return found
