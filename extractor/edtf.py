"""The part of EDTF (ISO 8601-2) that dates of reports need, and ISO 8601 durations.

    2023  2023-01  2023-01-30      a year, a month, a day
    202X  2023-XX-06  XXXX-05      digits that are masked or not known
    2022-33 … 2022-36              the four quarters
    2022-40  2022-41               the two halves of a year
    2021/2025  2019/..  ../2019    a range, both ends within; `..` leaves an end open
    P3Y  P6M  P2W  P30D            a duration counted back from an unnamed now

`bounds` gives the first and the last day that a value can mean. Every other function builds one of these forms.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import regex

_DURATION = regex.compile(r"P(?:[1-9]\d{0,3})[YMWD]", regex.ASCII)
_POINT = regex.compile(r"(?P<year>[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?", regex.ASCII)
# first and last month of what stands in a month's place: quarters and half years
_SEASONS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}


class Bounds(NamedTuple):
    """The first and the last day of a value; None at an end that is open or not on the calendar."""

    earliest: date | None
    latest: date | None


def check(value: str) -> str:
    """`value` itself. Raises ValueError if it is none of our forms, or names a day that no calendar has."""
    bounds(value)
    return value


@lru_cache(4096)
def bounds(value: str) -> Bounds:
    """The days between which `value` lies; a duration has none. Raises ValueError."""
    if _DURATION.fullmatch(value):
        return Bounds(None, None)
    start, slash, end = value.partition("/")
    if not slash:
        return Bounds(*_point(value))
    if start == end == "..":
        raise ValueError(f"{value!r} is open at both ends")
    low = None if start == ".." else _point(start)[0]
    high = None if end == ".." else _point(end)[1]
    if low and high and low > high:
        raise ValueError(f"{value!r} ends before it starts")
    return Bounds(low, high)


def day(year: str, month: str | None = None, day: str | None = None) -> str:
    """Year, month and day as digits or X: a point as precise as what is given."""
    return "-".join(part for part in (year, month, day) if part is not None)


def quarter(year: str, number: int) -> str:
    """Quarter 1 to 4."""
    return f"{year}-{32 + number}"


def half(year: str, number: int) -> str:
    """Half 1 or 2."""
    return f"{year}-{39 + number}"


def days(year: str, month: str, first: int, last: int) -> str:
    """Days `first` to `last` of a month, cut at its end: a third of it, its first or last days."""
    return f"{year}-{month}-{first:02d}/{year}-{month}-{min(last, length(year, month)):02d}"


def length(year: str, month: str) -> int:
    """How many days the month has; 31 where the month is masked, 29 in a February of a masked year."""
    if not month.isdigit():
        return 31
    return monthrange(int(year) if year.isdigit() else 2000, int(month))[1]


def span(start: str, end: str) -> str:
    """From the start of one value to the end of another. Raises ValueError where that runs backwards."""
    return check(f"{start.partition('/')[0]}/{end.rpartition('/')[2]}")


def back(number: int, unit: str) -> str:
    """A duration of `number` years, months, weeks or days: `unit` is Y, M, W or D."""
    return f"P{number}{unit}"


def _point(value: str) -> tuple[date, date]:
    match = _POINT.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no date in EDTF")
    year, month, day = match["year"], match["month"], match["day"]
    if month and month.isdigit() and int(month) in _SEASONS and day is None:
        first, last = _SEASONS[int(month)]
        return _first(year, f"{first:02d}", None), _last(year, f"{last:02d}", None)
    return _first(year, month, day), _last(year, month, day)


def _first(year: str, month: str | None, day: str | None) -> date:
    return next(_dates(year, month or "XX", day or "XX", 1))


def _last(year: str, month: str | None, day: str | None) -> date:
    return next(_dates(year, month or "XX", day or "XX", -1))


def _dates(year: str, month: str, day: str, step: int) -> Iterator[date]:
    """Every day that the masked parts can mean, forwards or backwards in time. Raises ValueError if there is none."""
    if "X" in year:
        next(_dates("2000", month, day, step))  # XXXX-02-30: ten thousand years tried in vain take 80 ms
    for y in _fits(year, 1, 9999, step):
        for m in _fits(month, 1, 12, step):
            for d in _fits(day, 1, monthrange(y, m)[1], step):
                yield date(y, m, d)
    raise ValueError(f"there is no day {year}-{month}-{day}")


def _fits(mask: str, low: int, high: int, step: int) -> Iterator[int]:
    """The numbers from `low` to `high` that a mask like 1X can stand for, in order."""
    if not mask.strip("X"):
        yield from range(low, high + 1)[::step]
        return
    for digits in product("0123456789"[::step], repeat=mask.count("X")):
        fill = iter(digits)
        number = int("".join(next(fill) if char == "X" else char for char in mask))
        if low <= number <= high:
            yield number
