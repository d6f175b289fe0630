"""Sheets that people read: every string written as a string, so that no cell becomes a formula; a text that a cell
cannot hold cut with a mark; the return code of every write checked, because XlsxWriter drops what it cannot write
without a word.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extractor.writers.plain import clip

_EPOCH = datetime(2020, 1, 1)  # the time of writing is no part of the result: same records, same bytes
_BASE = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True}
_BORDER = {"border": 1, "border_color": "#BFBFBF"}


class Column(NamedTuple):
    name: str
    width: int


class Look:
    """The formats of a workbook; those with a ground are made as they are asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        head = {**_BASE, "bold": True, "border": 1, "valign": "vcenter", "align": "center"}
        self.book = book
        self.text = book.add_format({**_BASE, **_BORDER})
        self.head = book.add_format({**head, "bg_color": "#DDEBF7"})
        self.fill = book.add_format({**head, "bg_color": "#FFF2CC"})
        self.link = book.add_format({**_BASE, **_BORDER, "font_color": "#0563C1", "underline": 1, "align": "center"})
        self.title = book.add_format({**_BASE, "bold": True, "font_size": 16, "text_wrap": False})
        self._grounds: dict[str, Format] = {}

    def ground(self, colour: str) -> Format:
        """Text on a ground; plain text for no colour."""
        if not colour:
            return self.text
        if colour not in self._grounds:
            self._grounds[colour] = self.book.add_format({**_BASE, **_BORDER, "bg_color": colour})
        return self._grounds[colour]


def workbook(title: str, fill: Callable[[xlsxwriter.Workbook, Look], None]) -> bytes:
    """The bytes of an .xlsx that `fill` has written its sheets into."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "created": _EPOCH})
        fill(book, Look(book))
    return buffer.getvalue()


def cover(book: xlsxwriter.Workbook, name: str, columns: Sequence[int]) -> Worksheet:
    """A sheet without grid lines and head, for totals."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    for j, width in enumerate(columns):
        sheet.set_column(j, j, width)
    _paged(sheet)
    return sheet


def table(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], heads: Sequence[Format], rows: int
) -> Worksheet:
    """A sheet with a frozen, filtered header, set to print on landscape pages one page wide."""
    sheet = book.add_worksheet(name)
    for j, (column, style) in enumerate(zip(columns, heads, strict=True)):
        sheet.set_column(j, j, column.width)
        put(sheet, 0, j, column.name, style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    _paged(sheet)
    return sheet


def _paged(sheet: Worksheet) -> None:
    """A4, one page wide."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def line(sheet: Worksheet, i: int, values: Sequence[Any], columns: Sequence[Column], styles: Sequence[Format]) -> None:
    """A row as high as its tallest cell."""
    for j, (value, style) in enumerate(zip(values, styles, strict=True)):
        put(sheet, i, j, value, style)
    sheet.set_row(i, height([(str(value), column.width) for value, column in zip(values, columns, strict=True)]))


def height(cells: Sequence[tuple[str, int]]) -> float:
    """Points that a row needs for the tallest of its cells (text, column width): no program fits rows by itself.

    A Chinese character takes two columns. A row of Excel is at most 409 points high.
    """
    lines = max(
        sum(max(1, math.ceil(sum(1 + (char > "\u2e7f") for char in part) / (width - 1))) for part in text.split("\n"))
        for text, width in cells
    )
    return min(409.0, lines * 14.5 + 4)


def put(sheet: Worksheet, i: int, j: int, value: Any, style: Format) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        code = sheet.write_number(i, j, value, style)
    else:
        code = sheet.write_string(i, j, clip("" if value is None else str(value)), style)
    if code:
        raise ValueError(f"cell {i}, {j} of {sheet.name} was not written (code {code})")


def linked(sheet: Worksheet, i: int, j: int, target: str, words: str, style: Format) -> None:
    """A link inside the workbook; a sheet holds 65,530 of them, beyond that the plain words stand."""
    if sheet.write_url(i, j, target, style, clip(words)):
        put(sheet, i, j, words, style)
