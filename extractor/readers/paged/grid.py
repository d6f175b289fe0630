"""Ruled lines → tables: which boxes they close, and which of those are one cell.

Lines that touch make a frame; its levels cut the page into small boxes, and boxes with no line between them are one
cell. So a cell may span rows and columns, and a table that the page's end has cut open still has its last row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.readers.paged.page import Rule
from extractor.source import Area

# in points
_SNAP = 3.0  # lines that near are one; ends that near touch
_SHORTEST = 6.0
_SLACK = 1.0
MOST_BOXES = 40_000  # of one frame
MOST_LINES = 3_000  # of one page; what has more is a drawing


class Grid(NamedTuple):
    """A table on one page: edges of its columns and rows, its cells, and which cell each small box is part of."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    owners: tuple[tuple[int, ...], ...]

    def cell(self, x: float, y: float) -> int | None:
        """The index of the cell at a point, None outside of the table."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owners[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def within(self, other: Grid) -> bool:
        """Does the other enclose it: a table in a table's cell, or in a frame?"""
        return (
            other.xs[0] <= self.xs[0] and self.xs[-1] <= other.xs[-1]
            and other.ys[0] <= self.ys[0] and self.ys[-1] <= other.ys[-1]
        )  # fmt: skip


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """From top to bottom. A frame around one text, or lines without uprights, are none."""
    lines = _joined(rules)
    if len(lines) > MOST_LINES:
        return []
    found = [grid for frame in _frames(lines) if (grid := _grid(frame)) is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together: a border is often drawn cell by cell, a dashed one dash by dash."""
    found: list[Rule] = []
    for level in (True, False):
        near: list[list[Rule]] = []
        for rule in sorted((rule for rule in rules if rule.level is level), key=lambda rule: rule.at):
            if near and rule.at - near[-1][0].at <= _SNAP:
                near[-1].append(rule)
            else:
                near.append([rule])
        for group in near:
            at = sum(rule.at for rule in group) / len(group)
            found += (Rule(level, at, low, high) for low, high in _runs(group) if high - low >= _SHORTEST)
    return found


def _runs(group: Sequence[Rule]) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    for rule in sorted(group, key=lambda rule: rule.low):
        if runs and rule.low <= runs[-1][1] + _SNAP:
            runs[-1] = (runs[-1][0], max(runs[-1][1], rule.high))
        else:
            runs.append((rule.low, rule.high))
    return runs


def _frames(lines: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that touch each other, directly or by others."""
    group = list(range(len(lines)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    upright = [i for i, line in enumerate(lines) if not line.level]
    for i, line in enumerate(lines):
        for j in upright if line.level else ():
            other = lines[j]
            if _within(other.at, line) and _within(line.at, other):
                group[root(j)] = root(i)
    frames: dict[int, list[Rule]] = defaultdict(list)
    for i, line in enumerate(lines):
        frames[root(i)].append(line)
    yield from frames.values()


def _within(at: float, line: Rule) -> bool:
    return line.low - _SNAP <= at <= line.high + _SNAP


def _grid(frame: Sequence[Rule]) -> Grid | None:
    levels, uprights = [line for line in frame if line.level], [line for line in frame if not line.level]
    if len(levels) < 2 or not uprights:
        return None
    xs, ys = _edges(uprights, levels), _edges(levels, uprights)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_BOXES:
        return None
    walls = {(i, j) for i, j in _walls(uprights, xs, ys)}
    floors = {(j, i) for i, j in _walls(levels, ys, xs)}
    owners = _owners(len(ys) - 1, len(xs) - 1, walls, floors)
    areas = _areas(owners)
    return Grid(tuple(xs), tuple(ys), areas, tuple(map(tuple, owners))) if len(areas) > 1 else None


def _edges(lines: Sequence[Rule], across: Sequence[Rule]) -> list[float]:
    """Where lines stand, and where those across them end if no line closes the table there."""
    edges = sorted({line.at for line in lines})
    low, high = min(line.low for line in across), max(line.high for line in across)
    if low < edges[0] - 2 * _SNAP:
        edges.insert(0, low)
    if high > edges[-1] + 2 * _SNAP:
        edges.append(high)
    distinct = edges[:1]
    for edge in edges[1:]:
        if edge - distinct[-1] > _SNAP:
            distinct.append(edge)
    return distinct


def _walls(lines: Sequence[Rule], edges: Sequence[float], across: Sequence[float]) -> Iterator[tuple[int, int]]:
    """(edge, box): the lines that stand on an inner edge, box by box along it."""
    for line in lines:
        edge = min(range(len(edges)), key=lambda i: abs(edges[i] - line.at))
        for box in range(len(across) - 1):
            middle = (across[box] + across[box + 1]) / 2
            if line.low - _SLACK <= middle <= line.high + _SLACK:
                yield edge, box


def _owners(rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> list[list[int]]:
    """The cell of each small box: the rectangle that grows right, then down, until a line stops it."""
    owners = [[-1] * columns for _ in range(rows)]
    cells = 0
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            right = column + 1
            while right < columns and owners[row][right] < 0 and (right, row) not in walls:
                right += 1
            below = row + 1
            while below < rows and _open(below, column, right, columns, walls, floors):
                below += 1
            for i in range(row, below):
                owners[i][column:right] = [cells] * (right - column)
            cells += 1
    return owners


def _open(row: int, left: int, right: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> bool:  # fmt: skip
    """Does a cell of columns `left` to `right` go on in `row`: no line over it, none inside, one at either side?"""
    if any((column, row) in floors for column in range(left, right)):
        return False
    if any((column, row) in walls for column in range(left + 1, right)):
        return False
    return (left == 0 or (left, row) in walls) and (right == columns or (right, row) in walls)


def _areas(owners: Sequence[Sequence[int]]) -> tuple[Area, ...]:
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, line in enumerate(owners):
        for column, owner in enumerate(line):
            places[owner].append((row, column))
    areas = []
    for owner in sorted(places):
        (row, column), (last_row, last_column) = places[owner][0], places[owner][-1]
        areas.append(Area(row, column, last_row - row + 1, last_column - column + 1))
    return tuple(areas)
