"""What readers and cleaning hand on: a file's lines and tables, then texts without noise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractor.text import Piece, Span, Text

Part = Literal[
    "body",
    "cell",
    "footnote",
    "endnote",
    "textbox",
    "header",
    "footer",
    "hidden",
    "deleted",
    "comment",
    "meta",
    "outside",
]
# Parts that no reader of the paper sees as its text: cleaning names them as noise under the rule of this name.
UNSEEN: frozenset[Part] = frozenset({"header", "footer", "hidden", "deleted", "comment", "meta", "outside"})


Box = tuple[float, float, float, float]  # left, top, right, bottom: points from the top left corner of a page


class Print(NamedTuple):
    """Where the characters of a line from `start` on stand on paper, up to those of its next print.

    `page` counts from 1; `edges` are the left edges of the characters and the right edge of the last, in points from
    the left of the page as it is turned to be read, `top` and `bottom` in points from its top. `ocr` is the confidence,
    0 to 1, with which they were recognised in a picture; None for text that the file itself holds.
    """

    start: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    ocr: float | None = None

    def box(self, start: int, end: int) -> Box:
        """The box of the characters [start, end) of the line, to a tenth of a point."""
        left, right = self.edges[start - self.start], self.edges[end - self.start]
        return round(left, 1), round(self.top, 1), round(right, 1), round(self.bottom, 1)


class PageImage(NamedTuple):
    """A page as a PNG, turned to be read as `Print` has it; `width` and `height` in points."""

    page: int
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True)
class CellRef:
    """A table of the source and a cell in it, counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line (.txt, .md), paragraph or cell paragraph (.docx) as read.

    `number` counts lines or paragraphs of the file from 1, as an editor shows them. `automatic` is how many
    leading characters of `text` are a number that the file's program generates (they are printed, not typed).
    `marks` are runs of `text` that are markup (`**`, `## `): cleaning takes them out as noise. `outline` is the level that the file itself gives it (a heading style, `##`), 1 the highest. `bold` are the
    emphasised runs of `text`. `prints` say where on paper it stands, in a file that has pages. Spans are code points
    of `text`.
    """

    text: str
    number: int
    part: Part = "body"
    cell: CellRef | None = None
    automatic: int = 0
    outline: int | None = None
    marks: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    size: float | None = None
    centred: bool = False
    prints: tuple[Print, ...] = ()


class Area(NamedTuple):
    """The place of a cell in its table: its first row and column, and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its top left place, how far it spans, and the source lines that hold its text."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Warn:
    """Something a reader or a stage could not do; it becomes an issue of the report."""

    code: str
    message: str


@dataclass(frozen=True)
class Source:
    """A file as read: every character that it shows, in reading order, and what it says of itself.

    `hints` are words of the file about itself that stand outside its text (front matter, document
    properties): title, issuer, date.
    """

    name: str
    format: str
    sha256: str
    size: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    encoding: str | None = None
    replaced: int = 0
    hints: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True, slots=True)
class Noise:
    """Characters of the source that belong to no document, and the rule that says why."""

    rule: str
    pieces: tuple[Piece, ...]
    text: str


@dataclass(frozen=True)
class Draft:
    """One document of a file: its text, and what noise said of its title, issuer and date."""

    text: Text
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cleaned:
    """Drafts and noise; together they hold every character of the source's lines."""

    drafts: tuple[Draft, ...]
    noise: tuple[Noise, ...]
    warnings: tuple[Warn, ...] = ()
