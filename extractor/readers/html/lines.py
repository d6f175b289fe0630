"""A page's nodes → Lines, block by block, and its tables of data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex

from extractor.readers.html.body import Body
from extractor.readers.html.lists import Counters
from extractor.readers.html.style import Look
from extractor.readers.html.tables import Grid
from extractor.readers.html.tree import TEXT, UNSHOWN, Node, Page
from extractor.source import Cell, CellRef, Line, Part, Table
from extractor.text import Span

BREAK = "\n"  # a line break that the page asks for
# Markup wrapped between two Chinese characters is no blank (CSS Text 3, segment breaks).
_WRAP = regex.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\n\r][ \t\n\r\f]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_UNPRINTED = "\xa0\u3000 "  # of which alone no line is made
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_GLOSSES = frozenset({"rt", "rp"})  # how a character is read, printed above it


class Frame(NamedTuple):
    """What an open element says of the characters inside it."""

    end: int
    node: int
    block: bool = False
    part: Part = "outside"
    cell: CellRef | None = None
    outline: int | None = None


class Bit(NamedTuple):
    text: str
    look: Look
    frame: Frame

    @property
    def part(self) -> Part:
        """Hidden before all; then the frame's."""
        part = "hidden" if self.look.hidden else self.frame.part
        return "cell" if part == "body" and self.frame.cell else part


def read(page: Page, body: Body, tables: Mapping[int, Grid]) -> tuple[list[Line], list[Table]]:
    """`Line.number` counts the lines that are read here, from 1: a page has no lines of its own."""
    walk = _Walk(page, body, tables)
    walk.run()
    return walk.lines, walk.tables()


class _Walk:
    def __init__(self, page: Page, body: Body, tables: Mapping[int, Grid]) -> None:
        self.page, self.body, self.data = page, body, tables
        self.grids: list[Grid] = []  # of the tables in the text
        self.places: dict[int, CellRef] = {}
        self.counters = Counters(page)
        self.lines: list[Line] = []
        self.bits: list[Bit] = []
        self.markers = ""  # of list items that have no text yet

    def run(self) -> None:
        nodes = self.page.nodes
        frames = [Frame(len(nodes), -1)]
        i = 0
        while i < len(nodes):
            while frames[-1].end <= i:
                self.leave(frames.pop())
            node = nodes[i]
            if node.tag == TEXT:
                self.bits.append(Bit(node.text, node.look, frames[-1]))
            elif node.tag not in UNSHOWN:
                frames.append(self.enter(i, node, frames[-1]))
            i = node.end if node.tag in UNSHOWN else i + 1
        while frames:
            self.leave(frames.pop())

    def enter(self, i: int, node: Node, above: Frame) -> Frame:
        begins = i in self.body.starts
        block = node.block or begins or i in self.body.dropped
        part: Part = "body" if begins else "outside" if i in self.body.dropped or node.tag in _GLOSSES else above.part
        if block:
            self.flush()
        if node.tag == "br":
            self.bits.append(Bit(BREAK, node.look._replace(pre=True), above))
        if node.tag == "li" and part == "body" and not node.look.hidden:
            self.markers += self.counters.marker(i)
        if part == "body" and i in self.data:
            self.places |= {c: CellRef(len(self.grids), a.row, a.column) for c, a in self.data[i].areas.items()}
            self.grids.append(self.data[i])
        cell = self.places.get(i, above.cell)
        return Frame(node.end, i, block, part, cell, _HEADINGS.get(node.tag, above.outline))

    def leave(self, frame: Frame) -> None:
        if frame.block:
            self.flush()
            if self.page.nodes[frame.node].tag == "li":
                self.markers = ""

    def flush(self) -> None:
        """The lines of the block that ends or is interrupted here; what is no part of the text follows it."""
        bits, self.bits = self.bits, []
        for part in dict.fromkeys(bit.part for bit in bits):
            for row in _rows([bit for bit in bits if bit.part == part]):
                self.line(row, part)

    def line(self, row: list[Bit], part: Part) -> None:
        if not row and (part != "body" or not self.lines or not self.lines[-1].text):
            return
        seen = part in {"body", "cell"}
        marker, self.markers = (self.markers, "") if row and seen else ("", self.markers)
        text = marker + "".join(bit.text for bit in row)
        number = len(self.lines) + 1
        if not row or not seen:
            self.lines.append(Line(text, number, part))
            return
        self.lines.append(Line(
            text, number, part, row[0].frame.cell, automatic=len(marker.rstrip()), outline=row[0].frame.outline,
            bold=_bold(row, len(marker)), size=_size(row), centred=all(bit.look.centred for bit in row),
        ))  # fmt: skip

    def tables(self) -> list[Table]:
        held: defaultdict[CellRef, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            if line.cell:
                held[line.cell].append(i)
        return [
            Table(grid.rows, grid.columns, tuple(
                Cell(*area, tuple(held[CellRef(t, area.row, area.column)])) for area in grid.areas.values()
            ))
            for t, grid in enumerate(self.grids)
        ]  # fmt: skip


def _rows(bits: list[Bit]) -> Iterator[list[Bit]]:
    """The lines of a block, blanks run together as a browser does; an empty one where two breaks meet."""
    rows: list[list[Bit]] = [[]]
    for bit in bits:
        pieces = bit.text.split(BREAK) if bit.look.pre else [_BLANKS.sub(" ", _WRAP.sub("", bit.text))]
        for n, piece in enumerate(pieces):
            if n:
                rows.append([])
            before = rows[-1][-1].text if rows[-1] else " "
            text = piece if bit.look.pre or not before.endswith(" ") else piece.lstrip(" ")
            if text:
                rows[-1].append(bit._replace(text=text))
    printed = [_trimmed(row) for row in rows]
    if len(printed) == 1 and not printed[0] and not any(bit.text.strip(" \t\n\r\f") for bit in bits):
        return
    yield from printed if printed[-1] or len(printed) == 1 else printed[:-1]


def _trimmed(row: list[Bit]) -> list[Bit]:
    """A line without blanks at its end; none where it is blanks alone."""
    if not any(bit.text.strip(_UNPRINTED) for bit in row):
        return []
    row = list(row)
    while not (text := row[-1].text.rstrip(" ")):
        row.pop()
    return [*row[:-1], row[-1]._replace(text=text)]


def _bold(row: list[Bit], at: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    for bit in row:
        end = at + len(bit.text)
        if bit.look.bold:
            spans.append(Span(spans.pop().start if spans and spans[-1].end == at else at, end))
        at = end
    return tuple(spans)


def _size(row: list[Bit]) -> float | None:
    """The size of most of the line."""
    sizes: Counter[float] = Counter()
    for bit in row:
        if bit.look.size is not None:
            sizes[bit.look.size] += len(bit.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else None
