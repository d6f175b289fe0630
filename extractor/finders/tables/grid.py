"""What the cells of a table are to each other: header rows, the use of a column, the labels of a cell.

A table may hold several headers: a row that covers its whole width opens a part of it, and a row that begins like the
first header is a header again (信息内容 | 本年处理决定数量 below 信息内容 | 本年制发件数). Panels may stand side by
side (项目 | 决算数 | 项目 | 决算数): the labels of a number are the nearest columns of words to its left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import regex

from extractor.finders.tables.rulefile import TableRules, plain
from extractor.found import Cell, Role

_NUMBER = regex.compile(r"[(+-]?\d[\d,]*(?:\.\d+)?[%‰]?\)?")
_FIGURE = regex.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?![.、,])\D{0,4}")
_ORDINAL = regex.compile(r"(?:19|20)\d\d|[1-9]\d?")  # years and column numbers stand in headers
_PADDED = regex.compile(r"0\d+")
_LONG = 60  # characters: what is longer describes and names nothing


@dataclass(frozen=True)
class Grid:
    rows: int
    columns: int
    cells: Sequence[Cell]

    @cached_property
    def at(self) -> dict[tuple[int, int], Cell]:
        """Every place → the cell that covers it."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    @cached_property
    def starts(self) -> list[list[Cell]]:
        """The cells that begin in each row."""
        found: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found[cell.row].append(cell)
        return found

    @cached_property
    def said(self) -> Counter[tuple[int, str]]:
        """How often a column says the same."""
        return Counter((cell.column, plain(cell.text)) for cell in self.cells)

    def banner(self, row: int) -> bool:
        """One cell over the whole width."""
        return self.columns > 1 and any(cell.columns == self.columns for cell in self.starts[row])

    def across(self, row: int) -> list[Cell]:
        """The cells that cover places of a row, from left to right."""
        return list(dict.fromkeys(self.at[row, c] for c in range(self.columns) if (row, c) in self.at))


def understood(grid: Grid, rules: TableRules, is_unit: Callable[[str], bool]) -> tuple[int, tuple[Cell, ...]]:
    """The number of header rows, and the cells with their roles and labels."""
    heads = _heads(grid, rules)
    header = {row for start, stop in heads for row in range(start, stop)}
    roles = _roles(grid, heads, header, rules, is_unit)
    labelled = (_labelled(grid, cell, roles, heads, header, rules) for cell in grid.cells)
    return heads[0][1] if heads else 0, tuple(labelled)


@lru_cache(4096)  # a cell is asked by every cell to its right
def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(plain(text)) is not None


def _heads(grid: Grid, rules: TableRules) -> list[tuple[int, int]]:
    """Runs of header rows: the first, and each that begins like it."""
    stop = _head(grid, 0, rules)
    heads = [(0, stop)] if stop else []
    key = next(
        (plain(cells[0].text) for row in range(stop) if (cells := grid.starts[row]) and not grid.banner(row)), ""
    )
    row = stop
    while key and row < grid.rows:
        cells = grid.starts[row]
        if cells and cells[0].column == 0 and plain(cells[0].text) == key and not _figures(grid, row):
            start = row - 1 if grid.banner(row - 1) else row
            heads.append((start, max(row + 1, _head(grid, start, rules))))
            row = heads[-1][1]
        else:
            row += 1
    return heads


def _head(grid: Grid, start: int, rules: TableRules) -> int:
    """The row after the header that begins at `start`: as deep as its cells span and are divided below."""
    row = start
    while row < grid.rows and grid.banner(row):
        row += 1
    if row >= grid.rows - 1 or _figures(grid, row) or not any(cell.text.strip() for cell in grid.starts[row]):
        return row if row < grid.rows - 1 else start
    stop = row + 1
    while row < stop:
        for cell in grid.starts[row]:
            below = cell.row + cell.rows
            deeper = below + 1 if _divided(grid, cell) else below
            if stop < deeper < grid.rows and not any(_figures(grid, r) for r in range(stop, deeper)):
                stop = deeper
        row += 1
    while stop < grid.rows and any("ordinal" in rules.uses(cell.text) for cell in grid.starts[stop]):
        stop += 1
    return stop


def _divided(grid: Grid, cell: Cell) -> bool:
    """Do several cells with words stand right below a cell that spans columns?"""
    if cell.columns == 1 or cell.row + cell.rows >= grid.rows:
        return False
    below = [c for c in grid.starts[cell.row + cell.rows] if cell.column <= c.column < cell.column + cell.columns]
    return len(below) > 1 and any(c.state == "value" for c in below) and not any(is_number(c.text) for c in below)


def _figures(grid: Grid, row: int) -> bool:
    """Is there a number in the row that is no year and no column's number?"""
    texts = [plain(cell.text) for cell in grid.starts[row]]
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    return any(not _ORDINAL.fullmatch(text) for text in numbers) or 0 < len(numbers) == len([t for t in texts if t])


