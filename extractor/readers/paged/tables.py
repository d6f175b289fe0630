"""Tables of pages → tables of the file: one that a page break cuts is joined, and so is a row or a cell that it cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.readers.paged.paragraphs import MARKER
from extractor.readers.paged.rows import Printed, printed, rows
from extractor.readers.paged.sheets import Ruled
from extractor.text import fold

_SAME_EDGE = 5.0  # points
_ROOM = 2.5  # between the last character of a full line and the border of its cell, in sizes of the type
_FIGURE = regex.compile(r"[-+]?[\d,.]+%?|[/／—–-]+")
_STOPPED = regex.compile(r"[。；;.]$")


@dataclass
class Box:
    """A cell that may go on over pages: place, span, its rows and the right border they keep to."""

    row: int
    column: int
    rows: int
    columns: int
    right: float
    printed: list[Printed]

    @property
    def text(self) -> str:
        return "".join(row.text for row in self.printed)


@dataclass
class Joined:
    """A table over one or more pages; `header` are rows of cells that a page repeats."""

    xs: list[float]
    rows: int
    boxes: list[Box]
    repeated: list[Printed] = field(default_factory=list)


def opened(ruled: Ruled, page: int) -> Joined:
    boxes = [
        Box(*area, ruled.grid.xs[area.column + area.columns], [printed(row, page) for row in rows(glyphs)])
        for area, glyphs in zip(ruled.grid.areas, ruled.cells, strict=True)
    ]
    return Joined(list(ruled.grid.xs), len(ruled.grid.ys) - 1, boxes)


def fits(table: Joined, below: Joined) -> bool:
    """Has the table on the next page the same columns, some of them merged perhaps?"""
    outer = abs(table.xs[0] - below.xs[0]) <= _SAME_EDGE and abs(table.xs[-1] - below.xs[-1]) <= _SAME_EDGE
    few, many = sorted((table.xs, below.xs), key=len)
    return outer and all(any(abs(x - other) <= _SAME_EDGE for other in many) for x in few)


def goes_on_in(table: Joined, below: Joined) -> bool:
    """Does `below`, after the head of `table` said again, begin with the rest of a cell of more rows?"""
    head = _repeated(table, below)
    return head > 0 and any(
        box.row == head and box.column == 0 and box.rows > 1 and not box.printed for box in below.boxes
    )


def join(table: Joined, below: Joined) -> None:
    """`table` goes on on the next page as `below`, whose rows come under its own."""
    xs = max((table.xs, below.xs), key=len)
    for part in (table, below):
        _replace_columns(part, xs)
    repeated = _repeated(table, below)
    _cut_head(below, repeated)
    upper = [box for box in table.boxes if box.row + box.rows == table.rows]
    cut = _is_cut(upper, [box for box in below.boxes if box.row == 0])
    shift = table.rows - cut
    for box in below.boxes:
        over = (
            next((u for u in upper if (u.column, u.columns) == (box.column, box.columns)), None)
            if box.row == 0
            else None
        )
        if over is not None and (cut or _one_cell(over, box)):
            over.rows += box.rows - cut
            over.printed += box.printed
            over.right = box.right
        else:
            box.row += shift
            table.boxes.append(box)
    table.xs, table.rows = list(xs), shift + below.rows
    table.repeated += below.repeated


def _replace_columns(table: Joined, xs: Sequence[float]) -> None:
    """Columns counted by the edges that both parts have together."""
    at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in table.xs]
    for box in table.boxes:
        first, last = at[box.column], at[box.column + box.columns]
        box.column, box.columns = first, last - first


def _repeated(table: Joined, below: Joined) -> int:
    """How many rows at the head of `below` say what the head of `table` says."""
    count = 0
    while count < min(table.rows, below.rows - 1) and _words(table, count) == _words(below, count) != []:
        count += 1
    complete = all(box.row + box.rows <= count for box in below.boxes if box.row < count)
    return count if complete and not any(_FIGURE.fullmatch(text) for _, text in _words(below, 0)) else 0


def _words(table: Joined, row: int) -> list[tuple[int, str]]:
    return [(box.column, text) for box in table.boxes if box.row == row and (text := fold(box.text))]


def _cut_head(table: Joined, count: int) -> None:
    for box in table.boxes:
        box.row -= count
        if box.row < 0:
            table.repeated += box.printed
    table.boxes = [box for box in table.boxes if box.row >= 0]
    table.rows -= count


def _is_cut(upper: Sequence[Box], lower: Sequence[Box]) -> bool:
    """Is the first row below the rest of the last one: words that go on, no figure, no number of its own?"""
    above = {(box.column, box.columns): box for box in upper}
    if {(box.column, box.columns) for box in lower} != set(above):
        return False
    pairs = [(above[box.column, box.columns], box) for box in lower]
    filled = [(over, box) for over, box in pairs if box.printed]
    ended = sum(bool(over.printed) for over, box in pairs if not box.printed)
    if not filled or not ended or not all(over.printed and not _is_figure(box) for over, box in filled):
        return False
    alone = len(filled) == 1 and ended > 1  # a row with neither its number nor its name
    if alone:
        return True
    full = any(_is_full(over) for over, _ in filled)
    return full and not any(_is_begun(box) or _STOPPED.search(fold(over.text)) for over, box in filled)


def _is_full(box: Box) -> bool:
    """Has the last line of a cell no room for what follows? 使用非财政拨款结余 below 本年收入合计 is a row of its own."""
    last = box.printed[-1]
    return box.right - last.x1 <= _ROOM * last.size


def _one_cell(over: Box, box: Box) -> bool:
    """Is a cell that spans rows on either page one that the break has cut?"""
    if over.rows == box.rows == 1:
        return False
    return not box.printed or (_is_begun(over) and not _is_begun(box) and not _is_figure(box))


def _is_figure(box: Box) -> bool:
    return _FIGURE.fullmatch(fold(box.text)) is not None


def _is_begun(box: Box) -> bool:
    return MARKER.match(fold(box.text)) is not None
