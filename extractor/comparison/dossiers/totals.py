"""The number of problems of a round: what the feedback says, what the report says, and what the report counts up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor import numerals
from extractor.comparison.dossiers import contradictions
from extractor.comparison.dossiers.years import Years
from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Dossier, Place, Series, Station
from extractor.comparison.stated import ContradictionRules
from extractor.fingerprints import fingerprint
from extractor.records import Span
from extractor.text import fold

_SAME = 0.5  # a smaller share of the first number counts some of the problems, not all of them again


class Total(NamedTuple):
    number: int
    place: Place


def find(
    library: Library, series: Sequence[Series], answers: Sequence[Answer], years: Years, rules: ContradictionRules
) -> Iterator[Dossier]:
    """A dossier for each report that counts fewer problems than its feedback, or than it did itself at first."""
    asked = {one.answer.report: one.finding.report for one in answers if one.answer and one.finding}
    for report in dict.fromkeys([*(member.report for one in series for member in one.members), *asked]):
        said = [*_stated(library, report, rules), *_divided(library, report, rules)]
        first = [*(_stated(library, asked[report], rules) if report in asked else ()), *said][:1]
        less = [one for one in said if first and _SAME * first[0].number <= one.number < first[0].number]
        if less:
            yield _dossier(years.series(report), years.of(report), first[0], less[0], rules)


def _stated(library: Library, report: int, rules: ContradictionRules) -> list[Total]:
    """How many problems it says were found: the first time."""
    text = fold(library.document(report, 0).text) if library.reports[report].documents else ""
    found = rules.patterns["total"].search(text)
    number = numerals.number(found["n"]) if found else None
    if found is None or not isinstance(number, int):
        return []
    return [Total(number, library.place(report, 0, Span(start=found.start(), end=found.end())))]


def _divided(library: Library, report: int, rules: ContradictionRules) -> Iterator[Total]:
    """Those done with and the rest, where they are not problems of a kind of their own."""
    text = fold(library.document(report, 0).text)
    for found in rules.patterns["divided"].finditer(text):
        number = int(found["done"]) + int(found["rest"])
        start = max(text.rfind(stop, 0, found.start()) for stop in "。\n") + 1
        if not _of_a_kind(library, report, number, text, Span(start=start, end=found.start()), rules):
            yield Total(number, library.place(report, 0, Span(start=found.start(), end=found.end())))


def _of_a_kind(library: Library, report: int, number: int, text: str, before: Span, rules: ContradictionRules) -> bool:
    """4个立行立改问题，已办结3个，1个正在推进: these are all of another four."""
    return any(
        one.doc == 0 and before.start <= one.span.start < before.end and one.value == number
        and not rules.patterns["every"].match(text, one.span.end)
        for one in library.reports[report].quantities
    )  # fmt: skip


def _dossier(series: str, year: int, first: Total, less: Total, rules: ContradictionRules) -> Dossier:
    slots = {"old": first.place.text, "new": less.place.text, "less": first.number - less.number}
    return Dossier(
        id=fingerprint(series, year, "问题总数"), series=series, title="问题总数",
        stations=(
            Station(**dict(first.place), year=year, role="report" if first.place.report == less.place.report else "feedback"),
            Station(**dict(less.place), year=year, role="report"),
        ),
        contradictions=tuple(contradictions.made("total-shrank", (first.place, less.place), rules, **slots)),
    )  # fmt: skip
