"""The life of a problem through feedback, report and next year, and what contradicts itself in it.

A dossier is that of a problem row with the finding that its report answers, of a finding that stands in no row, of a
promise that was made again, or of the number of problems where that shrank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.comparison.dossiers import contradictions, promised, totals
from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Dossier, Place, Problem, Promise, Series, Station
from extractor.comparison.similar import bare
from extractor.comparison.stated import ContradictionRules, fingerprint
from extractor.rules import Rules

__all__ = ["find"]
Key = tuple[int, int, int, int]  # report, document, span


def find(
    library: Library, series: Sequence[Series], problems: Sequence[Problem], answers: Sequence[Answer], rules: Rules,
    promises: Sequence[Promise] = (),
) -> tuple[Dossier, ...]:  # fmt: skip
    """Those of problem rows first, in their order."""
    years = Years(library, series)
    words = rules.of(ContradictionRules)
    answered = {_key(one.answer): one for one in answers if one.answer}
    known = {key for problem in problems for key in _keys(problem)}
    alone = [one for one in answers if one.answer is None or _key(one.answer) not in known]
    found = (
        *_of_problems(problems, answered, years, words),
        *_of_findings(alone, years, words),
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
    problems: Sequence[Problem], answers: Mapping[Key, Answer], years: Years, rules: ContradictionRules
) -> Iterator[Dossier]:
    for problem in problems:
        answered = [answers[key] for key in _keys(problem) if key in answers]
        found = [_found(one.finding, years) for one in answered if one.finding]
        stations = sorted((*found, *problem.stations.values()), key=lambda one: (one.year, one.role))
        yield Dossier(
            id=problem.id, series=problem.series, title=next(iter(problem.stations.values())).text,
            stations=tuple(stations), contradictions=tuple(contradictions.find(stations, rules)),
        )  # fmt: skip


def _of_findings(answers: Sequence[Answer], years: Years, rules: ContradictionRules) -> Iterator[Dossier]:
    for one in answers:
        if one.finding is None:
            continue
        stations = [_found(one.finding, years)]
        if one.answer:
            stations.append(_station(one.answer, years.of(one.answer.report), "report", one.measures))
        yield Dossier(
            id=fingerprint("finding", years.series(one.finding.report), stations[0].year, bare(one.finding.text)),
            series=years.series((one.answer or one.finding).report), title=one.finding.text,
            stations=tuple(stations), contradictions=tuple(contradictions.find(stations, rules)),
        )  # fmt: skip


def _keys(problem: Problem) -> Iterator[Key]:
    """Where its stations and their parts stand."""
    for station in problem.stations.values():
        yield from (_key(one) for one in (station, *station.parts))


def _key(place: Place) -> Key:
    return place.report, place.doc, place.span.start, place.span.end


def _found(finding: Place, years: Years) -> Station:
    return _station(finding, years.of(finding.report), "feedback")


def _station(place: Place, year: int, role: contradictions.Role, measures: Sequence[Place] = ()) -> Station:
    return Station(
        **dict(place), year=year, role=role, state=None, progress=None, deadline=None, deadline_value=None, parts=(),
        measures=tuple(measures),
    )  # fmt: skip
