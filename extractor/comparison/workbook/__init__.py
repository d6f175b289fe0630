"""对照工作簿 (`comparison.xlsx`): a sheet a question, a row with both places for each thing that stands against another.

概览 has the totals and the reports; 指标 the years side by side in one unit, 指标原文 each of its figures as printed.
Numbers are numbers, their unit in a column of its own. How cells are written is in `extractor.writers.sheets`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

from extractor.comparison import terms
from extractor.comparison.records import Comparison
from extractor.comparison.workbook.tables import Sheet, tables
from extractor.writers import sheets
from extractor.writers.sheets import Column, Look

COLOURS = {"bad": "#F8CBAD", "open": "#FFE699", "plan": "#DDEBF7", "good": "#C6E0B4"}


def to_xlsx(comparison: Comparison) -> bytes:
    """The bytes of an .xlsx; the same comparison gives the same bytes."""
    made = tables(comparison)

    def fill(book: xlsxwriter.Workbook, look: Look) -> None:
        _cover(book, look, comparison, made)
        for sheet in made:
            _table(book, look, sheet)

    return sheets.workbook("报告对照", fill)


def _table(book: xlsxwriter.Workbook, look: Look, sheet: Sheet) -> None:
    made = sheets.table(book, sheet.name, sheet.columns, [look.head] * len(sheet.columns), len(sheet.rows))
    for i, row in enumerate(sheet.rows, 1):
        ground = look.ground(COLOURS.get(terms.CHIP.get(row.state, ""), ""))
        styles = [ground if j == 1 else look.text for j in range(len(sheet.columns))]
        sheets.line(made, i, row.values, sheet.columns, styles)


def _cover(book: xlsxwriter.Workbook, look: Look, comparison: Comparison, made: Sequence[Sheet]) -> None:
    """Totals with links to their sheets, then the reports and the series that they were put into."""
    columns = [Column("报告", 34), Column("标题", 60), Column("系列", 40), Column("年度", 10), Column("依据", 14)]
    sheet = sheets.cover(book, "概览", [column.width for column in columns])
    sheets.put(sheet, 0, 0, "报告对照", look.title)
    for i, (name, words) in enumerate(_totals(comparison, made), 2):
        sheets.linked(sheet, i, 0, f"internal:'{name}'!A1", name, look.link)
        sheets.put(sheet, i, 1, words, look.text)
    start = 3 + len(made)
    for j, column in enumerate(columns):
        sheets.put(sheet, start, j, column.name, look.head)
    for i, values in enumerate(_members(comparison), start + 1):
        sheets.line(sheet, i, values, columns, [look.text] * len(columns))
    sheets.put(sheet, sheet.dim_rowmax + 2, 0, "状态、数字均为报告所称；匹配由程序作出，须由人认定。", look.text)


def _totals(comparison: Comparison, made: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """How many of each fate a sheet has: 屡查屡犯 2，新提出 9."""
    said = {
        "指标": _counted((row.trend for row in comparison.indicators), terms.TREND),
        "问题": _counted((row.fate for row in comparison.problems), terms.FATE),
        "承诺": _counted((row.fate for row in comparison.promises), terms.KEPT),
        "答复": _counted((row.fate for row in comparison.answers), terms.ANSWERED),
        "问题档案": f"{len(comparison.dossiers)} 份，矛盾 {sum(len(one.contradictions) for one in comparison.dossiers)} 处",
        "照抄": _counted((row.kind for row in comparison.reuse), terms.COPIED),
        "缺口": _counted((gap.presence for gap in comparison.gaps), terms.PRESENCE),
    }
    for sheet in made:
        yield sheet.name, said.get(sheet.name) or f"{len(sheet.rows)} 条"


def _counted(fates: Iterable[str], names: dict[Any, str]) -> str:
    found = Counter(fates)
    return "，".join(f"{name} {found[fate]}" for fate, name in names.items() if found[fate])


def _members(comparison: Comparison) -> Iterator[list[Any]]:
    found = terms.members(comparison)
    for i, report in enumerate(comparison.reports):
        for one, member in found.get(i, ()):
            yield [report.file, member.title, one.id, member.year, member.by]
        if i not in found:
            yield [report.file, report.title, "（未归入）", None, None]
