"""Charts over the archive, or over one body: figures through the years, problems by category and state, dated acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from extractor.comparison.records import Comparison, Indicator
from extractor.pages.charts import Act, Bar, Figure, Point, bars, calendar, multiples
from extractor.pages.charts.calendar import days
from extractor.store.keep import opened
from extractor.web.desk import Desk
from extractor.web.making import compared, waiting
from extractor.web.overview import Line, Overview, bodies, overview
from extractor.web.pages import address, page
from extractor.web.queries import number
from extractor.writers.page.cards import CHIP
from extractor.writers.page.figures import ACTS, STATES, Chart

WIDE = 1180  # pixels
MOST_FIGURES, MOST_BARS, MOST_ACTS = 12, 20, 150
_PROBLEMS = """
    SELECT p.file, p.text, coalesce(p.parent, p.section, ''), p.state FROM problems p SEMI JOIN v_originals USING (file_id)
    WHERE NOT EXISTS (FROM problems c WHERE c.parent_id = p.id) ORDER BY p.id"""
_MEASURES = """
    SELECT m.file, d.value, m.status, d.text || '：' || left(m.text, 60), d.n
    FROM (SELECT *, unnest(date_ids) AS date_id FROM measures) m JOIN dates d ON d.id = m.date_id
    SEMI JOIN v_originals f ON f.file_id = m.file_id ORDER BY d.id"""


def charts(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    body = request.query_params.get("body", "")
    every = overview(desk)
    known = dict(bodies(every))
    if body in known and (page_of_steps := waiting(desk, body, "/charts")):
        return page_of_steps
    lines = [line for line in _once(every) if body in ("", line.body)]
    years = sorted({line.year for line in lines if line.year})
    year = number(request, "year") or (years[-1] if years else 0)
    drawn = [*(_figures(compared(desk, body)[0]) if body in known else ())]
    if desk.rows:
        drawn += [*_problems(desk, lines, body), *_acts(desk, lines, year)]
    return page(
        "web/charts.html", scripts=(), here="/charts", charts=drawn, body=body, year=year, years=years,
        bodies=sorted({line.body for line in every.lines if line.body}), several=body in known,
    )  # fmt: skip


def _once(every: Overview) -> list[Line]:
    """The reports that were read, one for each year of a series: a report that is there as .docx and .pdf counts once."""
    members = {every.files[member.report] for one in every.series for member in one.members}
    placed = {(one.body, one.kind) for one in every.series}
    return [
        line
        for line in every.lines
        if line.status != "failed" and (line.label in members or (line.body, line.kind) not in placed)
    ]


def _figures(comparison: Comparison) -> Iterator[Chart]:
    """Those that most years have, and of these the first that the reports state."""
    found = [
        row for row in comparison.indicators if row.scope == "achieved" and not row.table and len(_points(row)) > 1
    ]
    found.sort(key=lambda row: -len(row.cells))
    if found:
        figures = [
            Figure(f"{row.indicator}（{row.unit}）" if row.unit else row.indicator, _points(row)) for row in found
        ]
        note = (
            f"有两年以上的 {len(found)} 个，列 {min(len(found), MOST_FIGURES)} 个，各用自己的比例；年度是报告的年度。"
        )
        yield Chart("数字：历年", note, multiples(figures[:MOST_FIGURES]))


def _points(row: Indicator) -> list[Point]:
    return [
        Point(int(year), float(cell.value), cell.text)
        for year, cell in sorted(row.cells.items())
        if isinstance(cell.value, int | float)
    ]


def _problems(desk: Desk, lines: list[Line], body: str) -> Iterator[Chart]:
    """By category within a body, by report over the archive; categories that most problems have first."""
    wanted = {line.label: line for line in lines}
    counts: dict[str, Counter[str]] = {}
    for file, text, path, state in _rows(desk, _PROBLEMS):
        if file in wanted:
            line = wanted[file]
            name = f"{line.year or ''} {_category(text, path) if body else f'{line.body} {line.kind}'}".strip()
            counts.setdefault(name or "（未分类）", Counter())[CHIP[state] if state else "none"] += 1
    if counts:
        most = sorted(counts.items(), key=lambda pair: -pair[1].total())[:MOST_BARS]
        shown = [(name, count) for name, count in counts.items() if (name, count) in most] if body else most
        rows = [Bar(name, count, str(count.total())) for name, count in shown]
        note = f"共 {sum(count.total() for count in counts.values())} 个问题；状态均为报告所称。"
        yield Chart(
            f"问题：按{'年度、方面' if body else '报告'}和状态", note, bars(rows, STATES, label="问题", wide=WIDE)
        )


def _category(text: str, path: str) -> str:
    """The innermost section of a path that is not the heading of the problem itself."""
    sections = [section for section in path.split(" / ") if text not in section]
    return sections[-1] if sections else ""


def _acts(desk: Desk, lines: list[Line], year: int) -> Iterator[Chart]:
    """What measures date, in one year; a day that several of them name stands for each."""
    wanted = {line.label for line in lines}
    found = [
        Act(value, CHIP[status], words, address("/report", f"at-date-{n + 1}", file=file))
        for file, value, status, words, n in _rows(desk, _MEASURES)
        if file in wanted and (at := days(value)) and at[0].year == year
    ]
    if found:
        note = (
            f"{year} 年措施中写到日或月的 {len(found)} 个日期"
            + (f"，画前 {MOST_ACTS} 个" if len(found) > MOST_ACTS else "")
            + "；点开见原文。"
        )
        yield Chart("日历：有日期的事", note, calendar(found[:MOST_ACTS], ACTS, label="日历", wide=WIDE))


def _rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with opened(desk.archive, lambda line: None) as db:
        return db.execute(sql).fetchall()
