"""Rows and columns of numbers of a table, as sums run along them.

A panel is a run of neighbouring number columns; its rows are lines whose numbers lie in columns. A group is what
stands under one header cell; its columns are lines whose numbers lie in rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex

from extractor.found import Cell, Table
from extractor.text import fold

_NUMBER = regex.compile(r"([+-]?)(\d[\d,]*(?:\.\d+)?)")
_MARKERS = [
    regex.compile(marker)
    for marker in (
        "[一二三四五六七八九十]{1,3}、",
        r"\([一二三四五六七八九十]{1,3}\)",
        r"\d{1,2}[.、,]",
        r"\(\d{1,2}\)",
    )
]
_CODE = 3  # digits of a code of the highest level (201, 20106, 2010601)


class Line(NamedTuple):
    """`names` are its labels from outside in; `cells` its numbers by where they lie along it.

    `level` is its depth below the others, 0 the highest known.
    """

    names: tuple[str, ...]
    cells: dict[int, Cell]
    level: int

    @property
    def name(self) -> str:
        return self.names[-1] if self.names else ""

    @property
    def filled(self) -> bool:
        return any(value(cell) for cell in self.cells.values())


def value(cell: Cell) -> Decimal | None:
    """The printed number; an empty cell or a slash adds nothing. None where it cannot be read."""
    number = _number(cell.text)
    return Decimal(0) if number is None and cell.state in ("empty", "slash") else number


@lru_cache(4096)
def _number(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(fold(text).strip())
    return Decimal(match[1] + match[2].replace(",", "")) if match else None


@dataclass(frozen=True)
class Sheet:
    """A table with what its lines are made of."""

    table: Table

    @cached_property
    def numbers(self) -> list[Cell]:
        return [cell for cell in self.table.cells if cell.role == "value" and cell.rows == 1]

    @cached_property
    def bands(self) -> dict[int, int]:
        """Column of numbers → the first of those that it stands beside."""
        first: dict[int, int] = {}
        for column in sorted({cell.column for cell in self.numbers}):
            first[column] = first.get(column - 1, column)
        return first

    @cached_property
    def headers(self) -> list[int]:
        return sorted({cell.row for cell in self.table.cells if cell.role == "header"})

    @cached_property
    def codes(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.table.cells:
            if cell.role == "code":
                found[cell.row].append(cell)
        return found

    def part(self, row: int) -> int:
        """Which header stands above the row."""
        return bisect_left(self.headers, row)

    def panels(self) -> Iterator[list[Line]]:
        """The rows of each panel below each header."""
        panels: dict[tuple[int, int], dict[int, Line]] = {}
        for cell in self.numbers:
            rows = panels.setdefault((self.part(cell.row), self.bands[cell.column]), {})
            if cell.row not in rows:
                rows[cell.row] = Line(cell.labels, {}, self._level(cell))
            rows[cell.row].cells[cell.column] = cell
        for rows in panels.values():
            yield [rows[row] for row in sorted(rows)]

    def _level(self, cell: Cell) -> int:
        """By the codes of the row (类 款 项, or one of 3, 5, 7 digits), else by the marker of its label."""
        codes = self.own_codes(cell)
        if len(codes) > 1:
            return sum(fold(code.text).strip().isdecimal() for code in codes)
        if codes and len(digits := fold(codes[0].text).strip()) >= _CODE and digits.isdecimal():
            return (len(digits) - 1) // 2
        name = fold(cell.labels[-1]) if cell.labels else ""
        return next((i for i, marker in enumerate(_MARKERS, 1) if marker.match(name)), 0)

    def own_codes(self, cell: Cell) -> list[Cell]:
        """The code cells of a row that belong to the panel of `cell`."""
        first = self.bands[cell.column]
        before = max((column for column in self.bands if column < first), default=-1)
        return [code for code in self.codes[cell.row] if before < code.column < first]

    def groups(self) -> Iterator[list[Line]]:
        """The columns under each header cell, those of a cell below it one level deeper; and those named alike."""
        groups: dict[tuple[object, ...], dict[int, Line]] = {}
        alike = Counter((self.bands[column], heads[-1]) for column, heads in self._heads().items() if len(heads) > 1)
        for cell in self.numbers:
            where = (self.part(cell.row), self.bands[cell.column])
            heads = cell.heads
            keys = [(*where, heads[:depth], "") for depth in range(max(0, len(heads) - 2), len(heads))]
            named = [(heads, len(heads) - 1 - len(key[2])) for key in keys]
            if heads and alike[self.bands[cell.column], heads[-1]] > 2:  # 预算数 | 决算数 under each
                keys.append((*where, (), heads[-1]))
                named.append((heads[:-1], len(heads) - 2))
            for key, (names, level) in zip(keys, named, strict=True):
                line = groups.setdefault(key, {}).setdefault(cell.column, Line(names, {}, level))
                line.cells[cell.row] = cell
        for columns in groups.values():
            yield [columns[column] for column in sorted(columns)]

    def _heads(self) -> dict[int, tuple[str, ...]]:
        return {cell.column: cell.heads for cell in self.numbers}


def decimals(cells: Sequence[Cell]) -> int:
    """The most digits that any of the cells has after its point."""
    return max((len(fold(cell.text).strip().partition(".")[2]) for cell in cells), default=0)
