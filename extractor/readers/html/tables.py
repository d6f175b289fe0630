"""Which tables of a page hold data, and which only put its text in place; the grid of the former."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.readers.html.tree import Page
from extractor.source import Area

_WIDEST = 1_000  # columns or rows of one cell
_AREA = 2_000_000  # columns of all cells of a table
_LONG, _SHARE = 300, 0.8  # a cell of so many characters, and of such a part of its table, holds a text


class Grid(NamedTuple):
    """`areas`: the node of a cell → its place."""

    rows: int
    columns: int
    areas: dict[int, Area]


def data_tables(page: Page) -> dict[int, Grid]:
    """The tables that hold data, by their nodes."""
    found = {}
    for i, node in enumerate(page.nodes):
        if node.tag == "table" and not node.look.hidden:
            laid = grid(page, i)
            if _holds_data(page, i, laid):
                found[i] = laid
    return found


def grid(page: Page, table: int) -> Grid:
    areas: dict[int, Area] = {}
    until: dict[int, int] = {}  # column → the row at which it is free again
    rows = list(_rows(page, table))
    columns = spent = 0
    for row, tr in enumerate(rows):
        column = 0
        for cell in page.children(tr):
            if page.nodes[cell].tag not in {"td", "th"}:
                continue
            while until.get(column, 0) > row:
                column += 1
            width = _span(page, cell, "colspan", 1) if spent < _AREA else 1
            height = min(_span(page, cell, "rowspan", len(rows)), len(rows) - row)
            areas[cell] = Area(row, column, height, width)
            until.update(dict.fromkeys(range(column, column + width), row + height))
            column, spent = column + width, spent + width
            columns = max(columns, column)
    return Grid(len(rows), columns, areas)


def _rows(page: Page, table: int) -> Iterator[int]:
    for i in page.children(table):
        if page.nodes[i].tag == "tr":
            yield i
        elif page.nodes[i].tag in {"thead", "tbody", "tfoot"}:
            yield from (j for j in page.children(i) if page.nodes[j].tag == "tr")


def _span(page: Page, cell: int, name: str, rest: int) -> int:
    """How far a cell reaches; 0 is as far as there is (`rest`)."""
    value = page.nodes[cell].attrs.get(name, "1").strip()
    count = int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 1
    return min(count or rest, _WIDEST)


def _holds_data(page: Page, table: int, laid: Grid) -> bool:
    """Columns side by side, and no text that is only put in place."""
    node = page.nodes[table]
    if laid.columns < 2 or node.attrs.get("role") in {"presentation", "none"}:
        return False
    long = max((page.shown(cell) for cell in laid.areas), default=0)
    fills = long >= _LONG and long >= _SHARE * page.shown(table)
    if laid.rows > 1 and (page.has(table, "th", "caption") or _ruled(page, table, laid)):
        return True
    return not fills and not page.has(table, "table") and (laid.rows > 1 or long < _LONG)


def _ruled(page: Page, table: int, laid: Grid) -> bool:
    """Are lines drawn between the cells?"""
    attrs = page.nodes[table].attrs
    if attrs.get("border", "0").strip() not in {"", "0"} or attrs.get("rules", "none") not in {"", "none"}:
        return True
    return any(_bordered(page.nodes[cell].attrs.get("style", "")) for cell in list(laid.areas)[:4])


def _bordered(style: str) -> bool:
    """`border: 0.5pt solid`, `border-bottom: 1px`; not `border: none`, `border-width: 0`, `border-collapse: …`."""
    pairs = (part.lower().partition(":") for part in style.split(";"))
    drawn = (value for name, _, value in pairs if name.strip().startswith("border") and "none" not in value)
    return any(any(digit in value for digit in "123456789") for value in drawn)
