"""Charts as inline SVG (and one as a table): numbers in, markup out; drawn in their templates, laid out here.

Sizes are CSS pixels. Every mark has its words in a `<title>` and prints its number, so that nothing is said by colour
alone. `href` is `#…`, a place in the page; without one a mark is no link. A `part` is a class of the style sheet
(good, open, plan, bad, none, or a kind of record) with its word for the legend.
"""

from extractor.pages.charts.bars import Bar, bars
from extractor.pages.charts.calendar import Act, calendar
from extractor.pages.charts.drawing import Part
from extractor.pages.charts.grid import GridCell, GridRow, year_grid
from extractor.pages.charts.lines import Figure, Point, line, multiples
from extractor.pages.charts.slopes import Slope, slopes

__all__ = [
    "Act", "Bar", "Figure", "GridCell", "GridRow", "Part", "Point", "Slope",
    "bars", "calendar", "line", "multiples", "slopes", "year_grid",
]  # fmt: skip
