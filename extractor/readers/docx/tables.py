"""The grid of a Word table: which cell stands where, and which it was merged into."""

from __future__ import annotations

from typing import Literal, NamedTuple

from extractor.readers.docx.ml import VAL, W, count, first, flat
from extractor.readers.ooxml import Element

_TR, _TC, _TC_PR, _TR_PR = W + "tr", W + "tc", W + "tcPr", W + "trPr"
_MAX_SPAN = 1000


class Spot(NamedTuple):
    """A cell element in document order. `owner` is its index among the grid's areas; None in a deleted row.

    `merged`: it has been merged into the owner, so Word shows nothing of what it may hold.
    """

    element: Element
    owner: int | None
    merged: bool = False


class Area(NamedTuple):
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Grid(NamedTuple):
    rows: int
    columns: int
    spots: tuple[Spot, ...]
    areas: tuple[Area, ...]


def grid(table: Element) -> Grid:
    spots: list[Spot] = []
    areas: list[Area] = []
    above: dict[int, int] = {}  # column → the area that a cell merged upwards goes into
    row = columns = 0
    for element in (child for child in flat(table) if child.tag == _TR):
        properties = first(element, _TR_PR)
        if properties is not None and first(properties, W + "del") is not None:
            spots += [Spot(cell, None) for cell in flat(element) if cell.tag == _TC]
            continue
        column = 0 if properties is None else _span(properties, "gridBefore", 0)
        left: int | None = None
        for cell in (child for child in flat(element) if child.tag == _TC):
            width, merge = _merge(cell)
            owner = left if merge == "left" else above.get(column) if merge == "up" else None
            if owner is None:
                owner = len(areas)
                areas.append(Area(row, column, columns=width))
                spots.append(Spot(cell, owner))
            else:
                areas[owner] = _grown(areas[owner], row, column, width)
                spots.append(Spot(cell, owner, merged=True))
            above.update(dict.fromkeys(range(column, column + width), owner))
            left, column = owner, column + width
        columns, row = max(columns, column), row + 1
    return Grid(row, columns, tuple(spots), tuple(areas))


def _merge(cell: Element) -> tuple[int, Literal["left", "up"] | None]:
    """How many columns a cell takes, and the side it is merged to (w:hMerge is the form of old files)."""
    properties = first(cell, _TC_PR)
    if properties is None:
        return 1, None
    width = max(1, _span(properties, "gridSpan", 1))
    for child in properties.iterchildren(W + "vMerge", W + "hMerge"):
        if child.get(VAL, "continue") == "continue":
            return width, "up" if child.tag == W + "vMerge" else "left"
    return width, None


def _span(properties: Element, name: str, default: int) -> int:
    return max(0, min(count(properties, name, default), _MAX_SPAN))


def _grown(area: Area, row: int, column: int, width: int) -> Area:
    return area._replace(
        rows=max(area.rows, row - area.row + 1), columns=max(area.columns, column + width - area.column)
    )
