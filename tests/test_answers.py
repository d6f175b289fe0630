"""Findings of an inspection and what the report answers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from laid import lay_texts, sample

from extractor import extract
from extractor import rules as ruleset
from extractor.comparison import answers
from extractor.comparison.library import Given, Library
from extractor.comparison.records import Answer

RULES = ruleset.load()
SHARED = Path(__file__).parents[2] / "shared" / "corpus"


def find(*names: str) -> tuple[Answer, ...]:
    return answers.find(Library([Given(name, sample(name)) for name in names]), 0, 1, RULES)


@pytest.fixture(scope="module")
def water() -> tuple[Answer, ...]:
    return find("feedback-lanxi-water-2022.txt", "rectification-lanxi-water-2022.txt")


def test_every_finding_has_its_fate(water: tuple[Answer, ...]) -> None:
    others = [row for row in water if row.fate != "answered"]
    assert [(row.fate, row.finding and row.finding.text, row.answer and row.answer.text) for row in others] == [
        ("not_answered", "小区二次供水设施清洗消毒制度不落实", None),
        ("softened", "采砂规划编制停滞多年，非法采砂监管严重缺位", "采砂规划滞后，现场监管力量薄弱"),
        ("softened", "监理单位人员长期不到岗履职，工程质量监督流于形式", "监理单位人员不到岗履职"),
        ("not_answered", "水库移民后期扶持资金滞留，未按规定拨付到村", None),
        ("not_found", None, "党费收缴基数核定不准确"),
    ]
    assert len(water) == 21


def test_answers_are_the_same_words_with_their_measures(water: tuple[Answer, ...]) -> None:
    answered = [row for row in water if row.fate == "answered"]
    assert len(answered) == 16
    assert all(row.measures and row.candidates[0].place == row.answer for row in answered)


FEEDBACK = """某县委第一巡察组关于巡察县民政局党组情况的反馈意见
一、巡察发现的主要问题
（一）履职方面
1.养老服务监管不到位。一是部分养老机构消防设施长期失修，应急演练流于形式；二是护理人员持证率低。如某院2021年未开展培训。
2.资金管理不规范。低保资金发放审核不严。
二、意见建议
（一）提高政治站位。要逐条整改到位。
"""
REPORT = """中共某县民政局党组关于巡察整改情况的报告
一、整改情况
{}
2022年12月1日
"""


def fates(*lines: str) -> list[tuple[str, str | None]]:
    library, _ = lay_texts(FEEDBACK, REPORT.format("\n".join(lines)))
    return [(row.fate, row.finding and row.finding.text) for row in answers.find(library, 0, 1, RULES)]


def test_what_is_a_detail_is_no_finding_and_what_is_advised_neither() -> None:
    assert [finding for _, finding in fates()] == [
        "部分养老机构消防设施长期失修，应急演练流于形式",
        "护理人员持证率低",
        "低保资金发放审核不严",
    ]


@pytest.mark.parametrize(
    ("lines", "fate"),
    [
        (
            "1.“部分养老机构消防设施长期失修，应急演练流于形式”问题整改情况：投入30万元更新消防设施，开展应急演练12次。",
            "answered",
        ),
        ("1.“部分养老机构消防设施有待更新”问题整改情况：投入30万元更新消防设施。", "softened"),
        (
            "1.“养老机构消防设施长期失修”问题整改情况：投入30万元更新消防设施。",
            "partly",
        ),
        (
            "1.“部分养老机构消防设施长期失修，应急演练流于形式”问题整改情况：下一步将逐步更新消防设施，开展应急演练。",
            "partly",
        ),
        ("1.“殡葬用地审批不规范”问题整改情况：补办手续3件。", "not_answered"),
    ],
)
def test_fates(lines: str, fate: str) -> None:
    assert fates(lines)[0][0] == fate


def test_a_problem_answers_one_finding_only() -> None:
    rows = fates("1.“低保资金发放审核不严”问题整改情况：清退12户。")
    assert [fate for fate, _ in rows] == ["not_answered", "not_answered", "answered"]


@pytest.mark.parametrize(
    ("feedback", "found"),
    [
        (
            "县委巡察组反馈巡察情况\n巡察发现了一些问题，主要是：一是理论学习不深入。二是资产底数不清。三是公车管理不严。\n",
            ["理论学习不深入", "资产底数不清", "公车管理不严"],
        ),
        (
            "县委巡察组反馈巡察情况\n巡察也发现了一些问题，主要是：履行职责不到位，服务意识不强；纪律松弛，作风问题依然存在。\n",
            ["履行职责不到位", "服务意识不强", "纪律松弛,作风问题依然存在"],
        ),
        (
            "某局2022年预算执行审计结果公告\n一、基本情况\n预算总体执行较好。\n二、审计发现的主要问题\n"
            "（一）预算编制不完整。2022年，该局3个项目未编入预算，涉及120万元。\n（二）资产底数不清。该局有12台设备未入账。\n"
            "三、审计建议\n（一）加强预算管理。\n",
            ["预算编制不完整", "资产底数不清"],
        ),
    ],
)
def test_findings_of_other_forms(feedback: str, found: list[str]) -> None:
    library, _ = lay_texts(feedback, REPORT.format(""))
    assert [row.finding.text.replace("，", ",") for row in answers.find(library, 0, 1, RULES) if row.finding] == found


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_findings_in_a_sentence_are_answered_by_headings_and_measures() -> None:
    feedback, report = (
        extract(SHARED / name)
        for name in ("xunshi-feedback-nankai-university-2021.md", "xunshi-nankai-university-2022.md")
    )
    rows = answers.find(Library([Given("feedback", feedback), Given("report", report)]), 0, 1, RULES)
    assert len(rows) == 22
    assert {row.finding.text for row in rows if row.finding and row.fate != "answered"} == {
        "落实意识形态工作责任制有不足",
        "阵地建设和管理存在隐患",
        "风险防控有弱项",
    }
    assert {row.fate for row in rows} == {"answered", "partly"}
