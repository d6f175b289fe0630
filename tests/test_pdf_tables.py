"""Tables of PDF files, from their ruled lines."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest
from pdf_files import LONG, ROWS, Page, body, opened, wrapped

import extractor
from extractor.readers import read
from extractor.source import CellRef, Source
from extractor.text import fold

SHARED = Path(__file__).parents[2] / "shared"


def cells(source: Source, index: int = 0) -> dict[tuple[int, int, int, int], str]:
    """Place and span → text."""
    return {
        (c.row, c.column, c.rows, c.columns): "/".join(source.lines[i].text for i in c.lines)
        for c in source.tables[index].cells
    }


XS, YS = (80, 180, 280, 380), (200, 230, 260, 290)


def test_a_table_with_merged_cells(tmp_path: Path) -> None:
    made = Page().text(80, 150, "一、收支情况").text(80, 320, "以上数据为决算数。")
    for y in (200, 260, 290):
        made.line(80, y, 380, y)
    made.line(180, 230, 380, 230)
    for x in (80, 180, 380):
        made.line(x, 200, x, 290)
    made.line(280, 230, 280, 290)
    made.text(85, 235, "项目", 10).text(185, 215, "金额（万元）", 10).text(185, 245, "预算", 10).text(
        285, 245, "决算", 10
    )
    made.text(85, 275, "人员经费", 10).text(185, 275, "1,200.5", 10).text(285, 275, "0", 10)
    source = opened(tmp_path, made)
    assert cells(source) == {
        (0, 0, 2, 1): "项目", (0, 1, 1, 2): "金额（万元）", (1, 1, 1, 1): "预算", (1, 2, 1, 1): "决算",
        (2, 0, 1, 1): "人员经费", (2, 1, 1, 1): "1,200.5", (2, 2, 1, 1): "0",
    }  # fmt: skip
    assert body(source) == ["一、收支情况", "以上数据为决算数。"]
    assert source.lines[source.tables[0].cells[0].lines[0]].cell == CellRef(0, 0, 0)


def test_a_cell_that_breaks_its_row(tmp_path: Path) -> None:
    made = Page().table(XS, YS[:3], [["名称", "数量"], ["社会公益组织和\n其他法人", "12\n34"]])
    assert cells(opened(tmp_path, made))[1, 0, 1, 1] == "社会公益组织和其他法人"
    assert cells(opened(tmp_path, made))[1, 1, 1, 1] == "12/34"


def test_lines_and_shades_that_are_no_table(tmp_path: Path) -> None:
    made = Page().line(80, 60, 500, 60).rows(80, 110, wrapped(LONG * 2, ROWS - 2, ROWS))
    for y in range(95, 215, 20):
        made.shade(78, y, 520, y + 20)
    for box in ((70, 50, 530, 400),):
        made.line(box[0], box[1], box[2], box[1]).line(box[0], box[3], box[2], box[3])
        made.line(box[0], box[1], box[0], box[3]).line(box[2], box[1], box[2], box[3])
    source = opened(tmp_path, made)
    assert source.tables == ()
    assert body(source) == [LONG * 2]


HEAD = ["序号", "问题", "整改情况"]


def test_a_table_over_a_page_break(tmp_path: Path) -> None:
    top = (
        Page()
        .text(285, 810, "- 1 -", 9)
        .table(XS, (700, 730, 760, 790), [HEAD, ["1", "甲", "完成"], ["2", "乙", "完成"]])
    )
    rest = (
        Page()
        .text(285, 810, "- 2 -", 9)
        .table(XS, (60, 90, 120), [HEAD, ["3", "丙", "推进"]])
        .text(80, 160, "特此报告。")
    )
    source = opened(tmp_path, top, rest)
    (table,) = source.tables
    assert (table.rows, table.columns) == (4, 3)
    assert [cells(source)[row, 0, 1, 1] for row in range(4)] == ["序号", "1", "2", "3"]
    assert body(source, "header") == HEAD
    assert body(source) == ["特此报告。"]


def test_a_row_that_the_page_break_cuts(tmp_path: Path) -> None:
    top = Page().table(
        XS, (700, 730, 760, 790), [HEAD, ["1", "甲", "完成"], ["2", "村级工程管理制度不", "正在修订制度"]]
    )
    rest = Page().table(XS, (60, 90, 120), [["", "健全", "并报审"], ["3", "丙", "推进"]])
    source = opened(tmp_path, top, rest)
    assert source.tables[0].rows == 4
    assert [cells(source)[2, column, 1, 1] for column in range(3)] == [
        "2",
        "村级工程管理制度不健全",
        "正在修订制度并报审",
    ]
    assert cells(source)[3, 0, 1, 1] == "3"


def test_a_row_without_figures_after_a_page_break(tmp_path: Path) -> None:
    xs = (80, 180, 240, 340, 400)
    top = Page().table(
        xs, (730, 760, 790), [["收入", "金额", "支出", "金额"], ["收入合计", "12.50", "支出合计", "11.20"]]
    )
    rest = Page().table(xs, (60, 90, 120), [["使用结余", "", "结余分配", ""], ["总计", "12.50", "总计", "12.50"]])
    source = opened(tmp_path, top, rest)
    assert [cells(source)[row, 0, 1, 1] for row in range(4)] == ["收入", "收入合计", "使用结余", "总计"]


def test_a_row_of_which_one_cell_goes_on(tmp_path: Path) -> None:
    top = Page().table(XS, (700, 730, 760, 790), [HEAD, ["1", "甲", "完成"], ["2", "乙", "已修订制度。"]])
    rest = Page().table(XS, (60, 90, 120), [["", "", "（2）已清退。"], ["3", "丙", "推进"]])
    source = opened(tmp_path, top, rest)
    assert [cells(source)[2, column, 1, 1] for column in range(3)] == ["2", "乙", "已修订制度。/（2）已清退。"]


def test_the_items_of_a_list_that_hangs(tmp_path: Path) -> None:
    first, second = "a)" + "查阅资料" * 12 + "。", "b)" + "听取汇报" * 12 + "。"
    made = Page().rows(80, 110, wrapped(LONG * 2, ROWS - 2, ROWS))
    for i, words in enumerate((first, second)):
        made.text(104, 250 + 40 * i, words[:35]).text(116, 270 + 40 * i, words[35:])
    assert body(opened(tmp_path, made))[1:] == [first, second]


def test_two_tables_are_not_joined_if_there_was_room(tmp_path: Path) -> None:
    first = Page().table(XS, (100, 130, 160), [HEAD, ["1", "甲", "完成"]])
    second = Page().table(XS, (60, 90, 120), [HEAD, ["1", "丙", "推进"]]).text(80, 780, "特此报告。")
    assert [table.rows for table in opened(tmp_path, first, second).tables] == [2, 2]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not here")
def test_tables_of_the_annotated_report() -> None:
    gold = json.loads((SHARED / "gold" / "xxgk-nianbao-huaian-2024.json").read_text("utf-8"))["tables"]
    report = extractor.extract(SHARED / "corpus" / "xxgk-nianbao-huaian-2024.pdf")
    plain = [[["".join(fold(cell).split()) for cell in row] for row in table["rows"]] for table in gold]
    assert [[["".join(fold(cell).split()) for cell in row] for row in table.rows] for table in report.tables] == plain


@pytest.mark.skipif(not SHARED.is_dir() or not importlib.util.find_spec("pdfplumber"), reason="no corpus or reference")
@pytest.mark.parametrize("name", ["final-accounts-putuo-finance-2024", "budget-wanli-street-2025"])
def test_tables_against_pdfplumber(name: str) -> None:
    """The words of each cell, page by page, as another reader finds them."""
    import pdfplumber

    path = SHARED / "corpus" / f"{name}.pdf"
    with pdfplumber.open(path) as document:
        tables = [table for page in document.pages for table in page.dedupe_chars().extract_tables()]
    words = Counter("".join(cell.split()) for table in tables for row in table for cell in row if cell)
    source = read(path)
    texts = [text for i in range(len(source.tables)) for text in cells(source, i).values()] + body(source, "header")
    ours = Counter("".join(text.split()) for text in texts)
    missed = words - ours
    assert missed.total() <= 0.02 * words.total(), missed
