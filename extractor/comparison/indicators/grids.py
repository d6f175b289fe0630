"""The figures of a document's tables: a cell is named by the labels of its row and its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.records import CellLabels, Quantity, Report
from extractor.text import fold

_YEAR = regex.compile(r"(?:19|20)\d\d(?=年)")
_BLANK = regex.compile(r"\s+")


class GridFigure(NamedTuple):
    """`frame` is what one year's cell and another's have in common: caption and labels, years as how long ago."""

    quantity: Quantity
    name: str
    frame: str
    caption: str
    grows: bool


def read(report: Report, doc: int, rules: IndicatorRules) -> Iterator[GridFigure]:
    year = report.documents[doc].year

    @cache  # the labels of a row and a column come again with each of their cells
    def plain(label: str) -> str:
        return _plain(label, year, rules)

    for quantity in report.quantities:
        if quantity.doc != doc or quantity.cell is None or quantity.value is None:
            continue
        table = report.tables[quantity.cell.table]
        labels = table.labels[quantity.cell.row][quantity.cell.column]
        if labels is None or not (labels.row or labels.column):
            continue
        heads = _heads(table.labels[quantity.cell.row], quantity.cell.column, rules)
        row, column = [*map(plain, labels.row)], [*map(plain, heads)]
        caption = plain(table.caption or "")
        grows = bool(rules.shapes["column-growth"].search("".join(labels.row + labels.column)))
        frame = "|".join([caption, *row, "/", *column])
        yield GridFigure(quantity, _name(row, column, rules), frame, caption, grows)


def _heads(row: Sequence[CellLabels | None], at: int, rules: IndicatorRules) -> tuple[str, ...]:
    """The heads of a column; one of several 同比增减 has those of the column that it is of, to its left."""
    here = row[at]
    own = here.column if here else ()
    again = sum(1 for labels in row if labels and labels.column == own) > 1
    if not again or not rules.shapes["column-growth"].search("".join(own)):
        return own
    return next((labels.column for labels in reversed(row[:at]) if labels and labels.column != own), ()) + own


def _plain(label: str, year: int | None, rules: IndicatorRules) -> str:
    """A label without its numbering and blanks; a year in it as how far it is from the report's."""

    def ago(match: regex.Match[str]) -> str:
        printed = str(match.group())
        return {0: "本", 1: "上"}.get(year - int(printed), printed) if year else printed

    return str(_YEAR.sub(ago, rules.shapes["row-number"].sub("", _BLANK.sub("", fold(label)))))


def _name(row: Sequence[str], column: Sequence[str], rules: IndicatorRules) -> str:
    """Row and column, without a column that only says that there is a number."""
    whole = rules.shapes["column-whole"]
    said = [text for text in column if not whole.match(text)] if row else column
    return "·".join(dict.fromkeys(text for text in [*row, *said] if text))
