"""Problems as a report states them, each with its parts, its measures and how far it is."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from extractor import records
from extractor.comparison.library import Library
from extractor.comparison.records import Place, Station
from extractor.comparison.similar import bare
from extractor.comparison.wording import Wording, Wordings
from extractor.found import State
from extractor.records import Measure, Problem, Span
from extractor.rules import Rules
from extractor.text import fold


class Kind(records.Model):
    """A contradiction that may be switched off; the slots of `message` are filled by what finds it."""

    enabled: bool
    message: str


class ContradictionRules(Wordings):
    """`completed` words say that a problem is done with, `explained` ones why a deadline moved; `total` counts
    problems (`n`), `divided` those done and the rest (`done`, `rest`), `every` is what is counted where it is all.
    """

    file = "contradictions"

    completed: tuple[Wording, ...] = ()
    explained: tuple[Wording, ...] = ()
    total: tuple[Wording, ...] = ()
    divided: tuple[Wording, ...] = ()
    every: tuple[Wording, ...] = ()
    contradiction: dict[str, Kind]


class Stated(NamedTuple):
    """`parts` are the problems under this one; `measures` are those of it and of them."""

    year: int
    report: int
    doc: int
    problem: Problem
    parts: tuple[Problem, ...]
    measures: tuple[Measure, ...]

    @property
    def words(self) -> str:
        return self.problem.text

    @property
    def deeds(self) -> str:
        return "\n".join(measure.text for measure in self.measures)


def stated(library: Library, year: int, report: int, doc: int) -> list[Stated]:
    """The problems of a document; what is stated twice in the same words (in a text and its table) counts once."""
    problems: dict[str, Problem] = {}
    parts: dict[str | None, list[Problem]] = defaultdict(list)
    measures: dict[str | None, list[Measure]] = defaultdict(list)
    for problem in library.reports[report].problems:
        if problem.doc == doc and problems.setdefault(bare(problem.text), problem) is problem:
            parts[problem.parent].append(problem)
    for measure in library.reports[report].measures:
        if measure.doc == doc:
            measures[measure.problem].append(measure)

    def whole(problem: Problem) -> Stated:
        under = parts[problem.text]
        taken = [measure for one in (problem, *under) for measure in measures[one.text]]
        return Stated(year, report, doc, problem, tuple(under), tuple(taken))

    return [whole(problem) for problem in problems.values()]


def station(library: Library, one: Stated, role: Literal["feedback", "report"], rules: Rules) -> Station:
    progress, state = said(one, rules)

    def place(span: Span) -> Place:
        return library.place(one.report, one.doc, span)

    return Station(
        **dict(place(one.problem.span)), year=one.year, role=role, state=state, progress=progress,
        deadline=one.problem.deadline, deadline_value=one.problem.deadline_value,
        parts=tuple(place(part.span) for part in one.parts),
        measures=tuple(place(measure.span) for measure in one.measures),
    )  # fmt: skip


def said(one: Stated, rules: Rules) -> tuple[str | None, State | None]:
    """How far a problem is: as its fields say, else as its measures do where nothing of it is left to do."""
    if one.problem.state:
        return one.problem.progress, one.problem.state
    over = rules.of(ContradictionRules).patterns["completed"]
    for measure in one.measures:
        found = over.search(fold(measure.text))
        if found and all(other.status == "done" for other in one.measures):
            return measure.text[slice(*found.span())], "completed"
    return one.problem.progress, None
