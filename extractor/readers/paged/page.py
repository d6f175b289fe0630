"""What stands on a page, whatever format it came in: characters and ruled lines, in points from its top left corner."""

from __future__ import annotations

from typing import NamedTuple

UNKNOWN = "\ufffd"  # for a glyph of which the font does not say what character it is


class Glyph(NamedTuple):
    """A character: its left and right edge, its base line, the size of its type; `ocr` as in Print."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    ocr: float | None = None


class Characters(NamedTuple):
    """`sideways` are those that are turned by a quarter or a half, `aslant` those at any other angle."""

    size: tuple[float, float]
    upright: list[Glyph]
    sideways: list[Glyph]
    aslant: list[Glyph]


class Rule(NamedTuple):
    """A straight line: at y = `at` from x = `low` to `high` if `level`, else upright at x = `at`."""

    level: bool
    at: float
    low: float
    high: float


class Drawn(NamedTuple):
    """What is drawn beside the text; `raster`: pictures cover half of the page."""

    rules: tuple[Rule, ...]
    raster: bool
