"""Problems: headings, labelled fields, tables; and what is no rectification report."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import rules
from extractor.finders import problems
from extractor.finders.problems.labels import fields, kind_of
from extractor.finders.problems.rectification import reports
from extractor.found import Date, Heading, Problem
from extractor.source import CellRef, Line
from extractor.text import Span, Text

SHIPPED = rules.load()
TITLE = "关于巡察整改情况的报告"


def document(*parts: tuple[int, str, str, str]) -> tuple[Text, list[Heading]]:
    """(level, kind, title, body) … → a text in which each title is a line, and its headings."""
    raw, headings = "", []
    for level, kind, title, body in parts:
        start = len(raw)
        raw += title + "\n"
        headings.append((level, kind, title, Span(start, start + len(title)), Span(len(raw), len(raw) + len(body))))
        raw += body + "\n"
    made = [
        Heading(span, "made", "", None, level, title, "problem" if kind == "problem" else "section", body)
        for level, kind, title, span, body in headings
    ]
    return Text.of(0, raw), made


def table(*rows: Sequence[str]) -> tuple[Text, list[Line]]:
    """A text whose every line is a cell."""
    cells = [(i, j, words) for i, row in enumerate(rows) for j, words in enumerate(row)]
    lines = [Line(words, 1, cell=CellRef(0, i, j)) for i, j, words in cells]
    return Text.join([Text.of(n, line.text) for n, line in enumerate(lines)], "\n"), lines


def find(text: Text, headings: Sequence[Heading], dates: Sequence[Date] = (), title: str = TITLE) -> list[Problem]:
    return list(problems.find(text, headings, dates, [Line(text.raw, 1)], SHIPPED, title=title))


def said(text: Text, found: Sequence[Problem]) -> list[str]:
    return [text.raw[problem.span.start : problem.span.end] for problem in found]


def test_parent_is_the_enclosing_problem_not_the_enclosing_section() -> None:
    text, headings = document(
        (1, "section", "整改情况", ""),
        (2, "problem", "制度不健全", ""),
        (3, "problem", "台账缺失", "已补建。"),
        (2, "problem", "把关不严", "已补审。"),
    )
    found = find(text, headings)
    assert said(text, found) == ["制度不健全", "台账缺失", "把关不严"]
    assert [problem.parent for problem in found] == [None, "制度不健全", None]
    assert [problem.level for problem in found] == [2, 3, 2]


def test_words_stand_where_the_title_stands_though_print_broke_them() -> None:
    raw = "1.“台账\n 缺失”问题\n已补建。"
    heading = Heading(Span(0, 9), "made", "1.", 1, 1, "台账缺失", "problem", Span(12, len(raw)))
    found = find(Text.of(0, raw), [heading])
    assert "".join(said(Text.of(0, raw), found)[0].split()) == "台账缺失"


def test_fields_go_into_the_problem_above_them() -> None:
    body = "责任单位：区教育局、区财政局\n整改时限：2022年底\n整改目标：应收尽收\n整改进展情况：已完成。（1）制定办法。"
    text, headings = document((1, "problem", "收费不规范", body), (1, "problem", "账实不符", "已核对。"))
    at = text.raw.index("2022年底")
    first, second = find(text, headings, [Date(Span(at, at + 6), "made", "2022-12")])
    assert first.responsible == ("区教育局", "区财政局")
    assert (first.deadline, first.deadline_value, first.progress) == ("2022年底", "2022-12", "已完成")
    assert (second.responsible, second.deadline, second.progress) == (None, None, None)


def test_fields_in_one_line() -> None:
    text, headings = document(
        (1, "problem", "收费不规范", "责任单位：区教育局 责任人：李某 整改时限：立行立改 整改情况：已退费。")
    )
    (problem,) = find(text, headings)
    assert (problem.responsible, problem.deadline) == (("区教育局", "李某"), "立行立改")


def test_deadline_without_a_date_keeps_its_words_only() -> None:
    text, headings = document((1, "problem", "学习不深", "整改时限：立行立改，长期坚持\n整改情况：已学习。"))
    (problem,) = find(text, headings)
    assert (problem.deadline, problem.deadline_value) == ("立行立改，长期坚持", None)


def test_labelled_problem_without_a_heading_of_its_own() -> None:
    text, headings = document((1, "section", "整改情况", "反馈问题：台账登记不全。\n责任人：李某\n整改情况：已补建。"))
    (problem,) = find(text, headings)
    assert said(text, [problem]) == ["台账登记不全"]
    assert problem.responsible == ("李某",)
    assert problem.level == 2


def test_numbered_item_with_the_fields_of_a_problem_is_one() -> None:
    text, headings = document((1, "section", "污水厂建设", "责任单位：某市\n整改时限：年底\n整改情况：已建成。"))
    found = find(text, headings)
    assert said(text, found) == ["污水厂建设"]
    assert problems.marked(text, headings, found, SHIPPED)[0].kind == "problem"


def test_titles_that_all_say_what_was_wrong_are_problems() -> None:
    text, headings = document((1, "section", "未及时结算", "已结算。"), (1, "section", "多付工程款", "已追回。"))
    assert said(text, find(text, headings)) == ["未及时结算", "多付工程款"]


def test_titles_of_measures_are_no_problems() -> None:
    text, headings = document((1, "section", "提高站位", "已学习。"), (1, "section", "压实责任", "已部署。"))
    assert find(text, headings) == []


def test_rows_of_a_table() -> None:
    text, lines = table(
        ["序号", "突出问题", "具体问题", "整改措施", "责任单位", "完成时限", "整改状态"],
        ["1", "学习不深", "1.研讨少。", "制定计划。", "机关党委", "6月底", "已完成"],
        ["2", "", "笔记缺失", "组织补记。", "办公室\n机关党委", "长期坚持", "持续推进中"],
    )
    found = list(problems.find(text, [], [], lines, SHIPPED, title=TITLE))
    assert said(text, found) == ["学习不深", "研讨少", "笔记缺失"]
    assert [problem.responsible for problem in found] == [None, ("机关党委",), ("办公室", "机关党委")]
    assert [problem.progress for problem in found] == [None, "已完成", "持续推进中"]
    assert [problem.parent for problem in found] == [None, "学习不深", "学习不深"]


def test_column_of_sums_is_no_column_of_problems() -> None:
    text, lines = table(["审计查出问题", "问题金额（万元）", "整改时限"], ["多付工程款", "41.2", "6月底"])
    assert said(text, problems.find(text, [], [], lines, SHIPPED, title=TITLE)) == ["多付工程款"]


def test_form_of_labels_and_values() -> None:
    text, lines = table(["整改任务", "建成污水厂"], ["整改时限", "立行立改", "责任单位", "某市"])
    (problem,) = problems.find(text, [], [], lines, SHIPPED, title=TITLE)
    assert (problem.deadline, problem.responsible) == ("立行立改", ("某市",))


def test_form_that_names_no_problem_states_none() -> None:
    text, lines = table(
        ["整改措施", "措施序号（3）：建成污水厂。"],
        ["整改时限", "2023年底前"],
        ["整改落实情况", "已建成并通水。"],
    )
    assert problems.find(text, [], [], lines, SHIPPED, title=TITLE) == ()


def test_label_of_problems_that_comes_again_opens_the_next_form() -> None:
    text, lines = table(
        ["反馈问题", "污水直排"], ["整改时限", "6月底"], ["反馈问题", "台账不全"], ["整改时限", "7月底"]
    )
    found = problems.find(text, [], [], lines, SHIPPED, title=TITLE)
    assert [(said(text, [problem]), problem.deadline) for problem in found] == [
        (["污水直排"], "6月底"),
        (["台账不全"], "7月底"),
    ]


def test_details_under_one_merged_problem_are_problems() -> None:
    text, lines = table(
        ["反馈问题", "具体表现", "责任单位", "整改状态"],
        ["财务不规范", "多付工程款", "财务股", "正在推进"],
        ["", "台账不全", "办公室", "已完成"],
    )
    found = list(problems.find(text, [], [], lines, SHIPPED, title=TITLE))
    assert said(text, found) == ["财务不规范", "多付工程款", "台账不全"]
    assert [problem.parent for problem in found] == [None, "财务不规范", "财务不规范"]
    assert [problem.progress for problem in found] == [None, "正在推进", "已完成"]


def test_date_that_fills_a_cell_is_not_the_day_of_the_state() -> None:
    text, lines = table(["问题", "整改时限", "整改状态"], ["台账不全", "2023年12月31日", "已完成"])
    at = text.raw.index("2023")
    days = [Date(Span(at, at + len("2023年12月31日")), "made", "2023-12-31")]
    (problem,) = problems.find(text, [], days, lines, SHIPPED, title=TITLE)
    assert (problem.state, problem.as_of) == ("completed", None)


def test_table_of_anything_else_holds_no_problem() -> None:
    text, lines = table(["项目", "金额"], ["问题线索", "3"])
    assert problems.find(text, [], [], lines, SHIPPED, title=TITLE) == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于审计整改情况的报告", True),
        ("巡视整改进展情况通报", True),
        ("政府工作报告", False),
        ("2023年度工作总结", False),
        ("在巡察整改动员会上的讲话", False),
        ("第一巡视组反馈巡视情况", False),
        ("审计整改跟踪督导制度", False),
        ("代表建议、批评和意见办理情况的报告", False),
        ("常务会议确定事项落实情况的通报", False),
        ("巡察移交事项办理情况的报告", True),
    ],
)
def test_title_tells_the_genre(title: str, expected: bool) -> None:
    assert reports(title, Text.of(0, "正文。"), [], SHIPPED) is expected


def test_headings_and_lead_tell_it_where_the_title_is_lost() -> None:
    text, headings = document((1, "section", "整改落实工作总体情况", "已部署。"))
    assert reports("", text, headings, SHIPPED)
    assert reports("", Text.of(0, "现将巡察整改情况报告如下。"), [], SHIPPED)
    assert not reports("", Text.of(0, "现将有关情况报告如下。"), [], SHIPPED)


@given(st.text("责任单位整改情况时限:：。\n1()【】已完成 ", max_size=60))
def test_fields_are_in_order_and_apart(raw: str) -> None:
    text = Text.of(0, raw)
    found = fields(text, Span(0, len(raw)), SHIPPED)
    ends = [at for field in found for at in (field.label.start, field.label.end, field.span.end)]
    assert ends == sorted(ends)
    assert all(end <= len(raw) for end in ends)


@pytest.mark.parametrize(
    ("words", "progress", "state"),
    [
        ("该问题正在整改中。已约谈两家单位。", "正在整改中", "ongoing"),
        ("我单位已完成整改。一是补齐台账。", "已完成整改", "completed"),
        ("部分整改,已收回欠款。", "部分整改", "mostly_completed"),
        ("(已完成,长期坚持)\n补齐台账。", "已完成,长期坚持", "completed"),
        ("(责任领导:某局长;完成时限:2023年10月,已完成)\n补齐台账。", "已完成", "completed"),
        ("(责任领导:某局长;完成时限:立行立改,长期坚持)\n补齐台账。", None, None),
        ("持续推进,补齐台账。", None, None),
    ],
)
def test_state_is_named_beside_the_problem_or_at_the_head_of_its_body(
    words: str, progress: str | None, state: str | None
) -> None:
    (problem,) = find(*document((1, "problem", "台账不全", words)))
    assert (problem.progress, problem.state) == (progress, state)


def test_numbered_sentences_below_a_problem_are_no_headings() -> None:
    raw = "1.台账不全的问题(1)制定办法。(2)补齐台账。"
    spans = [(0, 9, 9), (9, 16, 17), (17, 24, 25)]
    headings = [
        Heading(Span(a, b), "made", raw[a : a + 3], 1, 1 + (a > 0), raw[a + 3 : b], "section", Span(c, c))
        for a, b, c in spans
    ]
    headings[0] = Heading(Span(0, 9), "made", "1.", 1, 1, "台账不全", "problem", Span(9, 9))
    text = Text.of(0, raw)
    (kept,) = problems.marked(text, headings, find(text, headings), SHIPPED)
    assert (kept.title, kept.body) == ("台账不全", Span(9, 25))


def test_the_word_problem_that_closes_a_bare_title_is_none_of_its_words() -> None:
    text, headings = document(
        (1, "section", "挪用专项资金问题", "已归还。"), (1, "section", "资产闲置的问题", "已出租。")
    )
    found = find(text, headings)
    assert said(text, found) == ["挪用专项资金", "资产闲置"]
    assert [(h.kind, h.title) for h in problems.marked(text, headings, found, SHIPPED)] == [
        ("problem", "挪用专项资金"),
        ("problem", "资产闲置"),
    ]


@pytest.mark.parametrize(
    ("second", "progress"),
    [("进展情况:已完成。评查案卷。", "已完成"), ("进展情况:制定办法。", None), ("进展情况:持续推进。", None)],
)
def test_parts_of_a_problem_that_disagree_give_it_no_state(second: str, progress: str | None) -> None:
    text, headings = document(
        (1, "problem", "监管不力", ""),
        (2, "section", "开展检查", "责任领导:王某\n进展情况:已完成。检查食堂。"),
        (2, "section", "健全机制", f"责任领导:王某\n{second}"),
    )
    (problem,) = find(text, headings)
    assert (problem.progress, problem.responsible) == (progress, ("王某",))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("整改人", "responsible"),
        ("整改标准", "aside"),
        ("问题表现", "problem"),
        ("整改进展情况(6月底)", "measures"),
        ("备查栏", None),
    ],
)
def test_header_of_a_column(header: str, kind: str | None) -> None:
    assert kind_of(header, SHIPPED) == kind


def test_a_list_that_ends_in_what_was_wrong_keeps_its_noun() -> None:
    text, headings = document((1, "problem", "存在不作为、慢作为等突出问题", "已约谈。"))
    assert said(text, find(text, headings)) == ["存在不作为、慢作为等突出问题"]


def test_a_list_of_what_is_left_is_no_problem_but_a_quoted_finding_is() -> None:
    text, headings = document(
        (1, "section", "整改情况", "反馈指出:“台账不全。”\n整改:已补建。"),
        (1, "section", "常态长效", "已修订制度。\n存在的主要问题:一是个别单位整改不深入。二是机制有待健全。"),
    )
    assert said(text, find(text, headings)) == ["台账不全"]
