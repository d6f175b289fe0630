"""Promises that were made again and contradict themselves: each with all the years that speak of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor import edtf
from extractor.comparison.dossiers import contradictions
from extractor.comparison.library import Library
from extractor.comparison.records import Dossier, Key, Place, Promise, Station
from extractor.comparison.stated import ContradictionRules
from extractor.found import State
from extractor.records import Date

_STATES: Mapping[str, State | None] = {"kept": "completed", "partly": "ongoing"}


def find(library: Library, promises: Sequence[Promise], rules: ContradictionRules) -> Iterator[Dossier]:
    made = {one.promise.key: one for one in promises}
    again = {one.answer.key for one in promises if one.answer and one.fate == "repeated"}
    for first in promises:
        if first.fate == "repeated" and first.promise.key not in again:
            stations = tuple(_stations(library, first, made))
            if said := tuple(contradictions.find(stations, rules)):
                yield Dossier(
                    id=first.fingerprint, series=first.series, title=first.promise.text, stations=stations,
                    contradictions=said,
                )  # fmt: skip


def _stations(library: Library, first: Promise, made: Mapping[Key, Promise]) -> Iterator[Station]:
    """The promise, and each report that answers it, as long as that makes it again."""
    yield _station(library, first.promise, first.start, None)
    last: Promise | None = first
    while last and last.answer:
        yield _station(library, last.answer, last.end, _STATES.get(last.fate))
        last = made.get(last.answer.key) if last.fate == "repeated" else None


def _station(library: Library, place: Place, year: int, state: State | None) -> Station:
    deadline = _deadline(library, place)
    return Station(
        **dict(place), year=year, role="report", state=state,
        deadline=deadline.text if deadline else None, deadline_value=deadline.value if deadline else None,
    )  # fmt: skip


def _deadline(library: Library, place: Place) -> Date | None:
    """The last day that the words name as one until which (2022年底前; not 今年, which each year plans anew)."""
    inside = [
        (day, i, date)
        for i, date in enumerate(library.reports[place.report].dates)
        if date.doc == place.doc and place.span.start <= date.span.start < place.span.end
        if date.bound == "until" and (day := edtf.bounds(date.value).latest)
    ]
    return max(inside)[2] if inside else None
