"""整改台账: one workbook per report, in the columns of an office (a profile of `rules/ledgers.toml`).

Sheets: 封面 (the totals that offices report), 台账, 来源 (where each row was read), then a sheet per kind of record.
Every string is written as a string, so that no cell becomes a formula; a text that a cell cannot hold is cut with a
mark; the return code of every write is checked, because XlsxWriter drops what it cannot write without a word.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extractor.errors import RuleError
from extractor.records import Check, Date, Heading, Measure, Model, Problem, Quantity, Report
from extractor.rules import Rules
from extractor.writers.ledger.rows import STATE, Row, cell, rows
from extractor.writers.ledger.rulefile import LedgerRules, Profile
from extractor.writers.ledger.summary import summary
from extractor.writers.tables import clip, columns, place, row

DEFAULT = "巡视巡察"
_EPOCH = datetime(2020, 1, 1)  # the time of writing is no part of the result: same report, same bytes
SHEETS: dict[str, tuple[str, type[Model]]] = {
    "问题": ("problems", Problem),
    "措施": ("measures", Measure),
    "标题": ("headings", Heading),
    "日期": ("dates", Date),
    "数量": ("quantities", Quantity),
    "自查": ("checks", Check),
}
COLOURS = {"completed": "#C6E0B4", "mostly_completed": "#E2EFDA", "ongoing": "#FFE699", "not_completed": "#F8CBAD"}
OUTCOMES = {"holds": "#E2EFDA", "broken": "#F8CBAD", "cannot_tell": "#FFF2CC"}
SOURCE_COLUMNS = ("序号", "所述", "状态原文", "归一状态", "状态日期", "时限", "逾期", "文件", "出处", "规则")
WIDTHS = {"text": 50, "title": 40, "message": 50, "section": 30, "source": 24, "places": 40, "fingerprint": 20}
SOURCE_WIDTHS = (6, 40, 22, 12, 14, 14, 8, 30, 34, 20)


def profile(rules: Rules, name: str) -> Profile:
    """The profile of that name. Raises RuleError with the names that there are."""
    known = {entry.id: entry for entry in rules.of(LedgerRules).ledger}
    if name not in known:
        raise RuleError("ledgers.toml", name, f"there is no such ledger; known are {', '.join(known)}")
    return known[name]


def workbook(report: Report, profile: Profile) -> bytes:
    """The ledger of one report as the bytes of an .xlsx; the same report gives the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "整改台账", "created": _EPOCH})
        _Book(book, report, profile).write()
    return buffer.getvalue()


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, report: Report, profile: Profile) -> None:
        self.book, self.report, self.profile = book, report, profile
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True}
        self.base = base
        self.text = book.add_format({**base, "border": 1, "border_color": "#BFBFBF"})
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#DDEBF7", "border": 1, "valign": "vcenter", "align": "center"}
        )
        self.fill = book.add_format(
            {**base, "bold": True, "bg_color": "#FFF2CC", "border": 1, "valign": "vcenter", "align": "center"}
        )
        self.link = book.add_format(
            {**base, "border": 1, "border_color": "#BFBFBF", "font_color": "#0563C1", "underline": 1, "align": "center"}
        )
        self.title = book.add_format({**base, "bold": True, "font_size": 16, "text_wrap": False})
        self.colours = {state: self._filled(colour) for state, colour in (COLOURS | OUTCOMES).items()}

    def _filled(self, colour: str) -> Format:
        return self.book.add_format({**self.base, "border": 1, "border_color": "#BFBFBF", "bg_color": colour})

    def write(self) -> None:
        found = rows(self.report, self.profile)
        self._cover(found)
        self._ledger(found)
        self._sources(found)
        for name, (kind, model) in SHEETS.items():
            self._records(name, model, getattr(self.report, kind))

    def _cover(self, found: list[Row]) -> None:
        sheet = self.book.add_worksheet("封面")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 62)
        _paged(sheet)
        _put(sheet, 0, 0, "整改台账", self.title)
        for i, (name, value) in enumerate(summary(self.report, found, self.profile), 2):
            _put(sheet, i, 0, name, self.head)
            _put(sheet, i, 1, str(value), self.text)

    def _ledger(self, found: list[Row]) -> None:
        columns = self.profile.columns
        heads = [(c.name + ("（待填）" if c.field == "person" else ""), c.width) for c in columns]
        sheet = self._sheet("台账", heads, len(found))
        for i, entry in enumerate(found, 1):
            values = [cell(entry, column) for column in columns]
            state = self.colours.get((entry.problem and entry.problem.state) or "", self.text)
            styles = [state if column.field in ("progress", "state") else self.text for column in columns]
            _line(sheet, i, values, heads, styles)
            _linked(sheet, i, 0, f"internal:'来源'!A{i + 1}", str(values[0]), self.link)

    def _sources(self, found: list[Row]) -> None:
        heads = list(zip(SOURCE_COLUMNS, SOURCE_WIDTHS, strict=True))
        sheet = self._sheet("来源", heads, len(found))
        for i, entry in enumerate(found, 1):
            problem = entry.problem
            values = [
                entry.number, entry.record.text, problem and problem.progress,
                STATE[problem.state] if problem and problem.state else None, problem and problem.as_of,
                problem and problem.deadline_value, overdue(entry), self.report.source.name,
                "；".join(map(place, entry.record.source)), entry.record.rule,
            ]  # fmt: skip
            _line(sheet, i, values, heads, [self.text] * len(heads))

    def _records(self, name: str, model: type[Model], records: tuple[Model, ...]) -> None:
        heads = [(column, WIDTHS.get(column, 14)) for column in columns(model) if column != "file"]
        sheet = self._sheet(name, heads, len(records))
        for i, record in enumerate(records, 1):
            cells = row(record, self.report)
            outcome = record.outcome if isinstance(record, Check) else ""
            style = self.colours.get(outcome, self.text)
            _line(sheet, i, [cells[column] for column, _ in heads], heads, [style] * len(heads))

    def _sheet(self, name: str, heads: list[tuple[str, int]], count: int) -> Worksheet:
        """A sheet with a frozen, filtered header, set to print on landscape pages one page wide."""
        sheet = self.book.add_worksheet(name)
        for j, (head, width) in enumerate(heads):
            sheet.set_column(j, j, width)
            _put(sheet, 0, j, head, self.fill if head.endswith("（待填）") else self.head)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(count, 1), len(heads) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        _paged(sheet)
        return sheet


