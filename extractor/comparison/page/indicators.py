"""指标 of a series: what most years have first, the long tail apart; done, to do, summed over years, and tables apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from markupsafe import Markup

from extractor.comparison.page.figures import Lean, Spark, difference, heights, lean, printed, rate, scale, spark
from extractor.comparison.page.places import At, Places
from extractor.comparison.records import Cell, Indicator, Series
from extractor.comparison.terms import KIND, SCOPE
from extractor.pages.charts import Figure, Point, Slope, multiples, slopes
from extractor.terms import MODIFIER
from extractor.text import fold

MOST_ROWS, MOST_CURVES, MOST_SLOPES, FEWEST = 30, 12, 12, 3
REACH, NEAR = 12.0, 4.0  # of one chart of slopes: the largest by the smallest, of rates by the median


class CellView(NamedTuple):
    """`other`: as printed, since it is not in the unit of the row."""

    text: str
    other: bool
    title: str
    href: str


class AtYear(NamedTuple):
    year: str
    id: str
    at: At
    moved: str


class RowView(NamedTuple):
    """`cells` are parallel to the years of the series, None where the figure is missing."""

    id: str
    row: Indicator
    kind: str
    unit: str
    cells: list[CellView | None]
    spark: Spark | None
    lean: Lean | None
    difference: str
    rate: str
    ats: list[AtYear]


class Group(NamedTuple):
    """`main` and `rest` have two years or more; `new` and `once` have one."""

    key: str
    title: str
    main: list[RowView]
    rest: list[RowView]
    new: list[RowView]
    once: list[RowView]
    charts: list[Markup]


def groups(one: Series, rows: Sequence[tuple[str, Indicator]], places: Places) -> list[Group]:
    """`rows` are those of the series with their ids."""
    years = [member.year for member in one.members]
    found = []
    for table in (False, True):
        for scope, name in SCOPE.items():
            own = [(id, row) for id, row in rows if row.scope == scope and row.table == table]
            if own:
                title = f"表格里的数 · {name}" if table else name
                found.append(_group(f"{'table-' if table else ''}{scope}", title, own, years, places))
    return found


def _group(key: str, title: str, rows: Sequence[tuple[str, Indicator]], years: Sequence[int], places: Places) -> Group:
    ranked = sorted(rows, key=lambda pair: (-len(pair[1].cells), not _moves(pair[1])))  # else as the reports have them
    views = [_row(id, row, years, places) for id, row in ranked]
    several = [view for view in views if len(view.row.cells) > 1]
    single = [view for view in views if len(view.row.cells) == 1]
    return Group(
        key, title, several[:MOST_ROWS], several[MOST_ROWS:],
        [view for view in single if view.row.trend == "new"], [view for view in single if view.row.trend != "new"],
        [] if key.startswith("table-") else list(_charts(several, years)),
    )  # fmt: skip


def _moves(row: Indicator) -> bool:
    return any(change.difference for change in row.changes)


def _row(id: str, row: Indicator, years: Sequence[int], places: Places) -> RowView:
    by = scale(row)
    cells = {
        int(year): CellView(printed(cell, row, by), cell.unit != row.unit, _title(cell), f"#{id}-{year}")
        for year, cell in row.cells.items()
    }
    changes = {change.end: change for change in row.changes}
    last = row.changes[-1] if row.changes else None
    ats = [
        AtYear(
            year, f"{id}-{year}", places.at(cell),
            f"较{change.start}年 {difference(change, by)} {rate(change)}" if (change := changes.get(int(year))) else "",
        )
        for year, cell in sorted(row.cells.items())
    ]  # fmt: skip
    return RowView(
        id, row, KIND[row.kind], by.unit, [cells.get(year) for year in years],
        spark(row, years) if len(years) > 2 else None, lean(last) if last and len(years) == 2 else None,
        difference(last, by) if last else "", rate(last) if last else "", ats,
    )  # fmt: skip


def _title(cell: Cell) -> str:
    """As printed, for whom the cell in a common unit is not enough."""
    return (MODIFIER[cell.modifier] if cell.modifier else "") + fold(cell.text)


def _charts(rows: Sequence[RowView], years: Sequence[int]) -> Iterator[Markup]:
    if len(years) > 2:
        figures = [_figure(view) for view in rows if len(heights(view.row)) >= max(FEWEST, len(years) / 2)]
        if figures:
            yield multiples(figures[:MOST_CURVES], years=years, wide=230)
    elif len(years) == 2:
        yield from _slopes(rows, years)


def _figure(view: RowView) -> Figure:
    by = scale(view.row)
    own = heights(view.row)
    texts = {
        year: f"{value / by.factor:,.4g}" if value / by.factor < 1e4 else f"{value / by.factor:,.0f}"
        for year, value in own.items()
    }
    points = [Point(year, value / by.factor, texts[year], f"#{view.id}-{year}") for year, value in own.items()]
    return Figure(view.row.indicator, points, view.unit, f"#{view.id}")


def _slopes(rows: Sequence[RowView], years: Sequence[int]) -> Iterator[Markup]:
    """A chart for each unit of which enough figures are of one size; rates of growth apart from shares."""
    units: dict[tuple[str, bool], list[Slope]] = {}
    for view in rows:
        own, by = heights(view.row), scale(view.row)
        if _moves(view.row) and all(year in own for year in years):
            start, end = (own[year] / by.factor for year in years)
            slope = Slope(view.row.indicator, start, end, f"{start:,.5g}", f"{end:,.5g}", f"#{view.id}")
            units.setdefault((by.unit, view.row.kind == "growth"), []).append(slope)
    for (unit, growth), found in units.items():
        alike = _near(found) if growth else _alike(found)
        if len(alike) >= FEWEST:
            left = f"{years[0]}年（{unit}）" if unit else f"{years[0]}年"
            yield slopes(alike, left, f"{years[1]}年", wide=540, high=60 + 26 * len(alike))


def _near(found: Sequence[Slope]) -> list[Slope]:
    """The first whose ends are no more than NEAR times as far from nought as those of most."""
    far = [max(abs(slope.start), abs(slope.end)) for slope in found]
    return [slope for slope, one in zip(found, far, strict=True) if one <= NEAR * median(far)][:MOST_SLOPES]


def _alike(found: Sequence[Slope]) -> list[Slope]:
    """The most that are within REACH of one another, so that no line is pressed flat."""
    above = [slope for slope in found if min(slope.start, slope.end) > 0]
    ranked = sorted(above, key=lambda slope: -max(slope.start, slope.end))
    runs = [
        [low for low in ranked[i:] if max(top.start, top.end) <= REACH * min(low.start, low.end)][:MOST_SLOPES]
        for i, top in enumerate(ranked)
    ]
    return max(runs, key=len, default=[])
