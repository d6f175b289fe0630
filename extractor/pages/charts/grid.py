"""A grid of years: what is there, what is missing, in which state; a table, so that it can be read and copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.pages.charts.drawing import Part, draw


class GridCell(NamedTuple):
    """The key of a part, the word in the cell, and where it leads."""

    key: str
    text: str
    href: str = ""
    title: str = ""


class GridRow(NamedTuple):
    label: str
    cells: Mapping[int, GridCell]
    href: str = ""


def year_grid(rows: Sequence[GridRow], years: Sequence[int], parts: Sequence[Part], *, label: str) -> Markup:
    """`label` names the first column. A year without a cell is left empty."""
    return draw("grid.html", rows=rows, years=years, parts=parts, label=label)
