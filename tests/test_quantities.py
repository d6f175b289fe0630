from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import rules
from extractor.finders import quantities
from extractor.finders.quantities import QuantityRules
from extractor.text import Span, Text

RULES = rules.load()
TABLE = RULES.of(QuantityRules)
SHARED = Path(__file__).parents[2] / "shared"


def find(string: str, taken: tuple[Span, ...] = ()) -> list[tuple[Any, ...]]:
    found = quantities.find(Text.of(0, string), RULES, taken=taken)
    return [(string[q.span.start : q.span.end], q.value, q.unit) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ranges
        ("七千到九千亿元", [("七千到九千亿元", (700_000_000_000, 900_000_000_000), "元")]),
        ("两~3百日元", [("两~3百日元", (200, 300), "日元")]),
        ("5000至1万人", [("5000至1万人", (5000, 10000), "人")]),
        ("年限30~90日", [("30~90日", (30, 90), "日")]),
        ("从3个到5个", [("3个", 3, "个"), ("5个", 5, "个")]),
        ("两三个", [("两三个", (2, 3), "个")]),
        ("-5~-3℃", [("-5~-3℃", (-5, -3), "℃")]),
        # lists that share a unit
        ("分别为0.35、0.28和1.2万元", [("0.35", 3500, "元"), ("0.28", 2800, "元"), ("1.2万元", 12000, "元")]),
        ("1、2个项目", [("2个", 2, "个")]),
        # longest unit
        ("三万千瓦时", [("三万千瓦时", 30000, "千瓦时")]),
        ("五千米", [("五千米", 5, "千米")]),
        ("提高2.4个百分点", [("2.4个百分点", 2.4, "个百分点")]),
        ("30.5微克/立方米", [("30.5微克/立方米", 30.5, "微克/立方米")]),
        ("100元/人", [("100元/人", 100, "元/人")]),
        ("50m以内", [("50m", 50, "m")]),
        ("连续4年每年新增312万名企业职工", [("4年", 4, "年"), ("312万名", 3_120_000, "名")]),
        ("3 GB", [("3 GB", 3, "GB")]),
        ("一分钟、一刻钟、一毛钱", [("一分钟", 1, "分钟"), ("一刻钟", 1, "刻钟"), ("一毛钱", 1, "毛钱")]),
        ("50mm", [("50mm", 50, "mm")]),
        ("13532km 2 ，长5km 2座", [("13532km 2", 13532, "km2"), ("5km", 5, "km"), ("2座", 2, "座")]),
        # halves and vague ends
        ("一年半", [("一年半", 1.5, "年")]),
        ("两个半月", [("两个半月", 2.5, "个月")]),
        ("两个多月", [("两个多月", 2, "个月")]),
        ("一年零三个月", [("一年", 1, "年"), ("三个月", 3, "个月")]),
        # as printed: blanks and full-width forms
        ("１，２３４．５ 万 元", [("１，２３４．５ 万 元", 12_345_000, "元")]),
        ("百  分 之 669", [("百  分 之 669", 669, "%")]),
        ("投入10 851.8万元", [("10 851.8万元", 108_518_000, "元")]),
    ],
)
def test_find(text: str, expected: list[Any]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    ["环境厅22日通报", "“三降两升”", "第十四", "两岸关系", "五角大楼", "进一步统一思想", "一位名叫杰克的男生", "PM2.5", "5G", "192.168.255.255", "2023年", "（万元）",
     "联系电话：12345678", "附件1、2", "3.0版", "十百千万行动", "20世纪80年代", "百年未有之大变局"],
)  # fmt: skip
def test_counts_nothing(text: str) -> None:
    assert find(text) == []


def test_what_a_marker_or_date_has_taken_is_not_read() -> None:
    assert find("3.10种金属", (Span(0, 2),)) == [("10种", 10, "种")]
    assert find("近3年5个", (Span(0, 3),)) == [("5个", 5, "个")]


