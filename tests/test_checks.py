"""Self-checks over whole documents; what a single rule decides stands in its examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract, extract_text
from extractor.records import Check, Report

SEED = Path(__file__).parents[2] / "shared" / "corpus" / "seed.txt"
HEAD = "关于巡察整改情况的报告\n"
BODY = "一、整改落实情况\n1.“学习不主动”问题整改情况：召开专题会议。\n2.“台账不规范”问题整改情况：建立合同台账。\n"


def checks(text: str, kind: str) -> list[Check]:
    return [check for check in extract_text(text).checks if check.kind == kind]


def outcomes(text: str, kind: str) -> list[tuple[str, str]]:
    return [(check.outcome, check.text) for check in checks(text, kind)]


@pytest.fixture(scope="module")
def seed() -> Report:
    if not SEED.is_file():
        pytest.skip("the shared corpus is not here")
    return extract(SEED)


def test_the_stated_totals_of_the_seed(seed: Report) -> None:
    totals = {check.text: check for check in seed.checks if check.kind == "total"}
    assert {text: (check.outcome, check.found) for text, check in totals.items()} == {
        "三方面": ("holds", "3"),
        "17项": ("broken", "12"),
        "43个": ("holds", "43"),
    }
    assert totals["17项"].arithmetic == "17 ≠ 12"
    assert len(totals["43个"].places) == 43
    assert all(place.source for check in totals.values() for place in check.places)


def test_every_place_is_where_its_words_stand(seed: Report) -> None:
    for check in seed.checks:
        text = seed.documents[check.doc].text
        for place in (check, *check.places):
            assert text[place.span.start : place.span.end] == place.text


def test_a_total_may_count_problems_without_their_parts() -> None:
    parts = "(1)“学习计划缺失”问题整改情况：制定计划。\n(2)“学习记录缺失”问题整改情况：补齐记录。\n"
    text = (
        HEAD
        + "巡察组反馈1个方面2项问题。\n一、整改落实情况\n1.“学习不主动”问题\n"
        + parts
        + "2.“台账不规范”问题整改情况：建立台账。\n"
    )
    assert outcomes(text, "total") == [("holds", "1个"), ("holds", "2项")]


def test_problems_named_beside_the_report_are_not_counted() -> None:
    text = HEAD + "巡察组反馈2个问题，另移交立行立改问题4个。\n" + BODY
    assert outcomes(text, "total") == [("holds", "2个"), ("not_applicable", "4个")]


def test_a_report_without_problems_to_count_cannot_tell() -> None:
    assert outcomes(HEAD + "巡察组反馈6个方面17项问题。\n一、强化学习\n召开会议。\n", "total") == [
        ("cannot_tell", "6个"),
        ("cannot_tell", "17项"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("涉及金额630.50万元，已收回248.55万元，尚有381.95万元正在追缴。", [("holds", "630.50万元")]),
        ("涉及金额5000元，已收回0.3万元，尚有2000元正在追缴。", [("holds", "5000元")]),
        ("涉及金额630.50万元，已收回248.55万元，尚有81.95万元正在追缴。", [("broken", "630.50万元")]),
        ("涉及16个项目，已完成7个项目的整改。", []),
        ("推动解决问题7个。已完成整改17个问题，其余2个正在推进。", []),
        ("涉及16个项目，其中已完成7个，未完成8个，移交1个。", []),
    ],
)
def test_whole_done_and_left(text: str, expected: list[tuple[str, str]]) -> None:
    assert outcomes(text, "parts") == expected


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [("94.68%", "holds"), ("94%", "holds"), ("95%", "holds"), ("94.7%", "holds"), ("96%", "broken")],
)
def test_a_percentage_may_be_rounded_or_cut(rate: str, outcome: str) -> None:
    assert outcomes(f"反馈问题94个，已完成整改89个，完成率{rate}。", "rate") == [(outcome, rate)]


@pytest.mark.parametrize(("rate", "outcome"), [("近95%", "holds"), ("超过94%", "holds"), ("超过96%", "broken")])
def test_a_bounded_percentage_is_a_bound(rate: str, outcome: str) -> None:
    text = f"反馈问题94个，已完成整改89个，完成率{rate}。"
    assert [check.outcome for check in checks(text, "rate")] == [outcome]


@pytest.mark.parametrize(
    ("markers", "outcome"),
    [
        ("一二三", "holds"),
        ("一二四", "broken"),
        ("一二三一二", "holds"),
    ],
)
def test_numbering(markers: str, outcome: str) -> None:
    titles = ["总体情况", "主要做法", "存在问题", "下步打算", "工作保障"]
    text = "\n".join(
        f"{marker}、{title}\n本局按照要求开展工作，取得成效。" for marker, title in zip(markers, titles, strict=False)
    )
    assert {check.outcome for check in checks(text, "numbering")} == {outcome}


@pytest.mark.parametrize(("title", "outcome"), [("网站平台建设方面", "cannot_tell"), ("监督保障方面", "broken")])
def test_a_heading_beside_that_of_another_year_is_no_repeat(title: str, outcome: str) -> None:
    text = f"年度对比\n（一）主动公开方面\n全年公开。\n（二）平台建设方面\n加强建设。\n（二）{title}\n加强建设。\n（三）其他方面\n无。"
    assert [check.outcome for check in checks(text, "numbering")] == [outcome]


def test_a_deadline_may_lie_after_the_report() -> None:
    text = HEAD + "一、整改情况\n2023年5月9日召开会议，将于2023年12月20日前完成整改。\n某某局\n2023年8月1日\n"
    assert outcomes(text, "after-report") == [("holds", "2023年8月1日")]


def test_a_date_in_a_table_neither_signs_nor_is_late(tmp_path: Path) -> None:
    table = "| 项目名称 | 计划完成日期 |\n| --- | --- |\n| 水厂改造 | 2023-12-31 |\n| 管网改造 | 2023-10-31 |\n"
    source = tmp_path / "report.md"
    source.write_text("2023年5月9日召开会议。\n\n某某局\n\n2023年8月1日\n\n" + table, "utf-8")
    found = [c for c in extract(source).checks if c.kind == "after-report"]
    assert [(check.outcome, check.stated) for check in found] == [("holds", "2023年8月1日")]


def test_a_date_without_a_year_may_be_in_a_leap_year() -> None:
    assert outcomes("2月29日召开会议。", "off-calendar") == []
    assert outcomes("2023年2月29日召开会议。", "off-calendar") == [("broken", "2023年2月29日")]


def test_fingerprints_survive_what_stands_elsewhere() -> None:
    before = checks(HEAD + "巡察组反馈3个问题。\n" + BODY, "total")
    after = checks(HEAD + "本报告经党组会审议。\n巡察组反馈3个问题。\n" + BODY, "total")
    assert [check.fingerprint for check in before] == [check.fingerprint for check in after]
    assert before[0].span != after[0].span
    changed = checks(HEAD + "巡察组反馈4个问题。\n" + BODY, "total")
    assert changed[0].fingerprint != before[0].fingerprint


def test_fingerprints_are_unique(seed: Report) -> None:
    assert len({check.fingerprint for check in seed.checks}) == len(seed.checks)


def test_a_kind_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_text(
        "[[check]]\nid = 'numbering'\nkind = 'numbering'\nenabled = false\nsays = {}\nexamples = [{ text = '«一、»甲' }]\n",
        "utf-8",
    )
    report = extract_text(HEAD + BODY, rules=tmp_path)
    assert "numbering" in {check.kind for check in extract_text(HEAD + BODY).checks}
    assert "numbering" not in {check.kind for check in report.checks}
