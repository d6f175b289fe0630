"""The life of a problem through feedback, report and next year, and what contradicts itself in it.

A dossier is that of a problem row with the finding that its report answers, of a finding that stands in no row, of a
promise that was made again, or of the number of problems where that shrank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.comparison.dossiers import contradictions, promised, totals
from extractor.comparison.dossiers.years import Years
from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Dossier, Key, Place, Problem, Promise, Series, Station
from extractor.comparison.similar import bare
from extractor.comparison.stated import ContradictionRules
from extractor.fingerprints import fingerprint
from extractor.rules import Rules

__all__ = ["find"]


def find(
    library: Library,
    series: Sequence[Series],
    problems: Sequence[Problem],
    answers: Sequence[Answer],
    promises: Sequence[Promise],
    rules: Rules,
) -> tuple[Dossier, ...]:
    """Those of problem rows first, in their order."""
    years = Years(library, series)
    words = rules.of(ContradictionRules)
    answered = {one.answer.key: one for one in answers if one.answer}
    known = {key for problem in problems for key in _keys(problem)}
    alone = [one for one in answers if one.answer is None or one.answer.key not in known]
    found = (
        *_of_problems(problems, answered, years, words),
        *_of_findings(alone, years, words),
        *promised.find(library, promises, words),
        *totals.find(library, series, answers, years, words),
    )
    return tuple(found)


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
            year = years.of(one.answer.report)
            stations.append(Station(**dict(one.answer), year=year, role="report", measures=one.measures))
        yield Dossier(
            id=fingerprint("finding", years.series(one.finding.report), stations[0].year, bare(one.finding.text)),
            series=years.series((one.answer or one.finding).report), title=one.finding.text,
            stations=tuple(stations), contradictions=tuple(contradictions.find(stations, rules)),
        )  # fmt: skip


def _keys(problem: Problem) -> Iterator[Key]:
    """Where its stations and their parts stand."""
    for station in problem.stations.values():
        yield from (one.key for one in (station, *station.parts))


def _found(finding: Place, years: Years) -> Station:
    return Station(**dict(finding), year=years.of(finding.report), role="feedback")
