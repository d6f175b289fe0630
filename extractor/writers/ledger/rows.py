"""Rows of a ledger: a problem with its measures, or a planned measure, each cell as the report words it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractor.records import Date, Heading, Measure, Problem, Quantity, Record, Report
from extractor.terms import MODE, STATE, STATUS
from extractor.writers.ledger.rulefile import Column, Field, Profile
from extractor.writers.sections import heading_index, section_index


@dataclass(frozen=True)
class Row:
    """`record` is what the row is about: a problem, a measure, or the section whose measures answer no problem.

    `body` is the name of the body that the report is of.
    """

    number: int
    record: Record
    report: Report
    measures: tuple[Measure, ...]
    body: str = ""

    @property
    def problem(self) -> Problem | None:
        return self.record if isinstance(self.record, Problem) else None


def rows(report: Report, profile: Profile, body: str = "") -> list[Row]:
    """The rows of a report under a profile. A report without problems has a row per section that has measures."""
    if profile.rows == "planned":
        planned = [m for m in report.measures if m.status != "done"]
        return [Row(i, measure, report, (measure,), body) for i, measure in enumerate(planned, 1)]
    if report.problems:
        return [Row(i, p, report, _answers(report, p), body) for i, p in enumerate(report.problems, 1)]
    sections: dict[int, list[Measure]] = {}
    for measure in report.measures:
        sections.setdefault(heading_index(measure, report), []).append(measure)
    named = [(report.headings[i], tuple(found)) for i, found in sections.items() if i >= 0]
    return [Row(i, heading, report, found, body) for i, (heading, found) in enumerate(named, 1)]


def _answers(report: Report, problem: Problem) -> tuple[Measure, ...]:
    return tuple(m for m in report.measures if m.doc == problem.doc and m.problem == problem.text)


def _section(row: Row) -> str:
    """The title of the section that a row stands in."""
    i = section_index(row.record, row.report)
    return row.report.headings[i].title if i >= 0 else ""


def _numbered(measures: Iterable[Measure]) -> str:
    texts = [measure.text for measure in measures]
    return texts[0] if len(texts) == 1 else "\n".join(f"{i}. {text}" for i, text in enumerate(texts, 1))


def _progress(row: Row) -> str:
    """The state as the report words it; where it names none, how far its measures are."""
    if row.problem and row.problem.progress:
        return row.problem.progress
    counts = Counter(measure.status for measure in row.measures)
    return "，".join(f"{STATUS[status]}{counts[status]}项" for status in STATUS if counts[status])


def _money(row: Row) -> str:
    """Amounts in the problem's own words and in what is said before its first measure."""
    start, end = row.record.span.start, max(_lead_end(row), row.record.span.end)
    found = [q for q in row.report.quantities if q.doc == row.record.doc and start <= q.span.start < end]
    return "、".join(q.text for q in found if q.dimension == "money")


def _lead_end(row: Row) -> int:
    """Where its first measure begins."""
    return row.measures[0].span.start if row.measures else row.record.span.end


def _description(row: Row) -> str:
    text = row.report.documents[row.record.doc].text[row.record.span.end : _lead_end(row)]
    return text.strip(" \n　“”\"':：。；;") if row.problem and len(text.strip()) > 20 else ""


def _sums(row: Row, name: str) -> str:
    quantities: tuple[Quantity, ...] = row.report.quantities
    return "、".join(f"{s.act}{quantities[s.quantity].text}" for m in row.measures for s in getattr(m, name))


def _titled(title: str, measure: Measure) -> str:
    """In 《》 where the report prints it so: 成立工作专班 makes no paper."""
    return f"《{title}》" if f"《{title}》" in measure.text else title


def _deadline(row: Row) -> str:
    if row.problem:
        return row.problem.deadline or ""
    dates = [(m, row.report.dates[i]) for m in row.measures for i in m.dates]
    return "、".join(dict.fromkeys(date.text for measure, date in dates if _is_due(measure, date)))


def _is_due(measure: Measure, date: Date) -> bool:
    """Does a date say until when something is to be done? It opens a plan, or closes what is planned or under way."""
    if measure.status == "done" or date.bound == "since":
        return False
    opens = measure.status == "planned" and date.span.start == measure.span.start
    return opens or date.bound == "until" or date.text.endswith(("底", "末"))


def _responsible(row: Row) -> str:
    if row.problem:
        return "、".join(row.problem.responsible or ())
    return "、".join(dict.fromkeys(m.actor for m in row.measures if m.actor))


def cell(row: Row, column: Column) -> str | int:
    """What stands in a column of a row."""
    labelled = [label.text for label in row.problem.labels if label.label in column.labels] if row.problem else []
    return "；".join(labelled) or FIELDS[column.field](row)


FIELDS: dict[Field, Callable[[Row], str | int]] = {
    "number": lambda row: row.number,
    "title": lambda row: row.report.documents[row.record.doc].title,
    "issuer": lambda row: row.report.documents[row.record.doc].issuer or "",
    "body": lambda row: row.body or row.report.documents[row.record.doc].issuer or "",
    "parent": lambda row: (row.problem and row.problem.parent) or _section(row),
    "problem": lambda row: row.problem.text if row.problem else "",
    "task": lambda row: row.record.title if isinstance(row.record, Heading) else row.record.text,
    "description": _description,
    "money": _money,
    "measures": lambda row: _numbered(row.measures),
    "done": lambda row: _numbered(m for m in row.measures if m.status == "done"),
    "next": lambda row: _numbered(m for m in row.measures if m.status == "planned"),
    "deadline": _deadline,
    "responsible": _responsible,
    "progress": _progress,
    "state": lambda row: STATE[row.problem.state] if row.problem and row.problem.state else "",
    "mode": lambda row: MODE[row.problem.mode] if row.problem and row.problem.mode else "",
    "outputs": lambda row: "\n".join(_titled(title, m) for m in row.measures for title in m.outputs),
    "recovered": lambda row: _sums(row, "recovered"),
    "accountable": lambda row: _sums(row, "accountable"),
    "person": lambda row: "",
}