def test_a_bare_number_counts_in_a_cell_only() -> None:
    text = Text.of(0, "合计\n1,234\n-5.6\n35万\n12个")
    cells = [Span(0, 2), Span(3, 8), Span(9, 13), Span(14, 17), Span(18, 21)]
    found = quantities.find(text, RULES, cells=cells)
    assert [(q.value, q.unit) for q in found] == [(1234, None), (-5.6, None), (350_000, None), (12, "个")]
    assert len(quantities.find(text, RULES)) == 2


def test_noun_and_modifier_come_from_the_clause() -> None:
    (quantity,) = quantities.find(Text.of(0, "今年共组建攻坚专班11个。"), RULES)
    assert (quantity.modifier, quantity.noun) == ("total", "攻坚专班")


def test_what_is_said_of_each_is_said_of_all_that_follow() -> None:
    found = quantities.find(Text.of(0, "入园率、升学率和达标率分别超过78%、88%和90%,增长5%"), RULES)
    assert [one.modifier for one in found] == ["over", "over", "over", None]


def test_another_modifier_wins_over_total_and_total_reaches_one_quantity() -> None:
    found = quantities.find(Text.of(0, "累计发放补贴超3亿元、惠及群众5万人，共举办培训8场、参训300人"), RULES)
    assert [q.modifier for q in found] == ["over", None, "total", None]


@pytest.mark.parametrize("phrase", [phrase for never in TABLE.never for phrase in never.any_of])
def test_a_set_phrase_counts_nothing(phrase: str) -> None:
    assert find(f"坚持{phrase}要求") == []


@pytest.mark.parametrize(
    ("text", "date", "noun"),
    [
        ("二是安装智能水表2万只", "", "智能水表"),
        ("3.投入资金90万元", "", "资金"),
        ("①对58个采购项目逐一核查", "", "采购项目"),
        ("【整改目标】全市8个工业园区稳定达标", "", "工业园区"),
        ("前三季度农村水费收缴率达88.6%", "前三季度", "农村水费收缴率"),
        ("农村水费收缴率9月底达88.6%", "9月底", "农村水费收缴率"),
    ],
)
def test_a_noun_holds_neither_marker_nor_date(text: str, date: str, noun: str) -> None:
    at = text.index(date)
    (quantity,) = quantities.find(Text.of(0, text), RULES, taken=[Span(at, at + len(date))] if date else [])
    assert quantity.noun == noun


def test_no_unit_stands_in_two_dimensions() -> None:
    units = [unit for dimension in TABLE.dimension for unit in dimension.units]
    assert len(units) == len(set(units))


def test_every_word_begins_like_a_unit_and_is_none() -> None:
    units = {unit for dimension in TABLE.dimension for unit in dimension.units}
    assert [w for w in TABLE.words if w in units or not any(w[:n] in units for n in range(1, len(w)))] == []


CHARS = st.sampled_from(
    "0123456789,.万亿千百十一二两三半多余第个项元米克年天%成分之倍至—~、和约近超共以上/:×±*X￥零点 \n。“”"
)


@given(st.text(CHARS, max_size=30))
def test_any_text_gives_ordered_disjoint_spans(string: str) -> None:
    found = quantities.find(Text.of(0, string), RULES)
    ends = [0]
    for quantity in found:
        assert ends[-1] <= quantity.span.start < quantity.span.end <= len(string)
        assert quantity.value is None or quantity.unit != ""
        ends.append(quantity.span.end)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the peers' cases are not here")
def test_peers_cases() -> None:
    """Of other projects' own cases, without the stages before: at least 98 of 100."""
    cases = [json.loads(line) for line in (SHARED / "peers" / "cases-dev.jsonl").read_text("utf-8").splitlines()]
    cases = [case for case in cases if case["kind"] == "quantity" and case["complete"]]
    wrong = [case["input"] for case in cases if not _right(case)]
    assert len(wrong) <= 0.02 * len(cases), wrong


def _right(case: dict[str, Any]) -> bool:
    found = find(case["input"])
    wanted = [(e["text"], e["value"]) for e in case["expected"] if "accept" not in e]
    got = [(text, list(value) if isinstance(value, tuple) else value) for text, value, _ in found]
    return len(got) == len(case["expected"]) and (got == wanted or len(wanted) != len(got))
