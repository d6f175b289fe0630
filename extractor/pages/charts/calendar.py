"""Dated acts in the months of their years: a year a row, days as dots, spans of days as bars, in lanes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from extractor import edtf
from extractor.pages.charts.drawing import Part, draw

LANE, HEAD, SIDE, DOT = 15, 24, 52, 5.0
MOST_DAYS = 100  # what is longer than a season is no act but a period


class Act(NamedTuple):
    """`value` is EDTF; `key` that of a part; `title` what was done; `href` where it is said."""

    value: str
    key: str
    title: str
    href: str = ""


class _Bar(NamedTuple):
    act: Act
    start: date
    end: date


class _Drawn(NamedTuple):
    act: Act
    x: float
    y: float
    width: float


class _Year(NamedTuple):
    year: int
    top: float
    high: float
    drawn: list[_Drawn]


def days(value: str) -> tuple[date, date] | None:
    """First and last day of an act: a date with a month, both ends known, no longer than a season."""
    low, high = edtf.bounds(value)
    if low is None or high is None or "X" in value or (high - low).days > MOST_DAYS:
        return None
    return low, high


def calendar(acts: Sequence[Act], parts: Sequence[Part], *, label: str, wide: int = 660) -> Markup:
    """Acts whose value is no act's date are left out; so are years without any."""
    bars = sorted(_bars(acts), key=lambda bar: (bar.start, bar.end))
    years: list[_Year] = []
    top = float(HEAD)
    for year, found in groupby(bars, key=lambda bar: bar.start.year):
        drawn, lanes = _laid(list(found), top, wide)
        years.append(_Year(year, top, max(2, lanes) * LANE + 8, drawn))
        top += years[-1].high
    used = [part for part in parts if any(bar.act.key == part.key for bar in bars)]
    months = [(month, _across(date(2001, month, 1), wide), (wide - SIDE) / 12) for month in range(1, 13)]
    return draw(
        "calendar.html", years=years, months=months, parts=used, label=label, wide=wide, high=top, dot=DOT, side=SIDE
    )


def _bars(acts: Sequence[Act]) -> Iterator[_Bar]:
    """What runs over new year is cut there: its end is in its words."""
    for act in acts:
        if at := days(act.value):
            yield _Bar(act, at[0], min(at[1], date(at[0].year, 12, 31)))


def _laid(bars: Sequence[_Bar], top: float, wide: int) -> tuple[list[_Drawn], int]:
    """Each in the first lane that is free where it begins."""
    free: list[float] = []
    drawn = []
    for bar in bars:
        start, end = _across(bar.start, wide), max(_across(bar.end, wide), _across(bar.start, wide) + 2 * DOT)
        lane = next((i for i, at in enumerate(free) if at <= start), len(free))
        free[lane : lane + 1] = [end + 2]
        drawn.append(_Drawn(bar.act, start, round(top + 4 + lane * LANE, 1), round(end - start, 1)))
    return drawn, len(free)


def _across(day: date, wide: int) -> float:
    month = (wide - SIDE) / 12
    return round(SIDE + month * (day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]), 1)
