"""Tables drawn in plain text; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import pipeline, readers

BOX = """
┌──┬────────┬──────┐
│序号│问题        │责任人│
├──┼────────┼──────┤
│1 │食堂采购未公│张某  │
│  │开询价      │李某  │
├──┼────────┼──────┤
│2 │档案不全    │王某  │
└──┴────────┴──────┘
"""


def cells(text: str) -> list[list[str]]:
    """The rows of the first table of a text; cells of several lines with a / between them."""
    source = readers.read_text(text)
    if not source.tables:
        return []
    table = source.tables[0]
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = "/".join(source.lines[i].text for i in cell.lines)
    return rows


@pytest.mark.parametrize(
    "drawn",
    [
        "序号 | 问题 | 时限\n1 | 台账不全 | 6月底\n2 | 账实不符 | 年底",
        "|序号|问题|时限|\n|---|---|---|\n|1|台账不全|6月底|\n|2|账实不符|年底|",
        "序号\t问题\t时限\n1\t台账不全\t6月底\n2\t账实不符\t年底",
        "序号  问题      时限\n1     台账不全  6月底\n2     账实不符  年底",
        "┃序号┃问题┃时限┃\n┣━━╋━━╋━━┫\n┃1┃台账不全┃6月底┃\n┃2┃账实不符┃年底┃",
    ],
)
def test_styles(drawn: str) -> None:
    assert cells(f"整改台账\n{drawn}\n\n以上。") == [
        ["序号", "问题", "时限"],
        ["1", "台账不全", "6月底"],
        ["2", "账实不符", "年底"],
    ]


def test_wrapped_cells_go_on_and_short_ones_are_lines() -> None:
    assert cells(BOX) == [
        ["序号", "问题", "责任人"],
        ["1", "食堂采购未公开询价", "张某/李某"],
        ["2", "档案不全", "王某"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 新闻 | 政策\n一、工作情况",
        "网站地图 | 联系我们\n关于本站 | 使用帮助",
        "组长  张  三\n成员  李  四",
        "一、基本情况\t\t1\n二、存在问题\t\t3",
        "──────\n正文\n──────",
    ],
)
def test_lines_that_are_no_table(text: str) -> None:
    assert cells(text) == []


def test_problems_of_a_drawn_table() -> None:
    report = pipeline.extract_text("某局巡察整改台账\n" + BOX.replace("责任人", "整改人"))
    assert [(p.text, p.responsible) for p in report.problems] == [
        ("食堂采购未公开询价", ("张某", "李某")),
        ("档案不全", ("王某",)),
    ]


@given(st.text("甲1 |│\t-─\n", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    source = readers.read_text("题\n" + text)
    read = "".join(line.text for line in source.lines)
    assert sorted(read) == sorted(("题" + text).replace("\n", ""))
