"""The life of a problem through feedback, report and next year, and what contradicts itself in it.

A dossier is that of a problem row with the finding that its report answers, of a finding that stands in no row, of a
promise that was made again, or of the number of problems where that shrank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.comparison.dossiers import contradictions, promised, totals
from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Dossier, Place, Problem, Promise, Series, Station
from extractor.comparison.similar import bare
from extractor.comparison.stated import ContradictionRules, fingerprint
from extractor.rules import Rules

__all__ = ["find"]


def find(
    library: Library, series: Sequence[Series], problems: Sequence[Problem], answers: Sequence[Answer], rules: Rules,
    promises: Sequence[Promise] = (),
) -> tuple[Dossier, ...]:  # fmt: skip
    """Those of problem rows first, in their order."""
    years = Years(library, series)
    words = rules.of(ContradictionRules)
    found = (
        *_of_problems(problems, answers, years, words),
        *_of_findings(problems, answers, years, words),
        *promised.find(library, promises, words),
        *totals.find(library, series, answers, words),
    )
    return tuple(found)


class Years:
    """The year and the series of each report: those of its member of a series, else the year of its document."""

    def __init__(self, library: Library, series: Sequence[Series]) -> None:
        self._members = {member.report: (one.id, member.year) for one in series for member in one.members}
        self._library = library

    def of(self, report: int) -> int:
        known = self._members.get(report)
        documents = self._library.reports[report].documents
        return known[1] if known else (documents[0].year or 0) if documents else 0

    def series(self, report: int) -> str:
        return self._members.get(report, ("", 0))[0]


def _of_problems(
    problems: Sequence[Problem], answers: Sequence[Answer], years: Years, rules: ContradictionRules
) -> Iterator[Dossier]:
    for problem in problems:
        found = [_found(one.finding, years) for one in answers if one.finding and _answers(one, problem)]
        stations = sorted((*found, *problem.stations.values()), key=lambda one: (one.year, one.role))
        yield Dossier(
            id=problem.id, series=problem.series, title=next(iter(problem.stations.values())).text,
            stations=tuple(stations), contradictions=tuple(contradictions.find(stations, rules)),
        )  # fmt: skip


def _of_findings(
    problems: Sequence[Problem], answers: Sequence[Answer], years: Years, rules: ContradictionRules
) -> Iterator[Dossier]:
    for one in answers:
        if one.finding is None or any(_answers(one, problem) for problem in problems):
            continue
        stations = [_found(one.finding, years)]
        if one.answer:
            stations.append(_station(one.answer, years.of(one.answer.report), "report", one.measures))
        yield Dossier(
            id=fingerprint("finding", years.of(one.finding.report), bare(one.finding.text)),
            series=years.series((one.answer or one.finding).report), title=one.finding.text,
            stations=tuple(stations), contradictions=tuple(contradictions.find(stations, rules)),
        )  # fmt: skip


def _answers(answer: Answer, problem: Problem) -> bool:
    """Is the answer a station of the problem, or a part of one?"""
    place = answer.answer
    return place is not None and any(
        (one.report, one.doc, one.span) == (place.report, place.doc, place.span)
        for station in problem.stations.values()
        for one in (station, *station.parts)
    )


def _found(finding: Place, years: Years) -> Station:
    return _station(finding, years.of(finding.report), "feedback")


def _station(place: Place, year: int, role: contradictions.Role, measures: Sequence[Place] = ()) -> Station:
    return Station(
        **dict(place), year=year, role=role, state=None, progress=None, deadline=None, deadline_value=None, parts=(),
        measures=tuple(measures),
    )  # fmt: skip
