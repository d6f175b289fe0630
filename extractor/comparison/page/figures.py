"""An indicator's figures ready to print: in the scale that its reports print most often, with changes and a curve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.comparison.records import Cell, Change, Indicator
from extractor.text import fold
from extractor.writers.page.words import number

_SCALE = regex.compile(r"(?<=[\d\s多余几])(万亿|亿|万)")
_FACTOR = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
WIDE, HIGH, DOT = 96, 26, 4.0
FULL = 50.0  # percent (or points × 10) at which the bar of a change is full


class Scale(NamedTuple):
    """`unit` with its 万 or 亿, and what to divide by."""

    factor: float
    unit: str


def scale(row: Indicator) -> Scale:
    """亿元 where most cells print 亿元; the larger of two that are printed as often."""
    found = [match[1] if (match := _SCALE.search(fold(cell.text))) else "" for cell in row.cells.values()]
    counts = Counter(found)
    word = max(counts, key=lambda word: (counts[word], _FACTOR[word])) if counts else ""
    return Scale(_FACTOR[word], word + (row.unit or ""))


def printed(cell: Cell, row: Indicator, by: Scale) -> str:
    """In the row's unit; as printed where it has another one or no value."""
    if cell.value is None or cell.unit != row.unit:
        return fold(cell.text)
    ends = cell.value if isinstance(cell.value, tuple) else (cell.value,)
    return "–".join(number(end / by.factor) for end in ends)


def difference(change: Change, by: Scale) -> str:
    """+1.47, in the row's unit, or in points with their name."""
    value = change.difference if change.unit == "个百分点" else change.difference / by.factor
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{number(abs(value))}" + ("点" if change.unit == "个百分点" else "")


def rate(change: Change) -> str:
    """+11.2%; empty where it means nothing."""
    return "" if change.rate is None else f"{change.rate:+.1f}%".replace("-", "−") if change.rate else "0%"


def heights(row: Indicator) -> dict[int, float]:
    """Year → value in the row's unit, also of cells in another one, which the changes tell."""
    own = {
        int(year): float(cell.value)
        for year, cell in row.cells.items()
        if isinstance(cell.value, (int, float)) and cell.unit == row.unit
    }
    for change in row.changes:
        if change.start in own:
            own.setdefault(change.end, own[change.start] + change.difference)
    for change in reversed(row.changes):
        if change.end in own:
            own.setdefault(change.start, own[change.end] - change.difference)
    return dict(sorted(own.items()))


class Spark(NamedTuple):
    """A small curve from nought up, over all years of the series."""

    points: str
    dots: list[tuple[float, float]]


def spark(row: Indicator, years: Sequence[int]) -> Spark | None:
    at = heights(row)
    if len(at) < 2:
        return None
    low, high = min(0.0, *at.values()), max(0.0, *at.values())
    across, down = (WIDE - 2 * DOT) / (len(years) - 1), (HIGH - 2 * DOT) / ((high - low) or 1.0)
    dots = [
        (round(DOT + across * years.index(year), 1), round(HIGH - DOT - down * (value - low), 1))
        for year, value in at.items()
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in dots), dots)


class Lean(NamedTuple):
    """A bar left or right of the middle: how far a figure moved, full at FULL percent or a tenth as many points."""

    x: float
    width: float
    falls: bool


def lean(change: Change) -> Lean | None:
    moved = change.rate if change.rate is not None else change.difference * 10 if change.unit == "个百分点" else None
    if not moved:
        return None
    half = WIDE / 2
    wide = round(max(1.5, half * min(abs(moved), FULL) / FULL), 1)
    return Lean(half - wide if moved < 0 else half, wide, moved < 0)
