"""Word's automatic numbers, as Word prints them."""

from __future__ import annotations

from pathlib import Path

import cn2an
import pytest
from docx_files import opened, para, texts
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.docx.counting import number

FORMATS = [
    ("decimal", {1: "1", 10: "10", 123: "123"}),
    ("decimalZero", {1: "01", 12: "12"}),
    ("decimalFullWidth", {3: "３", 12: "１２"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
    ("decimalEnclosedCircleChinese", {3: "③", 10: "⑩"}),
    ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21"}),
    ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
    ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
    ("ideographDigital", {1: "一", 10: "一〇", 25: "二五"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇"}),
    ("chineseCountingThousand", {1: "一", 10: "十", 19: "十九", 21: "二十一", 100: "一百", 101: "一百〇一", 110: "一百一十", 1001: "一千〇一", 1010: "一千〇一十", 10000: "一万", 10001: "一万〇一", 11000: "一万一千"}),
    ("japaneseCounting", {1: "一", 10: "十", 11: "十一", 100: "百", 110: "百十", 205: "二百五"}),
    ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 101: "壹佰零壹", 2000: "贰仟"}),
    ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa"}),
    ("upperLetter", {2: "B", 27: "AA", 10**9: "1000000000"}),
    ("lowerRoman", {1: "i", 4: "iv", 9: "ix", 40: "xl"}),
    ("upperRoman", {14: "XIV", 1994: "MCMXCIV"}),
    ("none", {1: ""}),
    ("a format of tomorrow", {7: "7"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values"), FORMATS, ids=[name for name, _ in FORMATS])
def test_format(name: str, values: dict[int, str]) -> None:
    assert {value: number(value, name) for value in values} == values


@given(st.integers(1, 32_767))
def test_chinese_counting_reads_back(value: int) -> None:
    text = number(value, "chineseCountingThousand").replace("〇", "零")
    assert cn2an.cn2an(text, "smart") == value


def level(at: int, text: str, fmt: str = "decimal", more: str = "", start: int = 1) -> str:
    """One w:lvl; `more` stands where pStyle, lvlRestart, isLgl and suff may."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, list_id: int = 1, at: int = 0) -> str:
    return para(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


def style(name: str, inner: str = "", base: str = "", more: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}" {more}><w:name w:val="{name}"/>{based}<w:pPr>{inner}</w:pPr></w:style>'


def styled(text: str, name: str, more: str = "") -> str:
    return para(text, properties=f'<w:pStyle w:val="{name}"/>{more}')


GOV = abstract(
    0,
    level(0, "%1、", "chineseCountingThousand", '<w:suff w:val="nothing"/>'),
    level(1, "（%2）", "chineseCountingThousand", '<w:suff w:val="nothing"/>'),
    level(2, "%3.", "decimal", '<w:suff w:val="space"/>'),
    level(3, "(%4)", "decimal"),
)


def test_outline_of_a_report(tmp_path: Path) -> None:
    body = "".join([item("甲"), item("乙", at=1), item("丙", at=2), item("丁", at=2), item("戊", at=3), item("己", at=1), item("庚", at=2), item("辛"), item("壬", at=1)])  # fmt: skip
    source = opened(tmp_path, body, numbering=GOV + num(1, 0))
    assert texts(source) == [
        "一、甲",
        "（一）乙",
        "1. 丙",
        "2. 丁",
        "(1)\t戊",
        "（二）己",
        "1. 庚",
        "二、辛",
        "（一）壬",
    ]
    assert [line.automatic for line in source.lines] == [2, 3, 2, 2, 3, 3, 2, 2, 3]
    assert [line.text[line.automatic :].strip() for line in source.lines] == list("甲乙丙丁戊己庚辛壬")


def test_multilevel_and_legal(tmp_path: Path) -> None:
    levels = abstract(
        0, level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "%1.%2.%3")
    )
    source = opened(
        tmp_path, item("a") + item("b", at=1) + item("c", at=2) + item("d", at=2), numbering=levels + num(1, 0)
    )
    assert texts(source) == ["第一章\ta", "1.1\tb", "一.1.1\tc", "一.1.2\td"]


def test_a_level_without_its_parent_shows_the_start(tmp_path: Path) -> None:
    levels = abstract(0, level(0, "%1", start=3), level(1, "%1.%2"))
    assert texts(opened(tmp_path, item("a", at=1) + item("b"), numbering=levels + num(1, 0))) == ["3.1\ta", "3\tb"]


def test_lists_of_one_abstract_go_on_unless_they_start_over(tmp_path: Path) -> None:
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, over)
    body = item("a") + item("b", 2) + item("c", 3) + item("d", 3) + item("e", 1)
    assert texts(opened(tmp_path, body, numbering=lists)) == ["1.\ta", "2.\tb", "1.\tc", "2.\td", "3.\te"]


def test_override_of_a_whole_level(tmp_path: Path) -> None:
    over = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "chineseCounting")}</w:lvlOverride>'
    lists = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0, over)
    assert texts(opened(tmp_path, item("a") + item("b", 2), numbering=lists)) == ["1.\ta", "（二）\tb"]


def test_restart(tmp_path: Path) -> None:
    never = abstract(0, level(0, "%1."), level(1, "(%2)", more='<w:lvlRestart w:val="0"/>')) + num(1, 0)
    body = item("a") + item("b", at=1) + item("c") + item("d", at=1)
    assert texts(opened(tmp_path, body, numbering=never)) == ["1.\ta", "(1)\tb", "2.\tc", "(2)\td"]
    top = abstract(0, level(0, "%1."), level(1, "%2)"), level(2, "(%3)", more='<w:lvlRestart w:val="1"/>')) + num(1, 0)
    body = (
        item("a") + item("b", at=1) + item("c", at=2) + item("d", at=1) + item("e", at=2) + item("f") + item("g", at=2)
    )
    assert texts(opened(tmp_path, body, numbering=top))[4:] == ["(2)\te", "2.\tf", "(1)\tg"]


def test_number_from_the_style_chain(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "%1、", "chineseCounting", '<w:pStyle w:val="H1"/>'), level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="H2"/>')) + num(1, 0)  # fmt: skip
    styles = (
        style("H1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("H2", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("H2b", base="H2")
        + style("Off", '<w:numPr><w:numId w:val="0"/></w:numPr>', base="H1")
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("a", "H1") + styled("b", "H2") + styled("c", "H2b") + styled("d", "Off") + styled("e", "H1", off) + styled("f", "H1")  # fmt: skip
    source = opened(tmp_path, body, styles=styles, numbering=lists)
    assert texts(source) == ["一、\ta", "（一）\tb", "（二）\tc", "d", "e", "二、\tf"]


def test_level_alone_in_the_style_finds_its_list(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "%1."), level(1, "%1.%2", more='<w:pStyle w:val="S"/>')) + num(4, 0)
    styles = style("S", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert texts(opened(tmp_path, styled("a", "S"), styles=styles, numbering=lists)) == ["1.1\ta"]


def test_level_tied_to_a_style_that_has_no_numbering_is_not_printed(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "%1.", more='<w:pStyle w:val="S"/>')) + num(1, 0)
    assert texts(opened(tmp_path, styled("a", "S"), styles=style("S"), numbering=lists)) == ["a"]


def test_default_style_and_style_circle(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "%1.")) + num(1, 0)
    styles = style("N", '<w:numPr><w:numId w:val="1"/></w:numPr>', base="M", more='w:default="1"') + style(
        "M", base="N"
    )
    assert texts(opened(tmp_path, para("a") + styled("b", "unknown"), styles=styles, numbering=lists)) == [
        "1.\ta",
        "2.\tb",
    ]


def test_list_of_a_numbering_style(tmp_path: Path) -> None:
    lists = (
        abstract(0, level(0, "%1）"), more='<w:styleLink w:val="L"/>')
        + abstract(1, more='<w:numStyleLink w:val="L"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert texts(opened(tmp_path, item("a", 2) + item("b", 1), styles=styles, numbering=lists)) == ["1）\ta", "2）\tb"]


def test_what_prints_no_number(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "•", "bullet"), level(1, "", "decimal"), level(2, "附件：", "none")) + num(1, 0)
    body = item("a") + item("b", at=1) + item("c", at=2) + item("d", 9) + item("e", at=7)
    assert texts(opened(tmp_path, body, numbering=lists)) == ["a", "b", "附件：\tc", "d", "e"]


def test_what_takes_no_number(tmp_path: Path) -> None:
    """A paragraph whose mark was deleted has become one with the next; one that is hidden is not counted."""
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = (
        item("a")
        + para("b", properties=numbered + "<w:rPr><w:del/></w:rPr>")
        + item("c")
        + para("<w:r><w:rPr><w:vanish/></w:rPr><w:t>d</w:t></w:r>", properties=numbered + "<w:rPr><w:vanish/></w:rPr>")
        + para("<w:moveFrom><w:r><w:t>f</w:t></w:r></w:moveFrom>", properties=numbered + "<w:rPr><w:moveFrom/></w:rPr>")
        + item("e")
    )
    source = opened(tmp_path, body, numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert texts(source) == ["1.\ta", "2.\tbc", "", "3.\te"]
    assert texts(source, "hidden") == ["d"]


def test_empty_numbered_paragraph_prints_its_number(tmp_path: Path) -> None:
    source = opened(tmp_path, item("") + item("b"), numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert texts(source) == ["1.\t", "2.\tb"]


def test_blanks_of_the_marker_belong_to_the_separation(tmp_path: Path) -> None:
    source = opened(
        tmp_path, item("范围"), numbering=abstract(0, level(0, "%1　", more='<w:suff w:val="nothing"/>')) + num(1, 0)
    )
    assert (source.lines[0].text, source.lines[0].automatic) == ("1　范围", 1)


def test_format_with_a_choice_for_newer_programs(tmp_path: Path) -> None:
    chosen = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert texts(opened(tmp_path, item("a"), numbering=abstract(0, chosen) + num(1, 0))) == ["01\ta"]


def test_numbers_run_through_tables(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{item('b')}</w:tc><w:tc>{item('c')}</w:tc></w:tr></w:tbl>"
    source = opened(tmp_path, item("a") + table + item("d"), numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert [line.text for line in source.lines] == ["1.\ta", "2.\tb", "3.\tc", "4.\td"]


def test_damaged_numbering_costs_the_numbers_only(tmp_path: Path) -> None:
    source = opened(tmp_path, item("a"), numbering="<w:num>")
    assert texts(source) == ["a"]
    assert [warning.code for warning in source.warnings] == ["part"]
