"""What people would rather look at: problems by category and state, measures by section, money, dated acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.pages.charts import Act, Bar, Part, bars, calendar
from extractor.pages.charts.calendar import days
from extractor.records import Measure, Problem, Record, Report
from extractor.terms import STATE, STATUS
from extractor.writers.page.cards import CHIP
from extractor.writers.sections import section_index

MOST_ROWS, MOST_SUMS, FEWEST = 14, 10, 3
STATES = [
    Part("good", STATE["completed"]),
    Part("open", STATE["ongoing"]),
    Part("bad", STATE["not_completed"]),
    Part("none", "未载明"),
]
ANSWERED = [Part("good", "措施均称已办"), Part("open", "有措施在办或待办"), Part("bad", "未见措施")]
STATUSES = [Part("good", STATUS["done"]), Part("open", STATUS["ongoing"]), Part("plan", STATUS["planned"])]
ACTS = [*STATUSES, Part("measure", "时限"), Part("none", "其他")]


class Chart(NamedTuple):
    title: str
    note: str
    drawn: Markup


def charts(report: Report) -> list[Chart]:
    """Those that the report has something for."""
    return [chart for make in (_problems, _measures, _money, _acts) for chart in make(report)]


def _problems(report: Report) -> Iterator[Chart]:
    parents = {(problem.doc, problem.parent) for problem in report.problems}
    asked = [problem for problem in report.problems if (problem.doc, problem.text) not in parents]
    if not asked:
        return
    if any(problem.state for problem in asked):
        counted = [(problem, CHIP[problem.state] if problem.state else "none") for problem in asked]
        yield Chart("问题：按方面和报告所称状态", "状态均为报告所称。", _counted(report, counted, STATES, "问题"))
    else:
        counted = [(problem, _answered(report, problem)) for problem in asked]
        note = "报告未逐项写明状态，这里看各问题之下的措施；状态据语气判断，销号须由人认定。"
        yield Chart("问题：按方面和所列措施", note, _counted(report, counted, ANSWERED, "问题"))


def _answered(report: Report, problem: Problem) -> str:
    found = {m.status for m in report.measures if m.doc == problem.doc and m.problem == problem.text}
    return "bad" if not found else "good" if found == {"done"} else "open"


def _measures(report: Report) -> Iterator[Chart]:
    if len(report.measures) >= FEWEST:
        counted = [(measure, CHIP[measure.status]) for measure in report.measures]
        yield Chart("措施：按方面和办理情况", "办理情况据语气判断。", _counted(report, counted, STATUSES, "措施"))


def _counted(report: Report, found: Sequence[tuple[Record, str]], parts: Sequence[Part], label: str) -> Markup:
    """Records by the section they stand in, in order of the text; by wider sections where there are too many."""
    for level in (9, 3, 2, 1):
        places = [section_index(record, report, level) for record, _ in found]
        if len(set(places)) <= MOST_ROWS:
            break
    counts: dict[int, Counter[str]] = {}
    for place, (_, key) in sorted(zip(places, found, strict=True), key=lambda pair: pair[0]):
        counts.setdefault(place, Counter())[key] += 1
    rows = [
        Bar(
            report.headings[i].title if i >= 0 else "（未分方面）", count, href=f"#at-heading-{i + 1}" if i >= 0 else ""
        )
        for i, count in counts.items()
    ]
    return bars(rows, parts, label=label)


def _money(report: Report) -> Iterator[Chart]:
    """The largest sums of the prose; those of tables have their columns to be compared in."""
    sums = [
        (quantity.value, i, quantity)
        for i, quantity in enumerate(report.quantities, 1)
        if quantity.dimension == "money" and quantity.unit == "元" and not quantity.cell
        and isinstance(quantity.value, (int, float))
    ]  # fmt: skip
    if len(sums) < FEWEST:
        return
    largest = sorted(sums, key=lambda one: (-one[0], one[1]))[:MOST_SUMS]
    rows = [
        Bar(q.noun or "（未写明名称）", {"quantity": value}, q.text, f"#at-quantity-{i}") for value, i, q in largest
    ]
    note = f"正文共 {len(sums)} 笔，列最大的 {len(rows)} 笔；同一笔钱写了两次就有两条。"
    yield Chart("金额：正文中最大的数", note, bars(rows, [Part("quantity", "金额")], label="金额"))


def _acts(report: Report) -> Iterator[Chart]:
    named = {i: measure for measure in report.measures for i in measure.dates}
    deadlines = {(problem.doc, problem.deadline) for problem in report.problems}
    acts = [
        Act(
            date.value, _kind(named.get(i), (date.doc, date.text) in deadlines),
            _words(date, named.get(i)), f"#at-date-{i + 1}",
        )
        for i, date in enumerate(report.dates)
        if days(date.value)
    ]  # fmt: skip
    if len(acts) >= FEWEST:
        note = f"写到日或月的 {len(acts)} 个日期；一点是一天，一条是一段时间，点开见原文。"
        yield Chart("日历：有日期的事", note, calendar(acts, ACTS, label="日历"))


def _kind(measure: Measure | None, deadline: bool) -> str:
    return "measure" if deadline else CHIP[measure.status] if measure else "none"


def _words(date: Record, measure: Measure | None) -> str:
    return f"{date.text}：{measure.text[:60]}" if measure else date.text
