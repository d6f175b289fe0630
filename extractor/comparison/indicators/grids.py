"""The figures of a document's tables: a cell is named by the labels of its row and its column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.records import Quantity, Report
from extractor.text import fold

_NUMBERING = regex.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]|其中[:,]?|[-—·]+)")
_YEAR = regex.compile(r"(?:19|20)\d\d(?=年)")
_BLANK = regex.compile(r"\s+")
_GROWS = regex.compile(r"增长|增减|增幅|增速|同比|[比较]上年|变动|变化")
_WHOLE = regex.compile(r"^(?:合计|总计|金额|数量|数值|小计|决算数|预算数|本年数)$")


class GridFigure(NamedTuple):
    """`frame` is what one year's cell and another's have in common: caption and labels, years as how long ago."""

    quantity: Quantity
    name: str
    frame: str
    caption: str
    grows: bool


def read(report: Report, doc: int) -> Iterator[GridFigure]:
    for quantity in report.quantities:
        if quantity.doc != doc or quantity.cell is None or quantity.value is None:
            continue
        table = report.tables[quantity.cell.table]
        labels = table.labels[quantity.cell.row][quantity.cell.column]
        if labels is None or not (labels.row or labels.column):
            continue
        year = report.documents[doc].year
        row = [_label(text, year) for text in labels.row]
        column = [_label(text, year) for text in labels.column]
        caption = _label(table.caption or "", year)
        yield GridFigure(
            quantity, _name(row, column), "|".join([caption, *row, "/", *column]), caption,
            bool(_GROWS.search("".join(labels.row + labels.column))),
        )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _label(text: str, year: int | None) -> str:
    """A label without its numbering and blanks; a year in it as how far it is from the report's."""
    plain = _NUMBERING.sub("", _BLANK.sub("", fold(text)))

    def ago(match: regex.Match[str]) -> str:
        printed = str(match.group())
        return {0: "本", 1: "上"}.get(year - int(printed), printed) if year else printed

    return str(_YEAR.sub(ago, plain))


def _name(row: list[str], column: list[str]) -> str:
    """Row and column, without a column that only says that there is a number."""
    said = [text for text in column if text and not _WHOLE.match(text)] if row else column
    return "·".join(dict.fromkeys(text for text in [*row, *said] if text))
