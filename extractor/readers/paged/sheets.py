"""A page laid out: its tables with the glyphs of each cell, the rows of text around them, and what speaks for a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.readers.paged.grid import Grid, grids
from extractor.readers.paged.page import UNKNOWN, Characters, Drawn, Glyph
from extractor.readers.paged.rows import Stretch, rows, strands

_TOUCHING = 0.1  # of the size of the type: a gap that is none
_MIDDLE = 0.35  # of the size: how far the middle of a glyph is above its base line
_SAME_EDGE = 5.0  # points
_FEW = 20  # glyphs; a page with fewer is its picture
_GARBAGE = 0.05  # of the glyphs without a meaning: the font does not say what it prints


class Ruled(NamedTuple):
    """A table's grid and the glyphs of each of its cells."""

    grid: Grid
    cells: tuple[tuple[Glyph, ...], ...]

    @property
    def x0(self) -> float:
        return self.grid.xs[0]

    @property
    def x1(self) -> float:
        return self.grid.xs[-1]

    @property
    def top(self) -> float:
        return self.grid.ys[0]

    @property
    def bottom(self) -> float:
        return self.grid.ys[-1]


@dataclass(frozen=True)
class Sheet:
    """`rows` are those outside of tables. `scan`: the text is in a picture, or its characters mean nothing.

    `ocr` is the confidence, 0 to 1, of a page that was recognised, `unread` counts the rows that it could not make out.
    """

    page: int
    size: tuple[float, float]
    rows: tuple[tuple[Stretch, ...], ...]
    tables: tuple[Ruled, ...]
    sideways: tuple[tuple[Glyph, ...], ...] = ()
    aslant: tuple[tuple[Glyph, ...], ...] = ()
    scan: bool = False
    damaged: bool = False
    ocr: float | None = None
    unread: int = 0


def lay(number: int, found: Characters, marks: Drawn, before: Sheet | None) -> Sheet:
    """What stands on a page, parted into tables and rows; `before` is the page before it."""
    if _is_scan(found.upright, marks.raster):
        return Sheet(number, found.size, (), (), scan=True)
    closed = grids(marks.rules)
    ruled = [grid for grid in closed if len(grid.xs) > 2 or _follows(grid, closed, before)]
    outside, tables = _shared(found.upright, ruled)
    laid = tuple(map(tuple, rows(outside)))
    return Sheet(number, found.size, laid, tables, strands(found.sideways), strands(found.aslant))


def _follows(grid: Grid, others: Sequence[Grid], before: Sheet | None) -> bool:
    """Boxes one over the other are frames around text, unless they go on a table of the page before."""
    if before is None or any(other is not grid and other.within(grid) for other in others):
        return False
    return any(
        abs(table.x0 - grid.xs[0]) < _SAME_EDGE and abs(table.x1 - grid.xs[-1]) < _SAME_EDGE for table in before.tables
    )


def _is_scan(glyphs: Sequence[Glyph], raster: bool) -> bool:
    strange = sum(_is_strange(glyph.text) for glyph in glyphs)
    return (raster and len(glyphs) < _FEW) or strange > max(1, _GARBAGE * len(glyphs))


def _is_strange(char: str) -> bool:
    """A character without a meaning; those from U+F000 to U+F0FF are symbols of Wingdings and the like: bullets, ticks."""
    return char == UNKNOWN or "\ue000" <= char <= "\uefff" or "\uf100" <= char <= "\uf8ff" or char >= "\U000f0000"


def _shared(glyphs: Sequence[Glyph], tables: Sequence[Grid]) -> tuple[list[Glyph], tuple[Ruled, ...]]:
    """The glyphs outside of the tables, and the tables with theirs.

    Text may run over its cell's border: a glyph that follows another without a gap is in that one's cell.
    """
    if not tables:
        return list(glyphs), ()
    outside: list[Glyph] = []
    held: list[list[list[Glyph]]] = [[[] for _ in table.areas] for table in tables]
    home, last = outside, None
    for glyph in glyphs:
        if last is None or abs(glyph.base - last.base) > 1 or abs(glyph.x0 - last.x1) > _TOUCHING * glyph.size:
            home = _home(glyph, tables, held, outside)
        home.append(glyph)
        last = glyph
    return outside, tuple(
        Ruled(table, tuple(map(tuple, cells))) for table, cells in zip(tables, held, strict=True) if any(cells)
    )


def _home(glyph: Glyph, tables: Sequence[Grid], held: list[list[list[Glyph]]], outside: list[Glyph]) -> list[Glyph]:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - _MIDDLE * glyph.size
    home, inner = outside, None
    for table, cells in zip(tables, held, strict=True):
        cell = table.cell(x, y)
        if cell is not None and (inner is None or table.within(inner)):
            home, inner = cells[cell], table
    return home
