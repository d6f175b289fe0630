"""Series: documents of one body and one kind, one a year.

Entries are brought together under the name that a body has today, a name without its place under the full one; of
several of one year one is taken. What cannot be told is an issue that says what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.comparison import records, twins
from extractor.comparison.bodies import Body, merged, placed_as, shortened
from extractor.comparison.entries import ADVICE, STAGE, Entry, Listed, entries
from extractor.comparison.library import Library
from extractor.comparison.naming import SeriesRules
from extractor.records import Issue
from extractor.rules import Rules

__all__ = ["Found", "Listed", "Unread", "answering", "find"]
Key = tuple[str, str, str]
LATEST = 3  # years after feedback in which a report still answers it


class Unread(NamedTuple):
    """A file that gave no report: its path and why."""

    file: str
    code: str
    message: str


class Found(NamedTuple):
    """`filled`: all reports of a series and a year, of which one is its member."""

    series: tuple[records.Series, ...]
    issues: tuple[Issue, ...]
    filled: Mapping[tuple[str, int], tuple[int, ...]] = {}


def find(library: Library, listed: Sequence[Listed], rules: Rules) -> Found:
    placed, issues = entries(library, listed, rules)
    placed = _in_full(placed, rules, issues)
    groups: dict[tuple[Key, str], list[Entry]] = defaultdict(list)
    for entry in placed:
        groups[entry.body.key, entry.kind].append(entry)
    names = _names(placed)
    series: list[records.Series] = []
    filled: dict[tuple[str, int], tuple[int, ...]] = {}
    for (key, kind), group in groups.items():
        for name, own in _apart(names[key], group, rules, issues):
            one = _series(library, name, kind, own, rules, issues)
            series.append(one)
            for year in {entry.year for entry in own}:
                filled[one.id, year] = tuple(entry.report for entry in own if entry.year == year)
    return Found(tuple(sorted(series, key=lambda one: one.id)), tuple(issues), filled)


def answering(every: Sequence[records.Series], rules: Rules) -> Iterator[tuple[int, int]]:
    """Reports of findings and the first report of the same body that answers each: pairs of indices."""
    kinds = {rule.id: rule.answered_by for rule in rules.of(SeriesRules).kind}
    by_name = {(one.body, one.kind): one.members for one in every}
    for (body, kind), members in by_name.items():
        answers = by_name.get((body, kinds.get(kind) or ""), ())
        for i, feedback in enumerate(members):
            until = members[i + 1].year if i + 1 < len(members) else feedback.year + LATEST
            report = next((one for one in answers if feedback.year <= one.year < until), None)
            if report:
                yield feedback.report, report.report


def _in_full(placed: Sequence[Entry], rules: Rules, issues: list[Issue]) -> list[Entry]:
    """县水务局 is 临溪县水务局 where no other county's is compared; where several are, it stays by itself."""
    bodies = {entry.body: None for entry in placed}
    full: dict[Body, Body] = {}
    for short, longer in _longer(bodies, rules):
        longest = max(longer, key=lambda body: (len(body.place or body.name), body.name))
        if all(body.key == longest.key or shortened(body, longest, rules) for body in longer):
            full[short] = placed_as(short, longest)
            words = f"{short.name} is taken for {full[short].name}, no other body that is compared has such a name"
            issues.append(Issue(stage=STAGE, code="short_name", message=f"{words}; if it is not, {ADVICE}"))
        else:
            words = f"{short.name} may be {' or '.join(sorted(body.name for body in longer))} and stands by itself"
            issues.append(Issue(stage=STAGE, code="two_bodies", message=f"{words}; {ADVICE}"))
    return [
        entry._replace(body=full[entry.body], by=f"{entry.by}; named {entry.body.name}")
        if entry.body in full
        else entry
        for entry in placed
    ]


def _longer(bodies: Iterable[Body], rules: Rules) -> Iterator[tuple[Body, list[Body]]]:
    """Each body whose name is that of others without (a part of) their place; alike names are looked up by their end."""
    ends: dict[tuple[str | None, str], list[Body]] = defaultdict(list)
    for body in bodies:
        ends[body.id, body.rest if body.id else body.name[-2:]].append(body)
    for alike in ends.values():
        for short in alike:
            longer = [body for body in alike if shortened(short, body, rules)]
            if longer:
                yield short, longer


def _names(placed: Iterable[Entry]) -> dict[Key, str]:
    """The last name of each body, rather one that says more than its place."""
    names: dict[Key, tuple[bool, int, str]] = {}
    for entry in placed:
        body = entry.body
        candidate = (body.name != body.place, entry.year, body.name)
        names[body.key] = max(names.get(body.key, candidate), candidate)
    return {key: name for key, (*_, name) in names.items()}


def _apart(
    name: str, group: Sequence[Entry], rules: Rules, issues: list[Issue]
) -> Iterator[tuple[str, Sequence[Entry]]]:
    """The reports of a body and those that it succeeds; what was merged into it stands apart where both have a year."""
    bodies = {entry.body.was for entry in group}
    both = len(bodies) > 1 and any(
        len({entry.body.was for entry in group if entry.year == year}) > 1 for year in {entry.year for entry in group}
    )
    if not both:
        yield name, group
        return
    main = [entry for entry in group if not merged(entry.body, rules)]
    for was in sorted({entry.body.was or "" for entry in group if entry not in main}):
        own = [entry for entry in group if entry not in main and entry.body.was == was]
        printed = max(own, key=lambda entry: entry.year).body.name
        words = f"{printed} was merged into {name}, which has reports of the same years, and stands by itself"
        issues.append(Issue(stage=STAGE, code="merged", message=f"{words}; to join them, {ADVICE}"))
        yield printed, own
    if main:
        yield name, main


def _series(
    library: Library, name: str, kind: str, group: Sequence[Entry], rules: Rules, issues: list[Issue]
) -> records.Series:
    id = f"{name}/{kind}"
    years = sorted({entry.year for entry in group})
    chosen = [_one(library, id, [e for e in group if e.year == year], rules, issues) for year in years]
    now = max(group, key=lambda entry: entry.year).body.was
    members = tuple(
        records.Member(
            year=entry.year, report=entry.report, doc=entry.doc, title=entry.title,
            by=f"{entry.by}; formerly {entry.body.name}" if entry.body.was != now else entry.by,
        )
        for entry in chosen
    )  # fmt: skip
    return records.Series(id=id, body=name, kind=kind, members=members)


def _one(library: Library, id: str, alike: Sequence[Entry], rules: Rules, issues: list[Issue]) -> Entry:
    """The report of a year: of the same text in several formats the first of an order, of different ones too, and it is said."""
    taken, *others = sorted(alike, key=lambda entry: twins.rank(library, entry.at, rules))
    different = [entry for entry in others if not twins.same(library, taken.at, entry.at)]
    if different:
        file = library.given[taken.report].file
        files = "、".join(sorted({library.given[entry.report].file for entry in different}))
        words = f"{id} has reports of {taken.year} with different texts: {file}, which is compared, and {files}"
        issues.append(Issue(stage=STAGE, code="twice", message=f"{words}; to compare the others, {ADVICE}"))
    return taken