def _paged(sheet: Worksheet) -> None:
    """A4, one page wide."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def height(cells: Sequence[tuple[str, int]]) -> float:
    """Points that a row needs for the tallest of its cells (text, column width): no program fits rows by itself.

    A Chinese character takes two columns. A row of Excel is at most 409 points high.
    """
    lines = max(
        sum(max(1, math.ceil(sum(1 + (char > "\u2e7f") for char in part) / (width - 1))) for part in text.split("\n"))
        for text, width in cells
    )
    return min(409.0, lines * 14.5 + 4)


def overdue(entry: Row) -> str:
    """逾期 where the deadline had passed when the state was true and it was not completed; empty where either is unknown."""
    problem = entry.problem
    if not problem or not problem.deadline_value or not problem.as_of or not problem.state:
        return ""
    deadline = problem.deadline_value.partition("/")[2] or problem.deadline_value
    late = problem.as_of[: len(deadline)] > deadline and problem.state != "completed"
    return "逾期" if late else "否"


def _line(
    sheet: Worksheet, i: int, values: Sequence[Any], heads: Sequence[tuple[str, int]], styles: Sequence[Format]
) -> None:
    """A row as high as its tallest cell."""
    for j, (value, style) in enumerate(zip(values, styles, strict=True)):
        _put(sheet, i, j, value, style)
    sheet.set_row(i, height([(str(value), width) for value, (_, width) in zip(values, heads, strict=True)]))


def _put(sheet: Worksheet, i: int, j: int, value: Any, style: Format) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        code = sheet.write_number(i, j, value, style)
    else:
        code = sheet.write_string(i, j, clip("" if value is None else str(value)), style)
    if code:
        raise ValueError(f"cell {i}, {j} of the ledger was not written (code {code})")


def _linked(sheet: Worksheet, i: int, j: int, target: str, words: str, style: Format) -> None:
    """A link inside the workbook; a sheet holds 65,530 of them, beyond that the plain words stand."""
    if sheet.write_url(i, j, target, style, clip(words)):
        _put(sheet, i, j, words, style)
