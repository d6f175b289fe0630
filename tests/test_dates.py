"""Dates: what the rules find, what the context adds, and which year a document is of."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import edtf, rules
from extractor.errors import RuleError
from extractor.finders import dates
from extractor.text import Span, Text

RULES = rules.load()
SHARED = Path(__file__).parents[2] / "shared"
CN = "〇一二三四五六七八九"


def found(text: str, reference: str | None = None, **context: object) -> list[tuple[str, str, str | None]]:
    result = dates.find(Text.of(0, text), RULES, reference, **context)  # type: ignore[arg-type]
    return [(text[d.span.start : d.span.end], d.value, d.bound) for d in result.dates]


def values(text: str, reference: str | None = None) -> list[str]:
    return [value for _, value, _ in found(text, reference)]


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CN[tens] + "十") + ("" if tens and ones == 0 else CN[ones])


FORMS = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}号",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{''.join(CN[int(c)] for c in str(d.year))}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{d.year}年{d.month}月{d.day}日"),
    lambda d: f"{d.year}-{d.month:02d}-{d.day:02d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_day_is_read_in_every_form(day: date, form: object) -> None:
    printed = form(day)  # type: ignore[operator]
    assert found(f"会议于{printed}召开") == [(printed, day.isoformat(), None)]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_two_days_are_one_range_unless_it_runs_backwards(first: date, second: date) -> None:
    text = f"{first.year}年{first.month}月{first.day}日至{second.year}年{second.month}月{second.day}日"
    if first <= second:
        assert values(text) == [f"{first}/{second}"]
    else:
        assert values(text) == [first.isoformat(), second.isoformat()]


@given(st.text("0123456789〇一二三十两年月日号初底上下前后旬季度半来近今去明同当至到-—./、,。 *X“”五", max_size=40))
def test_whatever_is_found_is_edtf_and_in_order(text: str) -> None:
    result = dates.find(Text.of(0, text), RULES, "2023-06-30").dates
    for one in result:
        edtf.check(one.value)
    ends = [0, *(end for one in result for end in one.span)]
    assert ends == sorted(ends)


@given(st.text("0123456789〇一二三年月日前后至到来起 自从.,。", max_size=30), st.integers(0, 30))
def test_a_taken_span_holds_no_date(text: str, at: int) -> None:
    marker = Span(at, at + 2)
    result = dates.find(Text.of(0, text), RULES, taken=[marker]).dates
    assert not any(one.span.overlaps(marker) for one in result)


def test_order_decides_the_year_of_a_late_month() -> None:
    text = "2022年11月7日注销。2月1日组织学习,3月17日召开2022年度专题组织生活会,3月18-19日走访。"
    assert values(text, "2023") == ["2022-11-07", "2023-02-01", "2023-03-17", "2022", "2023-03-18/2023-03-19"]


def test_the_year_of_a_paper_or_a_span_sets_no_context() -> None:
    assert values("《2019年5月6日工作方案》印发。2月2日学习。", "2023")[-1] == "2023-02-02"
    assert values("2022年第四季度以来开展谈话。2月2日学习。", "2023")[-1] == "2023-02-02"
    assert values("校核2019年10月以来的基数。1月20日召开会议。", "2023")[-1] == "2023-01-20"


def test_a_section_on_the_year_before_dates_its_months() -> None:
    text = "一、2024年工作回顾\n成效明显。9月份后回升。\n二、2025年工作安排\n6月底前完成。"
    assert values(text, "2025") == ["2024", "2024-09", "2025", "2025-06-26/2025-06-30"]


def test_an_event_of_long_ago_dates_its_own_paragraph_only() -> None:
    assert values("1997年7月1日回归,10月开业。\n5月1日起实施。", "2023") == ["1997-07-01", "1997-10", "2023-05-01"]


def test_a_year_on_its_own_line_dates_the_lines_below() -> None:
    text = "1970年\n5月1日建厂。1968年立项,1983年初竣工。\n9月1日开工。\n1971年:\n3月投产。"
    assert values(text, "2019") == ["1970", "1970-05-01", "1968", "1983-01", "1970-09-01", "1971", "1971-03"]


def test_a_span_into_later_years_is_a_plan_and_no_event() -> None:
    assert values("一期工程(2017年11月-2019年11月)在建。3月初排查。", "2018")[-1] == "2018-03-01/2018-03-05"


def test_a_quarter_of_a_new_section_is_of_the_documents_year() -> None:
    text = "三、立项依据\n2023年7月5日批复。\n四、预算安排\n第一季度15万元。"
    assert values(text, "2024") == ["2023-07-05", "2024-33"]
    assert values("三、立项依据\n2023年7月5日批复，第四季度开工。", "2024") == ["2023-07-05", "2023-36"]


def test_relative_years_count_from_the_document_or_the_nearest_date() -> None:
    assert values("去年立项,2019年开工,同年建成,次年投产,今年验收。", "2023") == [
        "2022",
        "2019",
        "2019",
        "2020",
        "2023",
    ]


def test_a_day_alone_takes_the_month_of_the_date_before() -> None:
    assert values("8月17日和30日。", "2022") == ["2022-08-17", "2022-08-30"]
    assert values("29日召开会议。", "2022") == []
    assert values("3月8日电 主任9日上午作报告,公示5日在网上。", "2022") == ["2022-03-08", "2022-03-09"]


def test_lists_are_one_date_each() -> None:
    assert [t for t, _, _ in found("2020、2021年", "2023")] == ["2020", "2021年"]
    assert values("2021年第一、二季度和下半年", "2023") == ["2021-33", "2021-34", "2021-41"]


def test_without_any_year_the_digits_stay_open() -> None:
    assert values("5月4日起,今年内完成") == ["XXXX-05-04", "XXXX"]


@pytest.mark.parametrize(
    ("text", "title", "hints", "year"),
    [
        ("现将工作报告如下。", "2025年市政府工作报告", {}, 2025),
        ("现将工作报告如下。", "2017政府工作报告", {}, 2017),
        ("现将情况报告如下。", "关于2022年度审计查出问题整改情况的报告", {"date": "2023-09-26"}, 2023),
        ("2021年5月8日进驻。\n中共某大学委员会\n2022年4月16日", "关于巡视整改进展情况的通报", {}, 2022),
        ("——2026年1月25日在市第十六届人民代表大会第四次会议上\n2025年工作", "", {}, 2026),
        ("一、2021年工作回顾\n过去一年,成绩来之不易。", "", {}, 2022),
        ("三、2022年政府工作任务\n今年任务重。", "", {}, 2022),
        ("2022年9月启动。2023年1月3日部署,2023年2月6日督查。", "关于巡察整改情况的报告", {}, 2023),
        ("成文日期:2004年03月02日 发布日期:2018年12月02日", "", {"date": "2018-12-02"}, 2004),
        ("没有年份。", "", {}, None),
    ],
)  # fmt: skip
def test_the_documents_own_year(text: str, title: str, hints: dict[str, str], year: int | None) -> None:
    assert dates.find(Text.of(0, text), RULES, title=title, hints=hints).year == year


def test_the_reference_date_outranks_every_clue() -> None:
    result = dates.find(Text.of(0, "今年完成"), RULES, "2021-05", title="2025年政府工作报告")
    assert (result.year, result.dates[0].value) == (2021, "2021")


def test_a_span_leads_back_over_noise_and_blanks() -> None:
    text = Text.join([Text.of(7, "截至2023年"), Text.of(8, "1 月30日完成", 0)])
    (one,) = dates.find(text, RULES).dates
    assert (one.value, one.bound) == ("2023-01-30", "until")
    assert text.pieces(one.span) == ((7, 2, 7), (8, 0, 6))


def test_a_bad_reference_date_is_refused() -> None:
    with pytest.raises(ValueError, match="2023-13"):
        found("今年完成", "2023-13")


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("rule", {"id": "odd", "pattern": "{year}年(", "make": "point"}),
        ("rule", {"id": "odd", "pattern": "{fortnight}", "make": "point"}),
        ("rule", {"id": "odd", "pattern": "{year}年", "make": "magic"}),
        ("bound", {"id": "odd", "value": "since", "after": "以来)"}),
        ("clue", {"id": "odd", "where": "title", "pattern": "["}),
    ],
)
def test_a_rule_that_cannot_be_compiled_is_named(table: str, rule: dict[str, str]) -> None:
    broken = {**RULES.data["dates"], table: [rule, *RULES.data["dates"][table]]}
    with pytest.raises(RuleError, match="odd"):
        dates.find(Text.of(0, "2023年"), rules.Rules({"dates": broken}, ""))


def _cases() -> list[dict[str, object]]:
    path = SHARED / "peers" / "cases-dev.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [case for case in map(json.loads, lines) if case["kind"] == "date"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the peers' cases are not here")
def test_peers_cases() -> None:
    cases = _cases()
    passed = sum(_passes(case) for case in cases)
    assert passed >= 0.98 * len(cases)


def _passes(case: dict[str, object]) -> bool:
    got = found(str(case["input"]), case["reference_date"])  # type: ignore[arg-type]
    wanted = case["expected"]
    assert isinstance(wanted, list)
    return len(got) == len(wanted) and all(
        (text, bound) == (w["text"], w["bound"]) and value in (w["value"], *w.get("accept", {}).get("value", ()))
        for (text, value, bound), w in zip(got, wanted, strict=True)
    )
