"""Markdown: what is markup and what is a mask, tables in any state, front matter, and no character lost."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import readers
from extractor.readers import md
from extractor.readers.md import pipes
from extractor.readers.md.frontmatter import hints
from extractor.readers.md.markup import Markup, scan
from extractor.readers.raw import Raw
from extractor.source import CellRef, Line, Source

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def read(text: str) -> Source:
    return md.read(Raw("a.md", text.encode()))


def plain(line: Line) -> str:
    """The text without its marks."""
    return "".join(char for i, char in enumerate(line.text) if not any(m.start <= i < m.end for m in line.marks))


def shown(text: str) -> str:
    """A line without its marks, what it emphasises in «»."""
    found = scan(text)
    out = ""
    for i, char in enumerate(text):
        out += "«" * any(span.start == i for span in found.bold)
        out += char * (not any(mark.start <= i < mark.end for mark in found.marks))
        out += "»" * any(span.end == i + 1 for span in found.bold)
    return out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**一、加强领导**", "«一、加强领导»"),
        ("**计划执行情况。**2018年1月，完成", "«计划执行情况。»2018年1月，完成"),
        ("（二）**集中开工情况。**", "（二）«集中开工情况。»"),
        ("加强**思想教育**工作", "加强«思想教育»工作"),
        ("**201****8****年工作总结**", "«201»«8»«年工作总结»"),
        ("**（序号1）完成情况****的公示**", "«（序号1）完成情况»«的公示»"),
        ("**甲******乙", "«甲»乙"),
        ("2022年*月，见 *重点内容* 处", "2022年*月，见 «重点内容» 处"),
        ("***重要***通知", "«重要»通知"),
        ("注意 *重点内容* 落实", "注意 «重点内容» 落实"),
        ("__标题__：正文", "«标题»：正文"),
        ("**张***", "«张*»"),
        ("** 一、总则 **", "« 一、总则 »"),
    ],
)
def test_emphasis(line: str, expected: str) -> None:
    assert shown(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "2022年*月*日至2022年*月*日，对中共*区委宣传部",
        "*区委宣传部组织*名干部",
        "2022年**月**日",
        "中共**县委关于**同志的决定",
        "**县**镇**村",
        "138****5678、139****1234",
        "身份证43**********1234",
        "**联系人138****5678",
        "3*4*5",
        "____年__月__日",
        "签名：__ 日期：__ 地点",
        "a_b_c.docx",
        "一个**没有结束",
        "5~6个，~7个",
        "[2022]15号（见[附件]）",
        "[注](见下文 二)",
        "<关于加强管理的通知>",
        "x<y 且 y>z",
        "- 3 -",
        ">5%的企业",
        "#1机组",
        "-5.2%",
        "1. 加强领导",
        "`",
    ],
)
def test_masks_and_other_signs_stay(line: str) -> None:
    assert scan(line) == Markup()


@pytest.mark.parametrize(
    ("line", "expected", "outline"),
    [
        ("# 一、情况", "一、情况", 1),
        ("### （一）问题 ###", "（一）问题", 3),
        ("##二、措施", "二、措施", 2),
        ("## **三、打算**", "三、打算", 2),
        ("> 引文", "引文", None),
        ("> ## 引题", "引题", 2),
        ("- 项目", "项目", None),
        ("* 项目*号", "项目*号", None),
        ("  + 项目", "项目", None),
        ("---", "", None),
        ("* * *", "", None),
        ("```text", "", None),
        ("见[通知](http://a.cn/x_(1).html \"题\")全文", "见通知全文", None),
        ("[![图](a.png)](b.html)完", "完", None),
        ("前![图 1](a.png)后", "前后", None),
        ("党内监督<!--more-->的安排", "党内监督的安排", None),
        ("<u>甲</u><font color='red'>乙</font>", "甲乙", None),
        (r"1\. 甲\*乙\_丙", "1. 甲*乙_丙", None),
        (r"2022年\*月\*日", "2022年*月*日", None),
        ("行尾\\", "行尾", None),
        ("&nbsp;&nbsp;甲&amp;乙", "甲&乙", None),
        ("~~旧~~新", "旧新", None),
        ("`代码`", "代码", None),
    ],
)  # fmt: skip
def test_marks(line: str, expected: str, outline: int | None) -> None:
    found = scan(line)
    assert plain(Line(line, 1, marks=found.marks)) == expected
    assert found.outline == outline


def test_underlined_headings() -> None:
    source = read("标题\n====\n\n二级\n---\n\n正文\n续行\n---\n")
    assert [(line.text, line.outline) for line in source.lines if line.outline] == [("标题", 1), ("二级", 2)]
    assert [plain(line) for line in source.lines if line.text[:1] in ("=", "-")] == ["", "", ""]


def test_comment_over_lines() -> None:
    source = read("前<!-- 一\n二\n三-->后\n<!-- 不闭合\n正文")
    assert [plain(line) for line in source.lines] == ["前", "", "后", "<!-- 不闭合", "正文"]


def test_tags_that_end_a_line_cut_it() -> None:
    source = read("**甲<br>乙**<p>丙</p>丁")
    assert [(line.number, plain(line), len(line.bold)) for line in source.lines] == [
        (1, "甲", 1),
        (1, "乙丙", 1),
        (1, "丁", 0),
    ]
    assert "".join(line.text for line in source.lines) == "**甲<br>乙**<p>丙</p>丁"


def test_front_matter() -> None:
    text = "---\ntitle: '2023年''总结'': 一'\nissuer:\n- 甲局\n- 乙局\ndate: \"2023-01-30\"\ntags: []\nregion:\n  level: 省\n---\n正文\n"
    source = read(text)
    assert source.hints == {"title": "2023年'总结': 一", "issuer": "甲局、乙局", "date": "2023-01-30"}
    assert [line.part for line in source.lines] == ["meta"] * 10 + ["body"]
    assert source.lines[-1].number == 11


def test_front_matter_of_other_writers() -> None:
    assert hints(["---", "标题：工作总结", "发布机构: [甲局, '乙局']", "发布日期: 2023年1月30日", "---"]) == {
        "title": "工作总结", "issuer": "甲局、乙局", "date": "2023年1月30日",
    }  # fmt: skip
    assert hints(["+++", 'title = "总结"', "+++"]) == {"title": "总结"}
    assert hints(["---", "issuer: []", "author: 张三", "title:", "---"]) == {"issuer": "张三"}


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    for text in ("---\n正文\n", "---\n正文\n---\n后文", "---\n"):
        assert all(line.part == "body" for line in read(text + "甲").lines)


def test_pipe_table() -> None:
    source = read("前\n| 项目 | 数量 |\n|:---|---:|\n| **甲** | 5<br>6 |\n| 乙\\|丙 | |\n后")
    table = source.tables[0]
    assert (table.rows, table.columns) == (3, 2)
    cells = {(c.row, c.column): [plain(source.lines[i]) for i in c.lines] for c in table.cells}
    assert cells == {(0, 0): ["项目"], (0, 1): ["数量"], (1, 0): ["甲"], (1, 1): ["5", "6"], (2, 0): ["乙|丙"]}
    assert all(source.lines[i].cell == CellRef(0, c.row, c.column) for c in table.cells for i in c.lines)
    assert {line.part for line in source.lines} == {"body", "cell", "meta"}


def test_table_without_outer_pipes() -> None:
    source = read("项目 | 数量\n--- | ---\n甲 | 5\n\n乙 | 6")
    assert [(line.text, line.cell) for line in source.lines if line.part == "cell"] == [
        ("项目", CellRef(0, 0, 0)), ("数量", CellRef(0, 0, 1)), ("甲", CellRef(0, 1, 0)), ("5", CellRef(0, 1, 1)),
    ]  # fmt: skip
    assert source.lines[-1].text == "乙 | 6"


def test_broken_table_with_lone_pipes() -> None:
    source = read("|\n整改措施 |\n制定方案 |\n|\n|\n整改时限 |\n2025年3月底前 |\n\n正文")
    cells = {(c.row, c.column): source.lines[c.lines[0]].text for c in source.tables[0].cells}
    assert cells == {(0, 0): "整改措施", (0, 1): "制定方案", (1, 0): "整改时限", (1, 1): "2025年3月底前"}
    assert (source.tables[0].rows, source.tables[0].columns) == (2, 2)


def test_row_that_was_broken_inside_a_cell() -> None:
    source = read("| 单位 |\n甲局 | 备注 |\n| 时限 |\n6月 |\n")
    cells = {(c.row, c.column): source.lines[c.lines[0]].text for c in source.tables[0].cells}
    assert cells == {(0, 0): "单位", (0, 1): "甲局", (0, 2): "备注", (1, 0): "时限", (1, 1): "6月"}


def test_broken_table_without_rows() -> None:
    source = read("发布日期： |\n2018.12.19 | 索引号： |\n123 |\n|\n其他 |")
    assert [(line.text, line.cell and line.cell.column) for line in source.lines if line.part == "cell"] == [
        ("发布日期：", 0), ("2018.12.19", 1), ("索引号：", 2), ("123", 3), ("其他", 5),
    ]  # fmt: skip


def test_the_rest_of_a_table_is_prose() -> None:
    """A body that a layout table held ends in the pipe of its cell."""
    source = read("| 公开事项: | 通报 ||\n| 日期: | 2017-08-03 |\n一、情况。二、问题。 |\n| 单独一格 |")
    assert [(plain(line), line.part) for line in source.lines[-2:]] == [
        ("一、情况。二、问题。 ", "body"),
        (" 单独一格 ", "body"),
    ]
    assert len(source.tables) == 1


LINES = st.lists(
    st.text(alphabet="一、2年月*_#|>-`~[]()<br!\\& 。", max_size=24)
    | st.sampled_from(["---", "|---|", "|", "<!--", "-->", "a |", "| b | c |", "title: x", "**甲**", "==="]),
    max_size=12,
)


@given(LINES)
def test_every_character_is_in_one_line(lines: list[str]) -> None:
    text = "甲\n" + "\n".join(lines)
    source = read(text)
    by_number: dict[int, str] = defaultdict(str)
    for line in source.lines:
        by_number[line.number] += line.text
    expected = text.split("\n")
    assert [by_number[i] for i in range(1, len(expected) + 1)] == expected
    for line in source.lines:
        assert all(0 <= span.start < span.end <= len(line.text) for span in [*line.marks, *line.bold])
        assert all(a.end <= b.start for a, b in pairwise(line.marks)), "marks must not overlap"
        assert not any(mark.overlaps(span) for mark in line.marks for span in line.bold)


@given(LINES)
def test_a_block_covers_its_lines(lines: list[str]) -> None:
    for at in range(len(lines)):
        block = pipes.block(lines, at)
        for line, tokens in zip(lines[at:], block.lines if block else (), strict=False):
            assert "".join(line[token.start : token.end] for token in tokens) == line


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus here")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.name)
def test_corpus_is_all_there(path: Path) -> None:
    by_number: dict[int, str] = defaultdict(str)
    for line in readers.read(path).lines:
        by_number[line.number] += line.text
    assert list(by_number.values()) == path.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "**",
        "****",
        "** ",
        "*a",
        "a<br>",
        "[",
        "](",
        "![a](",
        "<p ",
        "| ",
        "`",
        "~~",
        "# ",
        "> ",
        "\\",
        "**a**",
        "__ ",
    ],
)
def test_no_line_takes_for_ever(piece: str) -> None:
    """A long line that is nothing but markup: work that grows with its square would show."""
    line = piece * (120_000 // len(piece))
    assert "".join(found.text for found in read("甲\n" + line).lines) == "甲" + line


@pytest.mark.parametrize("line", ["|", "|---|", "<!--", "| a |", "a |", "---", "===", "> "])
def test_no_file_takes_for_ever(line: str) -> None:
    assert len(read("甲\n" + f"{line}\n" * 30_000).lines) >= 30_000
