"""Slopes: how figures of one unit moved from one year to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.pages.charts.drawing import Scale, draw, fit, width

_LEAST = 17.0  # pixels between the base lines of two labels


class Slope(NamedTuple):
    """A figure in both years, and the words that print it."""

    name: str
    start: float
    end: float
    start_text: str
    end_text: str
    href: str = ""


class _Drawn(NamedTuple):
    row: Slope
    name: str
    left: float
    right: float
    left_label: float
    right_label: float
    trend: str


def slopes(rows: Sequence[Slope], left: str, right: str, *, wide: int = 660, high: int = 160) -> Markup:
    """All rows stand on one scale: figures of unlike units belong into `multiples`. `high` grows with the labels."""
    high = max(high, 34 + round(_LEAST * (len(rows) + 1)))
    everything = [row.start for row in rows] + [row.end for row in rows]
    scale = Scale(min(everything, default=0), max(everything, default=1), high - 20, 44)
    lefts, rights = _spread([scale(row.start) for row in rows], high), _spread([scale(row.end) for row in rows], high)
    drawn = [
        _Drawn(
            row, fit(row.name, wide * 0.4 - width(row.start_text, 12)), scale(row.start), scale(row.end),
            lefts[i], rights[i], _trend(row),
        )
        for i, row in enumerate(rows)
    ]  # fmt: skip
    return draw("slopes.html", rows=drawn, left=left, right=right, wide=wide, high=high, x0=wide * 0.48, x1=wide * 0.86)


def _trend(row: Slope) -> str:
    return "up" if row.end > row.start else "down" if row.end < row.start else "level"


def _spread(places: Sequence[float], high: float, top: float = 44) -> list[float]:
    """Labels as near to their places as they can stand without covering one another."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    spread = list(places)
    last = top - _LEAST
    for i in order:
        last = spread[i] = max(places[i], last + _LEAST)
    last = high - 12 + _LEAST
    for i in reversed(order):
        last = spread[i] = min(spread[i], last - _LEAST)
    return [round(at, 1) for at in spread]
