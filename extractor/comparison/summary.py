"""The short answer, in a terminal: what is compared, what moved, what came back, what was not done, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.comparison.entries import ADVICE
from extractor.comparison.records import Comparison, Gap, Indicator, Series
from extractor.comparison.terms import short

MOST = 5  # lines of a kind that are shown
SHORT = 60  # characters of a quotation


def summary(comparison: Comparison) -> RenderableType:
    parts: list[RenderableType] = [_series(comparison)] if comparison.series else []
    if not comparison.answers and all(len(one.members) < 2 for one in comparison.series):
        parts.append(Text(f"no two reports are of one body and one kind: {ADVICE}", "yellow"))
    parts += _section("came back", "red", [*_returned(comparison)])
    parts += _section("promised and not mentioned again", "red", [*_promises(comparison)])
    parts += _section("found and not answered in full", "red", [*_answers(comparison)])
    parts += _section("contradictions", "bold red", [*_contradictions(comparison)])
    parts += _section("moved most", "green", [*_moves(comparison)])
    parts += _section("copied", "magenta", [*_reuse(comparison)])
    parts += _section("gaps", "yellow", [*_gaps(comparison.gaps)])
    parts += _section("issues", "yellow", [issue.message for issue in comparison.issues])
    return Group(*parts)


def _section(name: str, style: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    if lines:
        yield Text(f"{name}: {len(lines)}", style)
        yield from (Padding(Text(line), (0, 0, 0, 2), expand=False) for line in lines[:MOST])
        if len(lines) > MOST:
            yield Padding(Text(f"… and {len(lines) - MOST} more", "bright_black"), (0, 0, 0, 2), expand=False)


def _series(comparison: Comparison) -> Table:
    """A row for each series of two years or more, then how many have one year alone."""
    table = Table(box=None)
    for name in ("series", "years", "indicators", "problems", "promises"):
        table.add_column(name, overflow="fold")
    long = [one for one in comparison.series if len(one.members) > 1]
    for one in long:
        table.add_row(one.id, years(member.year for member in one.members), *_counts(comparison, one))
    if alone := len(comparison.series) - len(long):
        table.add_row(
            Text(f"{alone} of one year alone" if long else f"{alone} series of one year alone", "bright_black")
        )
    return table


def _counts(comparison: Comparison, one: Series) -> Iterator[str]:
    """What there is of a series, by what became of it: 57: 41 kept, 9 new, 7 dropped."""
    yield _fates(row.trend for row in comparison.indicators if row.series == one.id)
    yield _fates(row.fate for row in comparison.problems if row.series == one.id)
    yield _fates(row.fate for row in comparison.promises if row.series == one.id)


def _fates(fates: Iterable[str]) -> str:
    counts = Counter(fates)
    said = ", ".join(f"{count} {fate.replace('_', ' ')}" for fate, count in counts.most_common())
    return f"{counts.total()}: {said}" if counts else "–"


def years(numbers: Iterable[int]) -> str:
    """2003–2018, 2022."""
    runs = [
        [year for _, year in run] for _, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _returned(comparison: Comparison) -> Iterator[str]:
    for row in comparison.problems:
        if row.fate == "returned":
            yield " → ".join(f"{year} {short(station.text, SHORT)}" for year, station in sorted(row.stations.items()))


def _promises(comparison: Comparison) -> Iterator[str]:
    for row in comparison.promises:
        if row.fate == "not_mentioned":
            yield f"{row.start} {short(row.promise.text, SHORT)}"


def _answers(comparison: Comparison) -> Iterator[str]:
    for fate in ("not_answered", "softened", "partly"):
        for row in comparison.answers:
            if row.fate == fate and row.finding:
                yield f"{fate.replace('_', ' ')}: {short(row.finding.text, SHORT)}"


def _contradictions(comparison: Comparison) -> Iterator[str]:
    for dossier in comparison.dossiers:
        yield from (f"{short(dossier.title, 30)}: {one.message}" for one in dossier.contradictions)


def _moves(comparison: Comparison) -> Iterator[str]:
    """Achieved values by how much they changed in the last step, in percent of what they were."""
    moved = [
        (abs(row.changes[-1].rate), row)
        for row in comparison.indicators
        if row.scope == "achieved" and row.kind == "value" and not row.table and row.changes and row.changes[-1].rate
    ]
    for _, row in sorted(moved, key=lambda pair: (-pair[0], pair[1].indicator)):
        yield f"{row.indicator}: {_cells(row)}  ({row.changes[-1].rate:+.1f}%)"


def _cells(row: Indicator) -> str:
    return " → ".join(f"{year} {row.cells[year].text}" for year in sorted(row.cells)[-2:])


def _reuse(comparison: Comparison) -> Iterator[str]:
    for row in comparison.reuse:
        files = [PurePosixPath(comparison.reports[place.report].file).name for place in (row.left, row.right)]
        yield f"{row.kind} {row.similarity:.0%} {short(row.right.text, SHORT)} ({' → '.join(files)})"


def _gaps(gaps: Sequence[Gap]) -> Iterator[str]:
    """The places that are not filled once, by body, kind and what is the matter."""
    wrong: dict[tuple[str, str, str], list[int]] = {}
    for gap in gaps:
        if gap.presence != "present":
            wrong.setdefault((gap.presence, gap.body, gap.kind), []).append(gap.year)
    for presence in ("missing", "unreadable", "twice"):
        for (found, body, kind), at in wrong.items():
            if found == presence:
                yield f"{presence}: {body}/{kind} {years(at)}"
