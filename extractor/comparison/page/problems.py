"""问题 over the years as a grid, and 问题档案: one problem with every station quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.comparison.page.places import At, Places, Scored
from extractor.comparison.records import Comparison, Contradiction, Dossier, Problem, Series, Station
from extractor.comparison.terms import CHIP, FATE, ROLE, stated
from extractor.terms import STATE

FOLD = 12  # problems of a fate that are not folded away


class ContradictionView(NamedTuple):
    id: str
    record: Contradiction
    ats: list[At]


class StationView(NamedTuple):
    label: str
    at: At
    chip: str
    state: str
    facts: list[tuple[str, str]]
    parts: list[At]
    measures: list[At]
    doubted: list[tuple[int, str]]  # number and id of each contradiction that speaks of it


class GridCell(NamedTuple):
    key: str
    text: str


class ProblemView(NamedTuple):
    """`cells` are parallel to the years of the series; `dossier` is where it leads, if there is one."""

    id: str
    problem: Problem
    text: str
    cells: list[GridCell | None]
    stations: list[StationView]
    candidates: list[Scored]
    dossier: str


class Block(NamedTuple):
    fate: str
    name: str
    chip: str
    rows: list[ProblemView]
    folded: bool


def blocks(
    one: Series, rows: Sequence[tuple[str, Problem]], places: Places, dossiers: Mapping[str, str]
) -> Iterator[Block]:
    """By what became of them, what came back first. `dossiers`: id of a problem → id of its dossier in the page."""
    years = [member.year for member in one.members]
    for fate, name in FATE.items():
        own = [_problem(id, row, years, places, dossiers) for id, row in rows if row.fate == fate]
        if own:
            yield Block(fate, name, CHIP[fate], own, len(own) > FOLD and fate in ("new", "gone"))


def _problem(id: str, row: Problem, years: Sequence[int], places: Places, dossiers: Mapping[str, str]) -> ProblemView:
    at = dict(sorted((int(year), station) for year, station in row.stations.items()))
    first = min(at)
    cells = {
        year: GridCell(_key(row, station, year > first), stated(station, year > first)) for year, station in at.items()
    }
    return ProblemView(
        id, row, at[max(at)].text, [cells.get(year) for year in years],
        [_station(station, places, ()) for station in at.values()],
        places.scored(row.candidates), dossiers.get(row.id, ""),
    )  # fmt: skip


def _key(row: Problem, station: Station, again: bool) -> str:
    if again:
        return "bad" if row.fate == "returned" else "open"
    return CHIP[station.state] if station.state else "none"


def _station(station: Station, places: Places, contradictions: Sequence[ContradictionView]) -> StationView:
    doubted = [
        (n, one.id)
        for n, one in enumerate(contradictions, 1)
        if any(place.key == station.key for place in one.record.places)
    ]
    facts = [("进展", station.progress), ("时限", station.deadline)]
    return StationView(
        f"{station.year}年{ROLE[station.role]}", places.at(station),
        CHIP[station.state] if station.state else "none", STATE[station.state] if station.state else "状态未载明",
        [(name, text) for name, text in facts if text], places.each(station.parts), places.each(station.measures),
        doubted,
    )  # fmt: skip


class DossierView(NamedTuple):
    id: str
    dossier: Dossier
    stations: list[StationView]
    contradictions: list[ContradictionView]


class Dossiers(NamedTuple):
    """`long` have a contradiction or more than one station; `brief` are stated once."""

    long: list[DossierView]
    brief: list[DossierView]


def dossiers(comparison: Comparison, ids: Sequence[str], places: Places) -> Dossiers:
    """Those with contradictions first."""
    views = [_dossier(id, dossier, places) for id, dossier in zip(ids, comparison.dossiers, strict=True)]
    views.sort(key=lambda view: (-len(view.contradictions), -len(view.stations)))
    long = [view for view in views if view.contradictions or len(view.stations) > 1]
    return Dossiers(long, [view for view in views if not view.contradictions and len(view.stations) < 2])


def _dossier(id: str, dossier: Dossier, places: Places) -> DossierView:
    contradictions = [
        ContradictionView(f"{id}-contradiction-{n}", one, places.each(one.places))
        for n, one in enumerate(dossier.contradictions, 1)
    ]
    return DossierView(id, dossier, [_station(one, places, contradictions) for one in dossier.stations], contradictions)
