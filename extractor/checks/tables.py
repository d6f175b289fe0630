"""Sums that a table states: rows and columns of totals, codes with their parts, and a relation between rows in words.

Which lines a total adds up is rarely said. The readings are few: those since the total before or until the next, of
all levels or of the highest one, with or without the total before. The reading that fits most cells is taken to be
meant, and a cell that it does not fit is broken; where no reading fits most, the check cannot tell. Rounded parts may
miss a rounded total by half of its last digit each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.checks.ground import CheckRule, Ground, made
from extractor.checks.tablelines import Line, Sheet, decimals, value
from extractor.found import Cell, Check, Outcome
from extractor.text import Span, fold

_ORDINALS = {digit: i for i, digit in enumerate("一二三四五六七八九十", 1)}


class Sum(NamedTuple):
    """A total with the cells of its parts, what they add up to, and whether that is what is printed."""

    total: Cell
    parts: list[Cell]
    found: Decimal
    fits: bool


def sums(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """合计, 总计, 小计: every row and every column of that name."""
    for table in ground.tables:
        sheet = Sheet(table)
        columns = [(lines, True) for lines in sheet.groups()]
        for lines, upright in [*((lines, False) for lines in sheet.panels()), *columns]:
            for at, line in enumerate(lines):
                if _is_total(rule, line) and not (upright and line.level):
                    yield from _judged(rule, ground, line, _readings(rule, lines, at))


def tree(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """类 款 项: a line with a code is the sum of the lines with longer codes below it."""
    for table in ground.tables:
        sheet = Sheet(table)
        for lines in sheet.panels():
            coded = [line for line in lines if line.level and sheet.own_codes(next(iter(line.cells.values())))]
            added = [one for at, line in enumerate(coded) for one in _added(rule, ground, line, _children(coded, at))]
            right = [one for one in added if one.fits]
            if right and len(right) >= len(added) / 2:
                yield from (_broken(rule, one) for one in added if not one.fits)
                yield _summary(rule, "holds", "、".join(coded[0].names[-1:]), right)


def _children(lines: Sequence[Line], at: int) -> list[Line]:
    below: list[Line] = []
    for line in lines[at + 1 :]:
        if line.level <= lines[at].level:
            break
        below.append(line)
    top = min((line.level for line in below), default=0)
    return [line for line in below if line.level == top]


def _is_total(rule: CheckRule, line: Line) -> bool:
    return rule.patterns["total"].search(fold(line.name)) is not None


def _readings(rule: CheckRule, lines: Sequence[Line], at: int) -> list[list[Line]]:
    """The sets of lines that the total at `at` may add up, each once."""
    own = lines[at].names[:-1]
    near = [line for line in lines if line.names[: len(own)] == own]
    at = next(i for i, line in enumerate(near) if line is lines[at])
    totals = [i for i, line in enumerate(near) if i != at and _is_total(rule, line)]
    last = max((i for i in totals if i < at), default=-1)
    next_ = min((i for i in totals if i > at), default=len(near))
    spans = [near[last + 1 : at], near[at + 1 : next_], near[:at], near[at + 1 :], near[:at] + near[at + 1 :]]
    found: list[list[Line]] = []
    for span in spans:
        parts = [
            line for line in span if not _is_total(rule, line) and not rule.patterns["within"].search(fold(line.name))
        ]
        highest = min((line.level for line in parts if line.filled), default=0)
        top = [line for line in parts if line.level == highest]
        found += [parts, top]
        if span is spans[0] and last >= 0:
            found += [[near[last], *parts], [near[last], *top]]
    found.append([near[i] for i in totals if i < at])
    unique = {tuple(id(line) for line in parts): parts for parts in found if parts}
    return list(unique.values())


def _added(rule: CheckRule, ground: Ground, total: Line, parts: Sequence[Line]) -> list[Sum]:
    """The sum at every place of the total that holds a number and has parts; none where a part cannot be read."""
    found = []
    for at, cell in total.cells.items():
        stated = value(cell)
        cells = [part.cells[at] for part in parts if at in part.cells]
        values = [value(part) for part in cells]
        names = (*cell.heads, *cell.labels)
        if (
            stated is None
            or cell.state in ("empty", "slash")
            or None in values
            or not any(values)
            or any(map(rule.patterns["skip"].search, names))
        ):
            continue
        amount = sum((v for v in values if v), Decimal(0))
        filled = [part for part, v in zip(cells, values, strict=True) if v]
        near = abs(amount - stated) <= _slack(ground, [cell, *filled])
        found.append(Sum(cell, filled, amount, near))
    return found


def _slack(ground: Ground, cells: Sequence[Cell]) -> Decimal:
    """Half of the last printed digit for each of the cells; whole numbers are exact unless they are money."""
    digits = decimals(cells)
    counted = ground.counted(cells[0].span) if cells[0].span else []
    rounded = digits > 0 or any(quantity.dimension == "money" for quantity in counted)
    return Decimal(len(cells)) / 2 * Decimal(1).scaleb(-digits) if rounded else Decimal(0)


def _judged(rule: CheckRule, ground: Ground, total: Line, readings: Sequence[Sequence[Line]]) -> Iterator[Check]:
    fitted = [added for parts in readings if len(parts) > 1 and (added := _added(rule, ground, total, parts))]
    if not fitted:
        return
    best = max(
        fitted, key=lambda added: (sum(one.fits for one in added), sum(one.fits * len(one.parts) for one in added))
    )
    right, wrong = [one for one in best if one.fits], [one for one in best if not one.fits]
    clear = len(readings) == 1 and len(wrong) == 1
    if len(wrong) >= max(len(right), 1) and not clear:
        yield _summary(rule, "cannot_tell", total.name, best)
        return
    yield from (_broken(rule, one) for one in wrong)
    if right:
        yield _summary(rule, "holds", total.name, right)


def _broken(rule: CheckRule, one: Sum) -> Check:
    names = "·".join((*one.total.labels[-1:], *one.total.heads[-1:]))
    stated = one.total.text.strip()
    terms = " + ".join(part.text.strip() for part in one.parts)
    arithmetic = f"{terms} = {one.found:,} ≠ {stated}"
    return made(rule, "broken", _spans([one.total, *one.parts]), f"{names} {stated}", f"{one.found:,}", arithmetic)


def _summary(rule: CheckRule, outcome: Outcome, name: str, some: Sequence[Sum]) -> Check:
    """One check for all the cells of a total line that come out alike."""
    most = max(some, key=lambda one: len(one.parts))
    terms = " + ".join(part.text.strip() for part in most.parts)
    stated = most.total.text.strip()
    if outcome == "holds" and most.found == value(most.total):
        arithmetic = f"{terms} = {stated}"
    else:
        arithmetic = f"{terms} = {most.found:,} {'?' if outcome == 'cannot_tell' else '≈'} {stated}"
    spans = _spans([one.total for one in some] + most.parts)
    return made(rule, outcome, spans, name, str(len(some)), arithmetic)


def _spans(cells: Sequence[Cell]) -> list[Span]:
    return [cell.span for cell in cells if cell.span]


def relation(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """第一项加第二项之和，等于第三项加第四项之和, said in a cell: of every column, by rows marked 一、 to 四、."""
    for table in ground.tables:
        said = next((m for cell in table.cells if (m := rule.patterns["says"].search(fold(cell.text)))), None)
        if said is None:
            continue
        sides = [[_ORDINALS[n] for n in said.captures(side)] for side in ("left", "right")]
        for lines in Sheet(table).panels():
            rows = {n: _row(rule, lines, n) for side in sides for n in side}
            yield from _related(rule, ground, said[0], sides, {n: row for n, row in rows.items() if row})


def _row(rule: CheckRule, lines: Sequence[Line], n: int) -> Line | None:
    """The row of item n; of an item with rows of its own, its total."""
    own = [
        line for line in lines if line.names and fold(line.names[0]).startswith(f"{'一二三四五六七八九十'[n - 1]}、")
    ]
    totals = [line for line in own if _is_total(rule, line)]
    return own[0] if len(own) == 1 else totals[-1] if totals else None


def _related(
    rule: CheckRule, ground: Ground, said: str, sides: list[list[int]], rows: dict[int, Line]
) -> Iterator[Check]:
    if any(n not in rows for side in sides for n in side):
        return
    right: list[Sum] = []
    for at, cell in rows[sides[0][0]].cells.items():
        cells = [[rows[n].cells[at] for n in side if at in rows[n].cells] for side in sides]
        if [len(side) for side in cells] != [len(side) for side in sides]:
            continue
        values = [[value(one) for one in side] for side in cells]
        if any(v is None for side in values for v in side) or not any(v for side in values for v in side):
            continue
        left, other = (sum((v for v in side if v), Decimal(0)) for side in values)
        terms = [" + ".join(one.text.strip() or "0" for one in side) for side in cells]
        if left == other:
            right.append(Sum(cell, [*cells[0][1:], *cells[1]], other, True))
            continue
        places = _spans([*cells[0], *cells[1]])
        name = "·".join(cell.heads[-1:])
        yield made(rule, "broken", places, f"{name} {left:,}", f"{other:,}", f"{terms[0]} ≠ {terms[1]}")
    if right:
        places = _spans([part for one in right for part in (one.total, *one.parts)])
        yield made(rule, "holds", places, said, str(len(right)))
