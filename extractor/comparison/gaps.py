"""The archive's gaps: body × year × kind.

A year is due of a series where it lies between the first and the last of its reports, or where more than half of the
bodies that give this kind of report have one; never before the body was set up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.comparison.bodies import Body, BodyRules, known, shortened
from extractor.comparison.library import Library
from extractor.comparison.naming import SeriesRules, describe, stem, year_of_file
from extractor.comparison.records import Gap, Presence, Series
from extractor.comparison.series import Found, Listed, Unread
from extractor.records import Document
from extractor.rules import TIMEOUT, Rules
from extractor.text import fold


class Slot(NamedTuple):
    """A square of the grid."""

    body: str
    kind: str
    year: int


def find(
    library: Library, found: Found, unread: Sequence[Unread], listed: Sequence[Listed], rules: Rules
) -> tuple[Gap, ...]:
    broken = _broken(library, found, unread, listed, rules)
    grid: dict[Slot, Gap] = {}
    for one in found.series:
        for year in sorted(_due(one, found.series, rules)):
            reports = found.filled.get((one.id, year), ())
            files = tuple(library.given[report].file for report in reports)
            presence: Presence = "twice" if len(reports) > 1 else "present" if reports else "missing"
            grid[Slot(one.body, one.kind, year)] = Gap(
                body=one.body, kind=one.kind, year=year, presence=presence, reports=reports, files=files
            )
    for slot, files in broken.items():
        gap = grid.get(slot)
        if gap is None or gap.presence == "missing":
            grid[slot] = Gap(**slot._asdict(), presence="unreadable", reports=(), files=files)
    return tuple(grid[slot] for slot in sorted(grid))


def _due(one: Series, every: Sequence[Series], rules: Rules) -> set[int]:
    own = [member.year for member in one.members]
    alike = [series for series in every if series.kind == one.kind]
    having = Counter(member.year for series in alike for member in series.members)
    most = {year for year, count in having.items() if 2 * count > len(alike)}
    return {year for year in {*range(min(own), max(own) + 1), *most} if year in own or year >= _since(one.body, rules)}


def _since(body: str, rules: Rules) -> int:
    """The year in which the body was set up, by itself and not as another one's successor; 0 if not known."""
    kit, was = rules.of(BodyRules), known(body, rules).was
    succeeds = any(rule.successor == was for rule in kit.body)
    return 0 if was is None or succeeds else kit.known[was].since or 0


def _broken(
    library: Library, found: Found, unread: Sequence[Unread], listed: Sequence[Listed], rules: Rules
) -> Mapping[Slot, tuple[str, ...]]:
    """Where files that could not be read belong: by the user's list, by what they are called, or by others' names."""
    lines = {line.file: line for line in listed}
    patterns = {
        pattern: one
        for one in found.series
        for member in one.members
        if (pattern := _pattern(library.given[member.report].file, rules))
    }
    places: dict[Slot, tuple[str, ...]] = {}
    for file in sorted(one.file for one in unread):
        for place in _places(file, lines.get(file), patterns, found.series, rules):
            places[place] = (*places.get(place, ()), file)
    return places


def _places(
    file: str, line: Listed | None, patterns: Mapping[str, Series], every: Sequence[Series], rules: Rules
) -> Iterator[Slot]:
    year = year_of_file(fold(stem(file)), rules.of(SeriesRules))
    if line:
        body, _, kind = line.series.partition("/")
        yield Slot(_standing(known(body, rules), kind, every, rules), kind, line.year)
    elif year and (one := patterns.get(_pattern(file, rules))):
        yield Slot(one.body, one.kind, year)
    else:
        told = describe(Document(title="", text="", year=None, issuer=None, runs=()), file, rules)
        if told.kind and told.body and told.year:
            kind = told.kind.value
            yield Slot(_standing(told.body.value, kind, every, rules), kind, told.year.value)


def _standing(body: Body, kind: str, every: Sequence[Series], rules: Rules) -> str:
    """The name under which the body has a series of this kind, else its own."""
    for one in every:
        other = known(one.body, rules)
        if one.kind == kind and (body.key == other.key or shortened(body, other, rules)):
            return one.body
    return body.name


def _pattern(file: str, rules: Rules) -> str:
    """`2023/水务局2023年整改报告.docx` → 水务局#年整改报告: what files of one series have in common; empty without a year."""
    name, times = rules.of(SeriesRules).year.subn("#", fold(stem(file)), timeout=TIMEOUT)
    return name if times else ""
