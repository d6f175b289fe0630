"""A figure over years, alone or as small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.pages.charts.drawing import Scale, draw, fit, reach, width


class Point(NamedTuple):
    """A year, its value, the words that print it, and where they stand."""

    year: int
    value: float
    text: str
    href: str = ""


class Figure(NamedTuple):
    """Points in order of years; a year of the axis without one is a gap in the curve."""

    name: str
    points: Sequence[Point]
    unit: str = ""
    href: str = ""


class _Drawn(NamedTuple):
    x: float
    y: float
    point: Point
    text_y: float
    printed: bool


def line(
    figure: Figure, *, years: Sequence[int] = (), wide: int = 660, high: int = 200, all_texts: bool = True
) -> Markup:
    """`years` are those of the axis, the figure's own if not given; `all_texts` prints every value, else the ends."""
    points = figure.points
    axis = sorted({*years, *(point.year for point in points)})
    low, high_value = reach([point.value for point in points] or [0.0])
    ends = max((width(point.text, 12) for point in points), default=0) / 2 + 4
    across = Scale(axis[0] if axis else 0, axis[-1] if axis else 1, ends, wide - ends)
    down = Scale(low, high_value, high - 46, 28)
    ys = [down(point.value) for point in points]
    drawn = [
        _Drawn(across(p.year), y, p, y + (18 if _is_low(ys, i) else -10), all_texts or p in (points[0], points[-1]))
        for i, (p, y) in enumerate(zip(points, ys, strict=True))
    ]
    return draw(
        "line.html", figure=figure, drawn=drawn, runs=_runs(drawn, axis), wide=wide, high=high,
        axis=[(year, across(year)) for year in _labelled(axis, wide - 2 * ends)],
    )  # fmt: skip


def multiples(figures: Sequence[Figure], *, years: Sequence[int] = (), wide: int = 220, high: int = 110) -> Markup:
    """Each on its own scale: the shape is what is compared, so first and last value are printed."""
    axis = sorted({*years, *(point.year for figure in figures for point in figure.points)})
    charts = [
        (fit(figure.name, wide * 1.9), figure, line(figure, years=axis, wide=wide, high=high, all_texts=False))
        for figure in figures
    ]
    return draw("multiples.html", charts=charts)


def _is_low(ys: list[float], i: int) -> bool:
    """The curve rises from here on both sides, so that the words stand below it."""
    beside = ys[max(0, i - 1) : i] + ys[i + 1 : i + 2]
    return bool(beside) and all(y < ys[i] for y in beside)


def _runs(drawn: Sequence[_Drawn], axis: Sequence[int]) -> list[str]:
    """Points of neighbouring years of the axis joined; beyond a year without a value a new run begins."""
    runs: list[list[_Drawn]] = []
    for at in drawn:
        follows = runs and axis.index(at.point.year) == axis.index(runs[-1][-1].point.year) + 1
        runs[-1].append(at) if follows else runs.append([at])
    return [" ".join(f"{at.x},{at.y}" for at in run) for run in runs if len(run) > 1]


def _labelled(axis: Sequence[int], room: float) -> list[int]:
    """As many years as fit, the first and the last among them."""
    if len(axis) * 38 <= room or len(axis) < 3:
        return list(axis)
    return [axis[0], axis[-1]]
