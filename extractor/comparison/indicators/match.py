"""Which figure of a year is the same indicator as which row of the years before: one to one.

First those whose name and words around are the same, in their order; then the nearest by name, of one measure, with a
little for the words around, the heading, the order and the magnitude.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from math import log10

from rapidfuzz.fuzz import ratio

from extractor.comparison.indicators.figures import Figure
from extractor.comparison.similar import Index

LEAST = 0.62
_NEAREST = 6


def match(rows: Sequence[Figure], figures: Sequence[Figure]) -> dict[int, int]:
    """Index of a figure → index of the row (its last figure) that it goes on."""
    found: dict[int, int] = {}
    blocks: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, group in enumerate((rows, figures)):
        for i, one in enumerate(group):
            blocks[_block(one)][side].append(i)
    for old, new in blocks.values():
        if old and new:
            found |= _block_match(rows, figures, old, new)
    return found


def _block(one: Figure) -> Hashable:
    return one.table, one.scope, one.kind, one.measure


def _block_match(rows: Sequence[Figure], figures: Sequence[Figure], old: list[int], new: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for key in (_same_frame, _same_name):
        found |= _equal(rows, figures, *_left(old, new, found), key)
    taken = set(found.values())
    for _, figure, row in sorted(_near(rows, figures, *_left(old, new, found))):
        if figure not in found and row not in taken:
            found[figure] = row
            taken.add(row)
    return found


def _left(old: list[int], new: list[int], found: Mapping[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [i for i in old if i not in taken], [i for i in new if i not in found]


def _same_frame(one: Figure) -> Hashable:
    return one.plain, one.frame


def _same_name(one: Figure) -> Hashable:
    return one.plain


def _equal(rows: Sequence[Figure], figures: Sequence[Figure], old: Sequence[int], new: Sequence[int],
           key: Callable[[Figure], Hashable]) -> dict[int, int]:  # fmt: skip
    """Those of one key, exact figures before rounded ones, else in order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(old, key=lambda i: (rows[i].late, rows[i].rough, i)):
        waiting[key(rows[i])].append(i)
    found: dict[int, int] = {}
    for i in sorted(new, key=lambda i: (figures[i].late, figures[i].rough, i)):
        if waiting[key(figures[i])]:
            found[i] = waiting[key(figures[i])].pop(0)
    return found


def _near(rows: Sequence[Figure], figures: Sequence[Figure], old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """(-score, figure, row) of those that are near enough."""
    if not old or not new:
        return
    index = Index([rows[i].plain for i in old], [figures[i].plain for i in new])
    for i in new:
        for near in index.top(figures[i].plain, _NEAREST):
            row = old[near.at]
            score = near.score + likeness(rows[row], figures[i])
            if score >= LEAST:
                yield -round(score, 4), i, row


def likeness(one: Figure, other: Figure) -> float:
    """What speaks for two figures besides their names; against them where it is below 0."""
    around = 0.15 * (ratio(one.frame, other.frame) / 100 - 0.3)
    heading = 0.05 * (ratio(one.heading, other.heading) / 100 - 0.3)
    order = -0.04 * abs(one.order - other.order)
    unit = 0.0 if one.quantity.unit == other.quantity.unit else -0.04
    rounded = -0.03 * (one.rough + other.rough) - 0.03 * (one.late + other.late)
    return around + heading + order + unit + rounded - _apart(one, other)


def _apart(one: Figure, other: Figure) -> float:
    """How unlike two values are: a tenth for a factor of ten over three."""
    if one.kind == "growth" or not one.value or not other.value or one.value * other.value < 0:
        return 0.0
    return max(0.0, abs(log10(other.value / one.value)) - 0.5) * 0.1
