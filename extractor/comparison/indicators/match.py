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
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.similar import Index

_LEAST = 0.6
_UNLIKE = -0.2  # figures of one name that are so unlike else are two indicators
_NATURES = {frozenset(("whole", "done")): 0.0, frozenset(("fresh", "done")): -0.05}  # else two indicators
_SHORT, _UNSURE = 2, -0.12  # characters of a name that tells little (建议), and how unlike its figures may be
_NEAREST = 6


def match(rows: Sequence[Figure], figures: Sequence[Figure], rules: IndicatorRules) -> dict[int, int]:
    """Index of a figure → index of the row (its last figure) that it goes on."""
    found: dict[int, int] = {}
    blocks: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, group in enumerate((rows, figures)):
        for i, one in enumerate(group):
            blocks[_block(one)][side].append(i)
    for old, new in blocks.values():
        if old and new:
            found |= _block_match(rows, figures, old, new, rules)
    return found


def _block(one: Figure) -> Hashable:
    return one.table, one.scope, one.kind, one.measure, one.nature == "change"


def _block_match(
    rows: Sequence[Figure], figures: Sequence[Figure], old: list[int], new: list[int], rules: IndicatorRules
) -> dict[int, int]:
    found: dict[int, int] = {}
    for key, least in _KEYS:
        found |= _equal(rows, figures, *_left(old, new, found), key, least, rules)
    taken = set(found.values())
    for _, figure, row in sorted(_near(rows, figures, *_left(old, new, found), rules)):
        if figure not in found and row not in taken:
            found[figure] = row
            taken.add(row)
    return found


def _left(old: list[int], new: list[int], found: Mapping[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [i for i in old if i not in taken], [i for i in new if i not in found]


def _same_words(one: Figure) -> Hashable:
    return one.plain, one.frame, one.heading


def _same_lead(one: Figure) -> Hashable:
    return one.plain, one.frame.partition("#")[0], one.table


def _same_name(one: Figure) -> Hashable:
    return one.plain


def _same_core(one: Figure) -> Hashable:
    return None if one.table else one.plain.removeprefix("新增")


def _same_value(one: Figure) -> Hashable:
    """Of a cell of a column: its row's label may have been read with its neighbour's."""
    return (one.heading, one.frame.partition("/")[2], one.value) if one.table else None


def _equal(rows: Sequence[Figure], figures: Sequence[Figure], old: Sequence[int], new: Sequence[int],
           key: Callable[[Figure], Hashable], least: float | None, rules: IndicatorRules) -> dict[int, int]:  # fmt: skip
    """Those of one key: of one value first, exact figures before rounded ones, then in order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(old, key=lambda i: (rows[i].late, rows[i].rough, i)):
        waiting[key(rows[i])].append(i)
    found: dict[int, int] = {}
    for alike in (True, False):
        for i in sorted(new, key=lambda i: (figures[i].late, figures[i].rough, i)):
            one, name = figures[i], key(figures[i])
            if i in found or name is None:
                continue
            row = next((row for row in waiting[name] if _goes(rows[row], one, alike, least, rules)), None)
            if row is not None:
                found[i] = row
                waiting[name].remove(row)
    return found


def _goes(one: Figure, other: Figure, alike: bool, least: float | None, rules: IndicatorRules) -> bool:
    if not rules.go_together(one.quantity.unit, other.quantity.unit, one.plain + other.plain):
        return False
    if alike:
        return one.value == other.value and one.rough == other.rough
    if least is None:
        return True
    return likeness(one, other, rules) > (least if len(one.plain) > _SHORT else _UNSURE)


_KEYS: tuple[tuple[Callable[[Figure], Hashable], float | None], ...] = (
    (_same_words, None), (_same_lead, None), (_same_name, _UNLIKE), (_same_core, _UNLIKE), (_same_value, None),
)  # fmt: skip


def _near(
    rows: Sequence[Figure], figures: Sequence[Figure], old: Sequence[int], new: Sequence[int], rules: IndicatorRules
) -> Iterator[tuple[float, int, int]]:
    """(-score, figure, row) of those that are near enough."""
    if not old or not new:
        return
    index = Index([rows[i].plain for i in old], [figures[i].plain for i in new])
    for i in new:
        for near in index.top(figures[i].plain, _NEAREST):
            row = old[near.at]
            score = near.score + likeness(rows[row], figures[i], rules)
            if score >= _LEAST:
                yield -round(score, 4), i, row


def likeness(one: Figure, other: Figure, rules: IndicatorRules) -> float:
    """What speaks for two figures besides their names; against them where it is below 0."""
    around = 0.15 * (ratio(one.frame, other.frame) / 100 - 0.3)
    heading = 0.05 * (ratio(one.heading, other.heading) / 100 - 0.3)
    order = -0.04 * abs(one.order - other.order)
    together = rules.go_together(one.quantity.unit, other.quantity.unit, one.plain + other.plain)
    unit = -0.4 if not together else 0.0 if one.quantity.unit == other.quantity.unit else -0.04
    rounded = -0.03 * (one.rough + other.rough) - 0.03 * (one.late + other.late)
    nature = 0.0 if one.nature == other.nature else _NATURES.get(frozenset((one.nature, other.nature)), -0.45)
    marks = 0.0 if one.marks == other.marks else -0.4
    marks -= 0.4 if one.rivals and other.rivals and one.rivals != other.rivals else 0.0
    return around + heading + order + unit + rounded + nature + marks - _apart(one, other)


def _apart(one: Figure, other: Figure) -> float:
    """How unlike two values are: a sixth for a factor of ten over three."""
    if one.kind == "growth" or not one.value or not other.value or one.value * other.value < 0:
        return 0.0
    return max(0.0, abs(log10(other.value / one.value)) - 0.5) * 0.17
