"""Tables of formats that mark where a cell and a row end (.doc, .rtf) instead of nesting elements.

A row's end says where its cells' edges lie and which of them go on from the row above; only the whole table's edges
tell how many columns a cell spans, so lines learn their cell when the table ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from extractor.source import Cell, CellRef, Line, Table

_SLACK = 40  # twips: edges nearer than 0.7 mm are one, as drawn by hand
MAX_DEPTH = 50  # tables in tables; Word stops at 31
MAX_CELLS = 200_000  # of one file


class Bounds(NamedTuple):
    """A row's edges from left to right in twips (one more than cells), and its cells that go on from above or the left."""

    edges: tuple[int, ...] = ()
    from_above: frozenset[int] = frozenset()
    from_left: frozenset[int] = frozenset()


class _Row(NamedTuple):
    cells: list[list[int]]  # the lines of each
    bounds: Bounds


@dataclass
class _Open:
    """A table that has not ended."""

    index: int
    rows: list[_Row] = field(default_factory=list)
    cells: list[list[int]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class Blocks:
    """Lines and tables in the order of the file."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self._open: list[_Open] = []
        self._cells = 0

    @property
    def open(self) -> int:
        """How many tables have begun and not ended."""
        return len(self._open)

    def depth(self, depth: int) -> None:
        """What follows stands in a table of this depth; 0 is outside all tables."""
        depth = min(depth, MAX_DEPTH) if self._cells < MAX_CELLS else 0
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open(len(self.tables)))
            self.tables.append(Table(0, 0, ()))

    def add(self, lines: Sequence[Line], in_cell: bool) -> None:
        if self._open and in_cell:
            self._open[-1].lines += range(len(self.lines), len(self.lines) + len(lines))
        self.lines += lines

    def end_cell(self) -> None:
        if self._open:
            self._open[-1].cells.append(self._open[-1].lines)
            self._open[-1].lines = []
            self._cells += 1

    def end_row(self, bounds: Bounds) -> None:
        if self._open:
            table = self._open[-1]
            if table.lines:
                self.end_cell()
            table.rows.append(_Row(table.cells, bounds))
            table.cells = []

    def _close(self) -> None:
        table = self._open[-1]
        if table.lines or table.cells:
            self.end_row(Bounds())
        self._open.pop()
        laid = _laid(table.rows)
        self.tables[table.index] = laid
        for cell in laid.cells:
            for i in cell.lines:
                self.lines[i] = replace(self.lines[i], cell=CellRef(table.index, cell.row, cell.column))


def _laid(rows: Sequence[_Row]) -> Table:
    grid = _Grid(rows)
    cells: list[Cell] = []
    above: dict[int, int] = {}  # column → the cell that one of the next row may go on from
    columns = 0
    for number, row in enumerate(rows):
        left: int | None = None
        for i, lines in enumerate(row.cells):
            column, width = grid.place(row, i)
            columns = max(columns, column + width)
            owner = above.get(column) if i in row.bounds.from_above else None
            if i in row.bounds.from_left and not lines:  # a mark that programs set on both of the merged cells
                owner = left
            if owner is None:
                owner = len(cells)
                cells.append(Cell(number, column, 1, width, tuple(lines)))
            else:
                cells[owner] = _grown(cells[owner], number, column + width, lines)
            above.update(dict.fromkeys(range(column, column + width), owner))
            left = owner
    return Table(len(rows), columns, tuple(cells))


def _grown(cell: Cell, row: int, end: int, lines: Sequence[int]) -> Cell:
    return Cell(
        cell.row, cell.column, max(cell.rows, row - cell.row + 1), max(cell.columns, end - cell.column),
        (*cell.lines, *lines),
    )  # fmt: skip


class _Grid:
    """The columns of a table: by its rows' edges, or counted where a row does not say where its cells lie."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._columns: dict[int, int] = {}
        self._counted = any(not _placed(row) for row in rows)
        last: int | None = None
        column = -1
        for edge in sorted({edge for row in rows for edge in row.bounds.edges}):
            if last is None or edge - last > _SLACK:
                column, last = column + 1, edge
            self._columns[edge] = column

    def place(self, row: _Row, cell: int) -> tuple[int, int]:
        """First column and width of a cell."""
        if self._counted:
            return cell, 1
        start, end = (self._columns[edge] for edge in row.bounds.edges[cell : cell + 2])
        return start, max(1, end - start)


def _placed(row: _Row) -> bool:
    edges = row.bounds.edges
    return len(edges) > len(row.cells) and all(a < b for a, b in pairwise(edges))
