"""Documents → entries: what each is, by a user's list, by its own words, or as one of several titled alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.comparison.bodies import Body, known
from extractor.comparison.library import Library
from extractor.comparison.naming import Description, SeriesRules, describe
from extractor.records import Issue
from extractor.rules import Rules

STAGE = "compare"
ADVICE = "name series and year of each in a list (--series)"


class Listed(NamedTuple):
    """A line of a user's list: the file is of this series and year, whatever its title says."""

    file: str
    series: str
    year: int


class Entry(NamedTuple):
    """A document of which kind, body and year are known, and `by` what."""

    report: int
    doc: int
    title: str
    kind: str
    body: Body
    year: int
    by: str

    @property
    def at(self) -> tuple[int, int]:
        return self.report, self.doc


class Open(NamedTuple):
    """A document of which something is not known. `chosen`: its file was given by itself, not found in a folder."""

    report: int
    doc: int
    title: str
    file: str
    chosen: bool
    told: Description


def entries(library: Library, listed: Sequence[Listed], rules: Rules) -> tuple[list[Entry], list[Issue]]:
    lines = {line.file: line for line in listed}
    placed: list[Entry] = []
    left: list[Open] = []
    for report, given in enumerate(library.given):
        told = [describe(document, given.file, rules) for document in given.report.documents]
        if told and given.file in lines:
            placed.append(_by_list(library, report, told, lines[given.file], rules))
            continue
        for doc, one in enumerate(told):
            title = given.report.documents[doc].title
            if one.kind and one.body and one.year:
                by = f"body: {one.body.by}; year: {one.year.by}"
                placed.append(Entry(report, doc, title, one.kind.value, one.body.value, one.year.value, by))
            else:
                left.append(Open(report, doc, title, given.file, given.chosen, one))
    alike = [*_titled_alike(left), *_unnamed(left, rules.of(SeriesRules).unnamed)]
    placed += alike
    return placed, [*_told(alike, rules.of(SeriesRules).unnamed), *_issues(left, placed)]


def _by_list(library: Library, report: int, told: Sequence[Description], line: Listed, rules: Rules) -> Entry:
    """What a list says of a file is true of its first document that is a report. `body/kind`, or the body alone."""
    doc = next((i for i, one in enumerate(told) if one.kind), 0)
    body, _, kind = line.series.partition("/")
    own = told[doc].kind
    kind = kind or (own.value if own else told[doc].rest)
    return Entry(report, doc, library.document(report, doc).title, kind, known(body, rules), line.year, "list")


def _titled_alike(left: Iterable[Open]) -> Iterator[Entry]:
    """Titles that no rule knows but that are the same but for the year: 某河河长制工作情况通报 of two years."""
    groups: dict[tuple[object, str], list[tuple[Open, Body, int]]] = defaultdict(list)
    for one in left:
        told = one.told
        if not told.kind and told.rest and told.year and told.body:
            groups[told.body.value.key, told.rest].append((one, told.body.value, told.year.value))
    for (_, kind), group in groups.items():
        if len({year for *_, year in group}) > 1:
            for one, body, year in group:
                yield Entry(one.report, one.doc, one.title, kind, body, year, "titles that differ in the year alone")


def _unnamed(left: Iterable[Open], name: str) -> Iterator[Entry]:
    """Files that were chosen one by one, of one kind, none of which says whose it is."""
    groups: dict[str, list[tuple[Open, int]]] = defaultdict(list)
    for one in left:
        kind = one.told.kind.value if one.told.kind else one.told.rest
        if one.chosen and kind and one.told.year and not one.told.body:
            groups[kind].append((one, one.told.year.value))
    for kind, group in groups.items():
        if len({year for _, year in group}) > 1:
            for one, year in group:
                yield Entry(one.report, one.doc, one.title, kind, Body(name), year, "kind alone")


def _told(alike: Sequence[Entry], name: str) -> Iterator[Issue]:
    """What was laid side by side although no body is stated is said, kind by kind."""
    for kind in dict.fromkeys(entry.kind for entry in alike if entry.body.name == name):
        files = sum(entry.kind == kind and entry.body.name == name for entry in alike)
        words = f"{files} reports of the kind {kind} do not say whose they are and are compared as those of one body"
        yield Issue(stage=STAGE, code="no_body", message=f"{words}; if they are not, {ADVICE}")


def _issues(left: Iterable[Open], placed: Sequence[Entry]) -> Iterator[Issue]:
    """One for each report without a place, and for each file of which no document has one."""
    has_place = {(entry.report, entry.doc) for entry in placed}
    files = {entry.report for entry in placed}
    for one in left:
        if (one.report, one.doc) in has_place or (not one.told.kind and one.report in files):
            continue
        files.add(one.report)
        code, why = _why(one.told)
        yield Issue(stage=STAGE, code=code, message=f"{one.file}: {why}, so it is in no series; {ADVICE}")


def _why(told: Description) -> tuple[str, str]:
    if told.doubts:
        return told.doubts[0]
    if not told.kind:
        return "no_kind", "its title is none of a kind of report that is known"
    if not told.body:
        return "no_body", f"whose {told.kind.value} it is stands neither in its title nor at its head or end"
    return "no_year", "it has no year, neither in its title nor in its dates"
