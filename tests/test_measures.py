"""Measures: how a body is cut, what is none, status, outputs, references, and which problem each answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import rules
from extractor.finders import measures, problems
from extractor.finders.measures import items
from extractor.finders.measures.rulefile import MeasureRules
from extractor.found import Date, Heading, Measure, Quantity
from extractor.source import CellRef, Line
from extractor.text import Span, Text

SHIPPED = rules.load()
TITLE = "关于巡察整改情况的报告"


def body(raw: str, title: str = "整改情况", kind: str = "section") -> tuple[Text, list[Heading]]:
    """One heading and its body."""
    text = Text.of(0, f"{title}\n{raw}")
    span, rest = Span(0, len(title)), Span(len(title) + 1, len(text))
    return text, [Heading(span, "made", "", None, 1, title, "problem" if kind == "problem" else "section", rest)]


def find(
    text: Text, headings: Sequence[Heading], dates: Sequence[Date] = (), quantities: Sequence[Quantity] = ()
) -> list[Measure]:
    lines = [Line(text.raw, 1)]
    stated = problems.find(text, headings, dates, lines, SHIPPED, title=TITLE)
    return list(measures.find(text, headings, stated, dates, quantities, lines, SHIPPED, title=TITLE))


def said(text: Text, found: Sequence[Measure]) -> list[str]:
    return [text.raw[measure.span.start : measure.span.end] for measure in found]


def read(raw: str, title: str = "整改情况", kind: str = "section") -> list[str]:
    text, headings = body(raw, title, kind)
    return said(text, find(text, headings))


def one(raw: str, title: str = "整改情况") -> Measure:
    text, headings = body(raw, title)
    (measure,) = find(text, headings)
    return measure


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("一是制定办法。按月督查。二是组织自查。", ["制定办法。按月督查", "组织自查"]),
        ("一是制定办法;二是组织自查。", ["制定办法", "组织自查"]),
        ("一是制定办法,二是组织自查。", ["制定办法", "组织自查"]),
        ("一是制定办法。三是组织自查。", ["制定办法", "组织自查"]),
        ("召开会议;印发通知。组织自查。", ["召开会议;印发通知", "组织自查"]),
        ("一是制定办法。二是组织自查。下一步,将加强督查。", ["制定办法", "组织自查", "下一步,将加强督查"]),
        ("(1)制定办法。一是按月督查。二是通报。\n(2)组织自查。", ["制定办法。一是按月督查。二是通报", "组织自查"]),
        ("首先，制定办法。最后，组织自查。", ["制定办法", "组织自查"]),
        ("一是制定办法。二是组织自查。\n特此报告。", ["制定办法", "组织自查"]),
        ("修订《办法。试行》并印发（见附件。）后执行。", ["修订《办法。试行》并印发（见附件。）后执行"]),
        ("建章立制，统一是原则。二是组织自查。", ["建章立制，统一是原则", "二是组织自查"]),
    ],
)
def test_cut(raw: str, expected: list[str]) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "具体整改情况如下：",
        "局党组认为，反馈意见实事求是。",
        "安全生产是一项长期任务，责任重于泰山。",
        "有12个项目未按合同支付尾款，涉及金额300万元。",
        "欢迎干部群众对整改落实情况进行监督。",
        "中共某县水务局党组\n2023年12月20日",
        "项目有三个，涉及两个乡镇。",
    ],
)
def test_no_act_no_measure(raw: str) -> None:
    assert read(raw) == []


@pytest.mark.parametrize(
    ("raw", "title", "expected"),
    [
        ("已制定办法，将持续推进。", "整改情况", "done"),
        ("组建宣讲团，常态化开展宣讲。", "整改情况", "done"),
        ("督查组常态化开展巡查。", "整改情况", "ongoing"),
        ("整改工作正在有序推进。", "整改情况", "ongoing"),
        ("将学习材料发送给全体党员。", "整改情况", "done"),
        ("将进一步规范采购。", "整改情况", "planned"),
        ("为进一步规范采购，拟修订办法。", "整改情况", "planned"),
        ("规范采购流程。", "下一步打算", "planned"),
        ("规范采购流程，持续巩固成效。", "下一步打算", "ongoing"),
        ("已规范采购流程。", "下一步打算", "done"),
        ("对已完成的任务开展回头看。", "下一步打算", "planned"),
        ("制定采购流程。", "巩固拓展脱贫攻坚成果方面", "done"),
    ],
)
def test_status_is_that_of_the_first_main_verb(raw: str, title: str, expected: str) -> None:
    assert one(raw, title).status == expected


def test_a_state_behind_the_measures_of_a_problem_leaves_them() -> None:
    raw = "一是制定办法。二是组织自查。【整改完成情况：已完成】"
    assert read(raw, "台账不全", "problem") == ["制定办法", "组织自查"]


def test_items_under_a_promise_are_promised() -> None:
    text, headings = body("已组建专班。下一步，将做好以下工作。一是完善机制，每月调度。二是持续督查。")
    assert [measure.status for measure in find(text, headings)] == ["done", "planned", "planned", "ongoing"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("制定印发《采购办法》《合同办法》和议事清单等3项制度。", ("采购办法", "合同办法", "议事清单")),
        (
            "制定区采购管理办法区合同管理制度关于加强督查的通知等3项制度。",
            ("区采购管理办法区合同管理制度", "关于加强督查的通知"),
        ),
        ("印发关于完善制度、强化管理的通知，要求落实。", ("关于完善制度、强化管理的通知",)),
        ("成立由局长任组长、各科负责人为成员的整改工作领导小组。", ("整改工作领导小组",)),
        ("建立合同台账和信息报送机制，落实专人。", ("合同台账", "信息报送机制")),
        ("相继成立宣讲团、青年讲师团深入一线宣讲。", ("宣讲团", "青年讲师团")),
        ("严格落实新修订的《采购办法》，组织学习《合同法》。", ()),
        ("制定工作方案，建立长效机制，制定制度12项。", ()),
        ("尚未制定采购办法的，已督促整改。", ()),
        ("修订《实施〈条例〉办法（试行）》。", ("实施〈条例〉办法（试行）",)),
    ],
)
def test_outputs(raw: str, expected: tuple[str, ...]) -> None:
    assert tuple(title.replace("(", "（").replace(")", "）") for title in one(raw).outputs) == expected


def test_theme_of_an_item_makes_nothing() -> None:
    text, headings = body("一是建立督办工作机构。组建整改督办专班，开展督查。")
    assert [measure.outputs for measure in find(text, headings)] == [("整改督办专班",)]


def test_measures_answer_the_problem_that_they_stand_under() -> None:
    text, headings = body("整改目标：应收尽收。\n整改情况：已追缴。\n下一步打算：完善制度。", "收费不规范", "problem")
    found = find(text, headings)
    assert said(text, found) == ["已追缴", "完善制度"]
    assert [measure.problem for measure in found] == ["收费不规范"] * 2
    assert [measure.status for measure in found] == ["done", "planned"]


def test_state_of_a_field_is_no_measure_but_a_sentence_on_it_is() -> None:
    assert read("整改情况：已完成整改。制定办法。") == ["制定办法"]
    assert read("制定办法。该问题已完成整改。") == ["制定办法"]


def test_cells_of_a_table_of_problems() -> None:
    rows = [["问题", "整改措施", "责任单位"], ["台账缺失", "一是补建台账。二是组织自查。", "办公室"]]
    cells = [(i, j, words) for i, row in enumerate(rows) for j, words in enumerate(row)]
    lines = [Line(words, 1, cell=CellRef(0, i, j)) for i, j, words in cells]
    text = Text.join([Text.of(n, line.text) for n, line in enumerate(lines)], "\n")
    stated = problems.find(text, [], [], lines, SHIPPED, title=TITLE)
    found = measures.find(text, [], stated, [], [], lines, SHIPPED, title=TITLE)
    assert said(text, found) == ["补建台账", "组织自查"]
    assert {measure.problem for measure in found} == {"台账缺失"}


def test_references_to_dates_and_quantities() -> None:
    raw = "3月2日，局党组清退补贴，共计3.5万元，诫勉谈话2人，培训30人。"
    text, headings = body(raw)

    def at(words: str) -> Span:
        start = text.raw.index(words)
        return Span(start, start + len(words))

    dates = [Date(at("3月2日"), "made", "2023-03-02")]
    quantities = [
        Quantity(at("3.5万元"), "made", 35000, "元", "money"),
        Quantity(at("2人"), "made", 2, "人", "count"),
        Quantity(at("30人"), "made", 30, "人", "count"),
    ]
    (measure,) = find(text, headings, dates, quantities)
    assert measure.actor == "局党组"
    assert (measure.dates, measure.quantities) == ((0,), (0, 1, 2))
    assert [(one.act, one.quantity) for one in measure.recovered] == [("清退", 0)]
    assert [(one.act, one.quantity) for one in measure.accountable] == [("诫勉谈话", 1)]


def test_no_measure_in_another_genre() -> None:
    text, headings = body("制定办法。")
    assert measures.find(text, headings, [], [], [], [Line(text.raw, 1)], SHIPPED, title="政府工作报告") == ()


PARTS = st.lists(
    st.sampled_from(["一是", "二是", "制定办法", "将", "下一步，", "(1)", "。", "；", "\n", "《", "》", "：", " "])
)


@given(PARTS)
def test_items_are_apart_and_in_order(parts: list[str]) -> None:
    words = "".join(parts)
    view = Text.of(0, words).view.text
    found = list(items.cut(view, 0, len(view), SHIPPED.of(MeasureRules)))
    ends = [at for item in found for at in (item.start, item.end)]
    assert ends == sorted(ends)
    assert all(view[item.start : item.end].strip() for item in found)


@given(PARTS)
def test_measures_stand_in_the_body_in_order(parts: list[str]) -> None:
    text, headings = body("".join(parts))
    found = find(text, headings)
    ends = [at for measure in found for at in measure.span]
    assert ends == sorted(ends)
    assert all(headings[0].body.holds(measure.span) for measure in found)
    assert all(title in text.view.text for measure in found for title in measure.outputs)


@pytest.mark.skipif(not (Path(__file__).parents[2] / "shared").is_dir(), reason="the project's shared folder is absent")
def test_an_inspection_is_no_report_on_rectification() -> None:
    from extractor import extract

    report = extract(Path(__file__).parents[2] / "shared/corpus/xunshi-feedback-nankai-university-2021.md")
    assert report.problems == ()
    assert report.measures == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("该问题已完成整改。一是补齐台账。二是组织培训。", ["补齐台账", "组织培训"]),
        ("(责任领导:某局长;完成时限:2023年底)\n(1)补齐台账。\n(2)组织培训。", ["补齐台账", "组织培训"]),
        ("整改情况:\n●补齐台账。\n●组织培训。", ["补齐台账", "组织培训"]),
        ("整改结果:已整改。已补齐台账。", ["已补齐台账"]),
        ("整改结果:已整改。", []),
        ("整改措施:\n1.台账逐月报县局。\n2.3座泵站完工。", ["台账逐月报县局", "3座泵站完工"]),
    ],
)
def test_what_stands_beside_the_measures_of_a_problem_is_none(raw: str, expected: list[str]) -> None:
    assert read(raw, "台账不全", "problem") == expected


def test_fields_under_a_number_that_is_no_problem() -> None:
    text, headings = body("反映问题:粪污直排沟渠。\n处理情况:已清理沟渠。\n办结情况:已办结", "受理编号")
    assert said(text, find(text, headings)) == ["已清理沟渠"]


def test_a_list_goes_on_behind_a_field_in_brackets() -> None:
    raw = "整改措施:\n(1)修订办法。(责任科室:办公室;完成时限:6月底)\n(2)开展自查。(责任科室:财务科;完成时限:7月底)"
    assert read(raw, "经费管理不严", "problem") == ["修订办法", "开展自查"]


@pytest.mark.parametrize("title", ["整改工作体会", "存在的问题和不足", "几点启示"])
def test_sections_that_tell_of_no_act_hold_no_measures(title: str) -> None:
    assert read("1.领导带头。只有主要领导亲自抓,整改才能落实。\n2.台账尚未健全。", title) == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("县局研究提出了处理意见,约谈3家企业。", "县局"),
        ("县委巡察组反馈意见后立即部署整改。", None),
        ("县教育局梳理问题清单,逐项销号。", "县教育局"),
    ],
)
def test_who_found_the_problems_does_not_act(raw: str, expected: str | None) -> None:
    assert one(raw).actor == expected


@pytest.mark.parametrize(
    ("title", "expected"), [("某县督察反馈问题整改方案", "planned"), ("某县整改方案落实情况的报告", "done")]
)
def test_all_that_a_plan_says_is_promised(title: str, expected: str) -> None:
    text, headings = body("制定管理办法。", "台账不全", "problem")
    found = measures.find(text, headings, [], [], [], [Line(text.raw, 1)], SHIPPED, title=title)
    assert [measure.status for measure in found] == [expected]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (["整改落实情况", "已退还3万元。"], ["planned", "done"]),
        (["整改状态", "正在推进"], ["ongoing"]),
        (["整改状态", "未完成"], ["planned"]),
        (["是否完成", "否"], ["planned"]),
        (["进展", "正在推进"], ["ongoing"]),
        (["整改完成情况", "1.已退还。2.已上缴。"], ["planned", "done", "done"]),
        (["整改状态", "已完成"], ["done"]),
    ],
)
def test_tasks_of_a_row_are_as_far_as_the_cell_beside_them_says(beside: list[str], expected: list[str]) -> None:
    header, row = ["问题", "整改措施", beside[0]], ["补贴不实", "清退补贴3万元。", beside[1]]
    lines = [
        Line(words, 1, cell=CellRef(0, i, j)) for i, part in enumerate((header, row)) for j, words in enumerate(part)
    ]
    text = Text.join([Text.of(n, line.text) for n, line in enumerate(lines)], "\n")
    at = text.raw.index("3万元")
    sums = [Quantity(Span(at, at + 3), "made", 30000, "元", "money")]
    stated = problems.find(text, [], [], lines, SHIPPED, title=TITLE)
    found = measures.find(text, [], stated, [], sums, lines, SHIPPED, title=TITLE)
    assert [measure.status for measure in found] == expected
    assert bool(found[0].recovered) == (expected == ["done"])


def test_table_below_a_problem_answers_it() -> None:
    rows = (["整改措施", "责任单位", "整改时限", "落实情况"], ["补齐台账。", "办公室", "6月底", "已补登36份台账。"])
    lines = [Line("台账不全", 1)]
    lines += [Line(words, 1, cell=CellRef(0, i, j)) for i, row in enumerate(rows) for j, words in enumerate(row)]
    text = Text.join([Text.of(n, line.text) for n, line in enumerate(lines)], "\n")
    headings = [Heading(Span(0, 4), "made", "", None, 1, "台账不全", "problem", Span(5, len(text)))]
    stated = problems.find(text, headings, [], lines, SHIPPED, title=TITLE)
    found = measures.find(text, headings, stated, [], [], lines, SHIPPED, title=TITLE)
    assert [text.raw[problem.span.start : problem.span.end] for problem in stated] == ["台账不全"]
    assert [(measure.problem, measure.status) for measure in found] == [("台账不全", "planned"), ("台账不全", "done")]


@pytest.mark.parametrize(
    ("raw", "back"),
    [
        ("追回8万元、剩余4万元正在追缴。", [True, False]),
        ("应追回8万元,已追回4万元。", [False, True]),
        ("下一步,将退还8万元,目前已退还4万元。", [False, True]),
        ("追缴8万元,其中已追缴4万元,尚未到账。", [False, True]),
        ("多付款未及时追回,金额8万元,已收回4万元。", [False, True]),
        ("责令退还的8万元已全部退还,4万元难以追回。", [True, False]),
        ("清退补贴8万元,其中上缴4万元。", [True, False]),
        ("应收缴的罚没收入8万元已收缴4万元。", [False, True]),
        ("追回8万元、罚款4万元。", [True, False]),
        ("清退补贴8万元。另上缴4万元。", [True, True]),
    ],
)
def test_money_that_has_yet_to_come_back_is_not_recovered(raw: str, back: list[bool]) -> None:
    text, headings = body(raw)
    spans = [Span(at, at + 3) for at in (text.raw.index("8万元"), text.raw.index("4万元"))]
    sums = [Quantity(span, "made", n, "元", "money") for n, span in enumerate(spans, 1)]
    found = find(text, headings, quantities=sums)
    assert [i in {one.quantity for measure in found for one in measure.recovered} for i in (0, 1)] == back


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("县局研究提出了办理意见:将在编制规划中统筹考虑。", ["planned"]),
        ("县局意见:根据有关规定,县局将对已列入规划的项目给予支持。", ["planned"]),
        ("县局意见:已安排补助资金。\n", ["done"]),
        ("你省建议有关部门加强监测。", []),
        ("有关工作应请地方政府按照规划抓好落实。", []),
        ("为解决资金问题,建议你县加快推进改革。", []),
    ],
)
def test_replies_to_requests(raw: str, expected: list[str]) -> None:
    text, headings = body(raw, "电网建设资金", "problem")
    assert [measure.status for measure in find(text, headings)] == expected
