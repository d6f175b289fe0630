"""The archive's gaps as grids: a kind of report, bodies down, years across; bodies with nothing wrong stand last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.comparison.records import Gap
from extractor.comparison.terms import CHIP, PRESENCE

MOST = 40  # bodies that are not folded away


class GapCell(NamedTuple):
    """`reports` count from 1, as the list of reports does."""

    key: str
    text: str
    reports: list[int]
    files: str


class Body(NamedTuple):
    name: str
    cells: list[GapCell | None]
    wrong: int


class Grid(NamedTuple):
    kind: str
    years: list[int]
    bodies: list[Body]
    rest: list[Body]


def grids(gaps: Sequence[Gap]) -> Iterator[Grid]:
    kinds: dict[str, dict[str, dict[int, Gap]]] = {}
    for gap in gaps:
        kinds.setdefault(gap.kind, {}).setdefault(gap.body, {})[gap.year] = gap
    for kind, found in kinds.items():
        years = sorted({year for own in found.values() for year in own})
        bodies = sorted((_body(name, own, years) for name, own in found.items()), key=_wrong)
        yield Grid(kind, years, bodies[:MOST], bodies[MOST:])


def _wrong(body: Body) -> int:
    return -body.wrong


def _body(name: str, own: Mapping[int, Gap], years: Sequence[int]) -> Body:
    cells = [_cell(own[year]) if year in own else None for year in years]
    return Body(name, cells, sum(gap.presence != "present" for gap in own.values()))


def _cell(gap: Gap) -> GapCell:
    count = f" {len(gap.files)} 份" if gap.presence == "twice" else ""
    return GapCell(
        CHIP[gap.presence], PRESENCE[gap.presence] + count, [report + 1 for report in gap.reports], "\n".join(gap.files)
    )
