"""Promise rows of series: what a report planned, and what the next one says became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.comparison.library import Library
from extractor.comparison.promises import answering, reading
from extractor.comparison.promises.answering import Said
from extractor.comparison.promises.reading import Planned, Read
from extractor.comparison.promises.rulefile import PromiseRules
from extractor.comparison.records import Candidate, Place, Promise, Series
from extractor.comparison.similar import bare
from extractor.fingerprints import fingerprint
from extractor.records import Span
from extractor.rules import Rules

__all__ = ["PromiseRules", "find"]


def find(library: Library, series: Sequence[Series], rules: Rules) -> tuple[Promise, ...]:
    """Between neighbouring years of each series, in the order in which they were promised."""
    return tuple(row for one in series for row in _rows(library, one, rules))


def _rows(library: Library, series: Series, rules: Rules) -> Iterator[Promise]:
    members = sorted(series.members, key=lambda member: member.year)
    read = [reading.read(library.reports[one.report], one.doc, one.year, rules) for one in members]
    for (first, before), (second, after) in pairwise(zip(members, read, strict=True)):
        if first.year == second.year:
            continue
        promises = reading.planned(before, second.year, rules.of(PromiseRules))
        for promise, said in zip(promises, answering.answers(promises, before, after, rules), strict=True):
            yield _row(library, series.id, promise, said, (first.report, before), (second.report, after))


def _row(
    library: Library, series: str, promise: Planned, said: Said, before: tuple[int, Read], after: tuple[int, Read]
) -> Promise:
    def place(side: tuple[int, Read], span: Span) -> Place:
        return library.place(side[0], side[1].doc, span)

    made = place(before, promise.span)
    answer = place(after, said.span) if said.span else None
    return Promise(
        series=series, start=before[1].year, end=after[1].year, fate=said.fate, promise=made, answer=answer,
        why=said.why, candidates=tuple(Candidate(place=place(after, span), score=score) for span, score in said.near),
        score=said.score,
        fingerprint=fingerprint(
            series, before[1].year, after[1].year, bare(made.text), said.fate, bare(answer.text) if answer else ""
        ),
    )  # fmt: skip
