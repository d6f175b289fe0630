"""Tables: what stands above and in them, the numbers in their cells, and the sums that they state."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract, pipeline
from extractor import rules as ruleset
from extractor.checks.tablelines import value
from extractor.found import Cell
from extractor.records import Check, Quantity, Report
from extractor.source import Cell as PrintedCell
from extractor.source import CellRef, Line, Source, Table
from extractor.writers.csv import CsvTables

SHARED = Path(__file__).parents[2] / "shared"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not here")
Rows = Sequence[Sequence[str | None]]  # None is what a merged cell to the left or above covers


def report(rows: Rows, *above: str, merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> Report:
    """A file with some lines and a table below them."""
    lines = [Line(text, i) for i, text in enumerate(above, 1)]
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is not None:
                spans = (merged or {}).get((r, c), (1, 1))
                cells.append(PrintedCell(r, c, *spans, (len(lines),)))
                lines.append(Line(text, len(lines) + 1, "cell", CellRef(0, r, c)))
    table = Table(len(rows), len(rows[0]), tuple(cells))
    source = Source("t.docx", "docx", "", 0, tuple(lines), (table,))
    return pipeline.report(source, "2023", ruleset.load())


def counted(found: Report) -> list[tuple[str, object, str | None, str | None]]:
    return [(q.text, q.value, q.unit, q.noun) for q in found.quantities if q.cell]


def outcomes(found: Report, kind: str) -> list[tuple[str, str]]:
    return [(check.outcome, check.text) for check in found.checks if check.kind == kind]


def test_a_table_knows_its_caption_unit_header_and_states() -> None:
    rows = [["项目", "预算数", "决算数"], ["会议费", "1.2", "0.00"], ["培训费", "/", ""], ["差旅费", "####", "—"]]
    (table,) = report(rows, "某局2023年度工作报告", "表2 支出情况", "编制部门：某局 单位：万元").tables
    assert (table.doc, table.caption, table.unit, table.header, table.page) == (0, "表2 支出情况", "万元", 1, None)
    assert [list(row[1:]) for row in table.states[1:]] == [
        ["value", "zero"],
        ["slash", "empty"],
        ["unreadable", "slash"],
    ]
    assert table.rows[1] == ("会议费", "1.2", "0.00")


def test_a_table_without_a_caption_stands_under_its_heading() -> None:
    rows = [["序号", "问题"], ["1", "台账不规范"]]
    (table,) = report(rows, "一、总体情况", "工作平稳有序。", "二、问题办理情况", "办理情况见下表。").tables
    assert table.caption == "问题办理情况"


def test_the_nearest_word_gives_the_unit() -> None:
    rows = [
        ["项目", "金额", "数量（台）", "占比(%)", "参训人数"],
        ["设备（元）", "300", "-2", "12.5", "30"],
        ["软件", "1,200.5", "3套", "5%", "4"],
    ]
    assert counted(report(rows, "单位：万元")) == [
        ("300", 300, "元", "设备"),
        ("-2", -2, "台", "设备"),
        ("12.5", 12.5, "%", "设备占比"),
        ("30", 30, "人", "设备参训人数"),
        ("1,200.5", 12005000, "元", "软件"),
        ("3套", 3, "套", "软件"),
        ("5%", 5, "%", "软件占比"),
        ("4", 4, "人", "软件参训人数"),
    ]


def test_a_column_of_units_gives_the_unit_of_the_quantity_beside_it() -> None:
    rows = [["名称", "单位", "数量", "单价（元）"], ["水泵", "台", "2", "50"], ["电缆", "公里", "1.5", "60"]]
    assert [q[1:3] for q in counted(report(rows))] == [(2, "台"), (50, "元"), (1.5, "公里"), (60, "元")]


def test_a_column_of_units_holds_for_a_year_and_not_for_its_growth() -> None:
    found = report(
        [["指标", "单位", "2022年", "比上年增长"], ["生产总值", "亿元", "91.3", "7.5"], ["人口", "万人", "30", "0.2"]]
    )
    assert [(one[0], one[2]) for one in counted(found)] == [
        ("91.3", "元"), ("7.5", None), ("30", "人"), ("0.2", None)
    ]  # fmt: skip


def test_codes_serial_numbers_and_headers_hold_no_quantities() -> None:
    rows = [
        ["序号", "科目编码", "科目名称", "年份", "2022", "2023"],
        ["1", "201", "公共服务", "2019", "5", "6"],
        ["2", "20101", "日常事务", "2020", "7", "8"],
    ]
    assert [q[0] for q in counted(report(rows))] == ["5", "6", "7", "8"]


def test_a_later_header_holds_from_there_on() -> None:
    rows = [
        ["甲项", None, None],
        ["信息内容", "本年件数", "累计件数"],
        ["规章", "1", "2"],
        ["乙项", None, None],
        ["信息内容", "本年收费金额（单位：万元）", None],
        ["收费", "3.5", None],
    ]
    merged = {(0, 0): (1, 3), (3, 0): (1, 3), (4, 1): (1, 2), (5, 1): (1, 2)}
    found = report(rows, merged=merged)
    assert [q[1:] for q in counted(found)] == [
        (1, "件", "规章本年件数"),
        (2, "件", "规章累计件数"),
        (35000, "元", "收费本年收费金额"),
    ]
    table = found.tables[0]
    assert table.states[0] == ("value", None, None)
    assert (table.merged[0].row, table.merged[0].columns) == (0, 3)
    assert table.labels[5][1] is not None
    assert table.labels[5][1].column == ("本年收费金额(单位:万元)",)


def test_quantities_among_the_words_of_a_cell_stay_as_they_are() -> None:
    rows = [["问题", "措施"], ["账目不清", "收回资金2万元，停用印章5枚。"]]
    assert [q[1:3] for q in counted(report(rows, "单位：万元"))] == [(20000, "元"), (5, "枚")]


TOTALS: Rows = [["科室", "合计", "上半年", "下半年"], ["甲科", "3", "1", "2"], ["乙科", "7", "3", "4"], ["总计", "10", "4", "6"]]  # fmt: skip


def test_totals_of_rows_and_columns_hold() -> None:
    found = report(TOTALS)
    checks = [check for check in found.checks if check.kind == "table-sum"]
    assert {(check.outcome, check.stated, check.found) for check in checks} == {
        ("holds", "合计", "3"),
        ("holds", "总计", "3"),
    }
    assert all(piece.cell for check in checks for piece in check.source)


def test_a_wrong_sum_is_broken_where_it_stands() -> None:
    rows = [list(row) for row in TOTALS]
    rows[3][2] = "5"
    broken = [check for check in report(rows).checks if check.outcome == "broken"]
    assert [(check.kind, check.text, check.found) for check in broken if check.text == "5"] == [("table-sum", "5", "4")]
    assert broken[-1].arithmetic == "1 + 3 = 4 ≠ 5"


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ([["项目", "金额"], ["甲", "1.24"], ["乙", "1.24"], ["合计", "2.49"]], "holds"),  # rounded
        ([["项目", "金额"], ["甲", "1.24"], ["乙", "1.24"], ["合计", "2.58"]], "broken"),
        ([["项目", "人数"], ["甲", "2"], ["乙", "2"], ["合计", "5"]], "broken"),
    ],
)
def test_money_is_rounded_and_counts_are_not(rows: Rows, outcome: str) -> None:
    assert [check for check, _ in outcomes(report(rows, "单位：万元"), "table-sum")] == [outcome]


def test_what_a_total_adds_up_may_be_unclear() -> None:
    rows = [["项目", "金额"], ["合计", "9"], ["其中：甲", "1"], ["乙", "2"], ["小计", "3"], ["丙", "4"], ["总计", "20"]]
    found = {text: outcome for outcome, text in outcomes(report(rows), "table-sum")}
    assert found["20"] == "cannot_tell"
    assert found["9"] != "broken"


def test_unit_prices_and_shares_are_not_added() -> None:
    rows = [["项目", "单价", "数量", "合计"], ["甲", "2", "3", "6"], ["乙", "4", "5", "20"], ["合计", "", "8", "26"]]
    assert "broken" not in [outcome for outcome, _ in outcomes(report(rows), "table-sum")]


def test_codes_say_what_is_a_part_of_what() -> None:
    rows = [
        ["类", "款", "科目名称", "决算数", "上年数"],
        ["201", "", "公共服务", "7.0", "3.0"],
        ["201", "01", "日常事务", "3.0", "1.0"],
        ["201", "02", "专项事务", "4.0", "2.0"],
        ["208", "", "社会保障", "5.0", "9.0"],
        ["208", "05", "养老", "5.0", "8.0"],
    ]
    tree = outcomes(report(rows), "table-tree")
    assert tree == [("holds", "7.0"), ("broken", "9.0")]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_printed_number_is_read_as_it_stands(number: Decimal) -> None:
    assert value(Cell(0, 0, 1, 1, f"{number:,}", "value", None)) == number


@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=2, max_size=5))
def test_true_totals_are_never_broken(numbers: list[list[int]]) -> None:
    body = [[f"{i}号单位", *map(str, row), str(sum(row))] for i, row in enumerate(numbers)]
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    rows = [["单位名称", "甲类", "乙类", "丙类", "合计"], *body, ["总计", *map(str, totals), str(sum(totals))]]
    assert "broken" not in [outcome for outcome, _ in outcomes(report(rows), "table-sum")]


def test_cells_csv_has_a_row_per_cell(tmp_path: Path) -> None:
    rows = [["项目", "金额（万元）"], ["会议费", "1.5"], ["培训费", "/"]]
    writer = CsvTables(tmp_path)
    writer.append(CsvTables.rows("a.docx", report(rows)))
    writer.close()
    with (tmp_path / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == 6
    assert [cells[3][key] for key in ("table", "row", "column", "row_header", "column_header", "state", "value", "unit")] == [
        "1", "2", "2", "会议费", "金额(万元)", "value", "15000", "元",
    ]  # fmt: skip
    assert (cells[5]["state"], cells[5]["value"]) == ("slash", "")


def _corpus(name: str) -> Report:
    return extract(SHARED / "corpus" / name)


@shared
def test_the_tables_of_the_yearly_report_are_those_of_the_gold() -> None:
    gold = json.loads((SHARED / "gold" / "xxgk-nianbao-huaian-2024.json").read_text("utf-8"))["tables"]
    found = _corpus("xxgk-nianbao-huaian-2024.pdf").tables
    assert [table.caption for table in found] == [table["caption"] for table in gold]
    assert [list(table.pages) for table in found] == [table["pages"] for table in gold]
    for mine, wanted in zip(found, gold, strict=True):
        assert [["".join(text.split()) for text in row] for row in mine.rows] == [
            ["".join(text.split()) for text in row] for row in wanted["rows"]
        ]


@shared
def test_an_empty_form_has_empty_cells_and_no_checks() -> None:
    found = _corpus("xxgk-nianbao-form-template.docx")
    assert [(table.header, len(table.rows)) for table in found.tables] == [(2, 14), (3, 28), (3, 4)]
    assert {state for row in found.tables[2].states[3:] for state in row} == {"empty"}
    assert not [check for check in found.checks if check.kind.startswith("table")]


def _wrong(name: str) -> list[Check]:
    kinds = ("table-sum", "table-tree", "table-relation", "table-total", "compared")
    return [check for check in _corpus(name).checks if check.kind in kinds and check.outcome == "broken"]


@shared
def test_planted_figures_are_found() -> None:
    assert [(check.kind, "".join(check.stated.split())) for check in _wrong("final-accounts-putuo-finance-2024-altered.pdf")] == [
        ("table-total", "0万元"),
        ("compared", "决算数大于预算数"),
        ("compared", "决算数大于预算数"),
        ("compared", "决算数等于预算数"),
    ]  # fmt: skip
    # its source prints one total of 0.3万元 where its own table has 2,961.68
    assert [check.stated for check in _wrong("final-accounts-putuo-finance-2024.pdf")] == ["0.3万元"]


@shared
def test_money_in_cells_is_multiplied_out() -> None:
    found: list[Quantity] = [q for q in _corpus("xxgk-nianbao-huaian-2024.pdf").quantities if q.cell]
    fee = next(q for q in found if q.text == "96171.6")
    assert (fee.value, fee.unit, fee.dimension, fee.noun) == (961716000, "元", "money", "行政事业性收费本年收费金额")
