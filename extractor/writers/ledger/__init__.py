"""整改台账: one workbook per report, in the columns of an office (a profile of `rules/ledgers.toml`).

Sheets: 封面 (the totals that offices report), 台账, 来源 (where each row was read), then a sheet per kind of record.
How cells are written is in `extractor.writers.sheets`.
"""

from __future__ import annotations

import xlsxwriter

from extractor.errors import RuleError
from extractor.records import Check, Date, Heading, Measure, Model, Problem, Quantity, Report
from extractor.rules import Rules
from extractor.terms import KIND, STATE
from extractor.writers import sheets
from extractor.writers.ledger.rows import Row, cell, rows
from extractor.writers.ledger.rulefile import LedgerRules, Profile
from extractor.writers.ledger.summary import summary
from extractor.writers.rows import columns, place, row
from extractor.writers.sheets import Column, Look, line, linked, put

DEFAULT = "巡视巡察"
SHEETS: dict[str, type[Model]] = {
    "problems": Problem, "measures": Measure, "headings": Heading, "dates": Date, "quantities": Quantity, "checks": Check,
}  # fmt: skip
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


def workbook(report: Report, profile: Profile, body: str = "") -> bytes:
    """The ledger of one report as the bytes of an .xlsx; the same report gives the same bytes."""
    return sheets.workbook("整改台账", lambda book, look: _Book(book, look, report, profile, body).write())


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, look: Look, report: Report, profile: Profile, body: str) -> None:
        self.book, self.look, self.report, self.profile, self.body = book, look, report, profile, body
        self.colours = {state: look.ground(colour) for state, colour in (COLOURS | OUTCOMES).items()}

    def write(self) -> None:
        found = rows(self.report, self.profile, self.body)
        self._cover(found)
        self._ledger(found)
        self._sources(found)
        for kind, model in SHEETS.items():
            self._records(KIND[kind], model, getattr(self.report, kind))

    def _cover(self, found: list[Row]) -> None:
        sheet = sheets.cover(self.book, "封面", (24, 62))
        put(sheet, 0, 0, "整改台账", self.look.title)
        for i, (name, value) in enumerate(summary(self.report, found, self.profile), 2):
            put(sheet, i, 0, name, self.look.head)
            put(sheet, i, 1, str(value), self.look.text)

    def _ledger(self, found: list[Row]) -> None:
        columns = self.profile.columns
        heads = [Column(c.name + ("（待填）" if c.field == "person" else ""), c.width) for c in columns]
        styles = [self.look.fill if c.field == "person" else self.look.head for c in columns]
        sheet = sheets.table(self.book, "台账", heads, styles, len(found))
        for i, entry in enumerate(found, 1):
            values = [cell(entry, column) for column in columns]
            state = self.colours.get((entry.problem and entry.problem.state) or "", self.look.text)
            styles = [state if column.field in ("progress", "state") else self.look.text for column in columns]
            line(sheet, i, values, heads, styles)
            linked(sheet, i, 0, f"internal:'来源'!A{i + 1}", str(values[0]), self.look.link)

    def _sources(self, found: list[Row]) -> None:
        heads = [Column(*head) for head in zip(SOURCE_COLUMNS, SOURCE_WIDTHS, strict=True)]
        sheet = sheets.table(self.book, "来源", heads, [self.look.head] * len(heads), len(found))
        for i, entry in enumerate(found, 1):
            problem = entry.problem
            values = [
                entry.number, entry.record.text, problem and problem.progress,
                STATE[problem.state] if problem and problem.state else None, problem and problem.as_of,
                problem and problem.deadline_value, overdue(entry), self.report.source.name,
                "；".join(map(place, entry.record.source)), entry.record.rule,
            ]  # fmt: skip
            line(sheet, i, values, heads, [self.look.text] * len(heads))

    def _records(self, name: str, model: type[Model], records: tuple[Model, ...]) -> None:
        heads = [Column(column, WIDTHS.get(column, 14)) for column in columns(model) if column != "file"]
        sheet = sheets.table(self.book, name, heads, [self.look.head] * len(heads), len(records))
        for i, record in enumerate(records, 1):
            cells = row(record, self.report)
            outcome = record.outcome if isinstance(record, Check) else ""
            style = self.colours.get(outcome, self.look.text)
            line(sheet, i, [cells[head.name] for head in heads], heads, [style] * len(heads))


def overdue(entry: Row) -> str:
    """逾期 where the deadline had passed when the state was true and it was not completed; empty where either is unknown."""
    problem = entry.problem
    if not problem or not problem.deadline_value or not problem.as_of or not problem.state:
        return ""
    deadline = problem.deadline_value.partition("/")[2] or problem.deadline_value
    late = problem.as_of[: len(deadline)] > deadline and problem.state != "completed"
    return "逾期" if late else "否"
