"""The figures of a document: those of its prose, named by their clauses, and those of its tables, by their labels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.comparison.indicators import grids, readings, scopes
from extractor.comparison.indicators.clauses import Amount
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.records import Kind, Scope
from extractor.records import Quantity, Report
from extractor.text import View, fold

_NUMBER = regex.compile(r"[\d.,%]+|[一二两三四五六七八九十百千万亿]+(?=[个项家名次户])")


class Figure(NamedTuple):
    """A figure and what it is matched by.

    `marks` are the words of the name without which it is another's (城镇), `rivals` those that exclude others (开工), `frame` the words around it without numbers,
    `order` where it stands, 0 to 1. `value` is in the base unit of `measure`; `rough` says that the report rounds it (超过6万亿元), `late` that the words
    of a period hold it, but say how much there was in the end.
    """

    quantity: Quantity
    name: str
    plain: str
    marks: frozenset[str]
    rivals: frozenset[str]
    kind: Kind
    nature: readings.Nature
    scope: Scope
    measure: str
    value: float | None
    falls: bool
    rough: bool
    late: bool
    frame: str
    heading: str
    order: float
    table: bool


def read(report: Report, doc: int, rules: IndicatorRules) -> list[Figure]:
    """All figures that have a name, in order; those of tables after those of prose."""
    return [*_prose(report, doc, rules), *_tables(report, doc, rules)]


def _prose(report: Report, doc: int, rules: IndicatorRules) -> Iterator[Figure]:
    document = report.documents[doc]
    view = View(fold(document.text))
    headings = [heading for heading in report.headings if heading.doc == doc]
    starts = [view.index(heading.span.start) for heading in headings]
    amounts = [
        Amount(view.index(one.span.start), view.index(one.span.end), one)
        for one in report.quantities
        if one.doc == doc and one.cell is None
    ]
    planned = [one.span for one in report.measures if one.doc == doc and one.status == "planned"]
    at = [one.start for one in amounts]
    when = scopes.years(document, headings, rules)
    last, told = None, list[scopes.Cue]()
    for sentence in scopes.sentences(view.text, document, headings, starts, rules):
        inside = amounts[bisect_left(at, sentence.start) : bisect_left(at, sentence.end)]
        if not inside or sentence.scope == "none":
            continue
        told = [
            *scopes.carried(view.text, sentence, last, told),
            *scopes.cues(view.text, sentence, when.planned, rules),
        ]
        last = sentence
        for reading in readings.read(view.text, sentence.start, sentence.end, inside, rules):
            span = reading.amount.quantity.span
            scope = scopes.of_clause(sentence, told, reading.clause, reading.amount.start)
            if any(one.start <= span.start < one.end for one in planned):
                scope = "target"
            if scope != "none":
                yield _figure(view.text, sentence, reading, scope, rules)


def _figure(
    text: str, sentence: scopes.Sentence, reading: readings.Reading, scope: Scope, rules: IndicatorRules
) -> Figure:
    amount, quantity = reading.amount, reading.amount.quantity
    late = scope == "period" and reading.kind != "growth" and _lasting(text, sentence, reading, rules)
    measure = rules.measure(quantity.unit or _people(quantity, rules))
    before, behind = text[max(sentence.start, amount.start - 30) : amount.start], text[amount.end : amount.end + 20]
    frame = f"{before}#{behind.splitlines()[0] if behind else ''}"
    return Figure(
        quantity=quantity, name=reading.name, plain=(plain := rules.plain(reading.name)), marks=rules.marks(plain), rivals=rules.rivals(plain), kind=reading.kind,
        nature=reading.nature, scope="achieved" if late else scope, measure=measure.id, value=_value(quantity, measure.factor),
        falls=reading.falls, rough=reading.rough, late=late,
        frame=_NUMBER.sub("", frame), heading=sentence.heading,
        order=amount.start / max(len(text), 1), table=False,
    )  # fmt: skip


def _lasting(text: str, sentence: scopes.Sentence, reading: readings.Reading, rules: IndicatorRules) -> bool:
    """Is it a stock (总量达到90万户), a share (优质品占比60%), a place in this year's list (3家企业位列百强)?"""
    if reading.amount.quantity.dimension == "percent":
        return not reading.falls
    if reading.level:
        return not any(word in text[reading.clause : reading.amount.start] for word in rules.words("flow"))
    behind = text[reading.amount.end : min(sentence.end, reading.amount.end + 20)]
    return any(word in regex.split("[,、]", behind)[0] for word in rules.words("yearly"))


def _people(quantity: Quantity, rules: IndicatorRules) -> str | None:
    """90多万学生 are 人."""
    return "人" if any(word in (quantity.noun or "") for word in rules.words("people")) else None


def _value(quantity: Quantity, factor: float) -> float | None:
    value = quantity.value
    if value is None:
        return None
    return (sum(value) / 2 if isinstance(value, tuple) else value) * factor


def _tables(report: Report, doc: int, rules: IndicatorRules) -> Iterator[Figure]:
    document = report.documents[doc]
    found = scopes.of_title(document.title, rules)
    for cell in grids.read(report, doc, rules):
        measure = rules.measure(cell.quantity.unit)
        growth = cell.quantity.dimension in ("percent", "percentage_point") and cell.grows
        kind: Kind = "growth" if growth else "count" if cell.quantity.dimension == "count" else "value"
        yield Figure(
            quantity=cell.quantity, name=cell.name, plain=(plain := rules.plain(cell.name)), marks=rules.marks(plain), rivals=frozenset(), kind=kind, nature="whole", scope=found,
            measure=measure.id, value=_value(cell.quantity, measure.factor), falls=False, rough=False, late=False,
            frame=cell.frame, heading=cell.caption, order=cell.quantity.span.start / max(len(document.text), 1), table=True,
        )  # fmt: skip