def _roles(
    grid: Grid,
    heads: Sequence[tuple[int, int]],
    header: set[int],
    rules: TableRules,
    is_unit: Callable[[str], bool],
) -> list[Role]:
    """The use of each column, by its header and by what stands in it."""
    roles: list[Role] = []
    for column in range(grid.columns):
        below = [
            cell
            for cell in grid.cells
            if cell.column == column and cell.columns < grid.columns and cell.row not in header
        ]
        kinds = Counter("number" if is_number(cell.text) else cell.state for cell in below)
        names = [name for head in heads[:1] for name in _column(grid, column, range(*head), rules)]
        uses = {use for name in names for use in rules.uses(name)}
        words = kinds["value"] > kinds["number"] + kinds["zero"]
        if "code" in uses or _serial(below, uses):
            roles.append("code")
        elif "unit" in uses and any(is_unit(plain(cell.text)) for cell in below):  # 单位 may be 甲局, too
            roles.append("unit")
        else:
            roles.append("label" if words or (column == 0 and not kinds["number"] + kinds["zero"]) else "value")
    return roles


def _serial(cells: Sequence[Cell], uses: set[str]) -> bool:
    """1 2 3 … down a column, or codes with a zero in front (06)."""
    numbers = [text for cell in cells if cell.columns == 1 and is_number(text := plain(cell.text))]
    if len(numbers) > 1 and any(_PADDED.fullmatch(text) for text in numbers) and all(map(str.isdecimal, numbers)):
        return True
    return len(numbers) > 2 and not uses and numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _labelled(
    grid: Grid,
    cell: Cell,
    roles: Sequence[Role],
    heads: Sequence[tuple[int, int]],
    header: set[int],
    rules: TableRules,
) -> Cell:
    if cell.row in header or cell.columns == grid.columns > 1:
        return replace(cell, role="header")
    role = roles[cell.column]
    if role == "label" and cell.columns == 1 and is_number(cell.text):
        role = "value"  # a number among words: 项目资金 | 4,100,000.00 in a form
    if role != "label" and cell.state == "value" and not is_number(cell.text):
        wide = cell.columns > 1 or role == "code"
        role = "label" if wide else role  # 合计 over the columns of codes and names
    if role != "value":
        return replace(cell, role=role)
    head = next((rows for rows in reversed(heads) if rows[1] <= cell.row), (0, 0))
    labels, names = _row(grid, cell, roles, head[1] - 1), _column(grid, cell.column, range(*head), rules)
    return replace(cell, role=role, labels=tuple(labels), heads=tuple(names))


def _column(grid: Grid, column: int, rows: range, rules: TableRules) -> Iterator[str]:
    """The labels above a column, from top to bottom, without what is above all columns or says who fills them in."""
    seen = None
    for row in rows:
        cell = grid.at.get((row, column))
        name = plain(cell.text) if cell and cell is not seen and cell.columns < max(grid.columns, 2) else ""
        if name and (":" not in name or "field" not in rules.captions(name)):  # 填报时间:2023年9月28日 names no column
            yield name
        seen = cell


def _row(grid: Grid, cell: Cell, roles: Sequence[Role], header: int) -> list[str]:
    """The labels to the left of a cell: the nearest columns of words, up to the one that names the row.

    Columns with headers of their own (问题 | 责任单位 | 时限) tell of what the first of them names.
    """
    found: list[Cell] = []
    seen: Cell | None = None
    for column in range(cell.column - 1, -1, -1):
        left = grid.at.get((cell.row, column))
        named = left is not None and _names(left, roles[column])
        if left and named and left is not seen:
            found.insert(0, left)
        elif found and roles[column] not in ("label", "unit"):
            break
        seen = left
    return [plain(label.text) for label in found[: _naming(grid, cell, found, header) + 1]]


def _naming(grid: Grid, cell: Cell, labels: Sequence[Cell], header: int) -> int:
    """Which of the labels names the row: the first that no other row has, where each column has its own header."""
    heads = [grid.at.get((header, label.column)) for label in labels]
    if header < 0 or not all(head and head.columns == 1 and plain(head.text) for head in heads):
        return len(labels)
    own = (i for i, one in enumerate(labels) if one.rows <= cell.rows and grid.said[one.column, plain(one.text)] == 1)
    return next(own, len(labels))


def _names(cell: Cell, role: Role) -> bool:
    """Does a cell name what stands to its right? 3套 in a column of numbers does not."""
    if cell.state != "value" or role in ("code", "unit") or is_number(cell.text) or len(cell.text) > _LONG:
        return False
    return role == "label" or cell.columns > 1 or not _FIGURE.fullmatch(plain(cell.text))
