"""A document's text → blocks of a page: headings, paragraphs, tables, noise, each with its tokens.

A line of the text is a block; neighbouring lines whose characters were read from cells of one table are that table.
Every character stands in one block, once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

import regex

from extractor import records
from extractor.found import CellState
from extractor.records import Report
from extractor.terms import CELL_STATE
from extractor.text import fold
from extractor.writers.page.marks import Clip, Mark, Token, clipped, tokens
from extractor.writers.page.noise import Stray

SHORT = 6  # characters of a cell that stay on one line
_NUMBER = regex.compile(r"[-+−－]?[\d,，.．]+%?")


class CellView(NamedTuple):
    """A cell as `<td>` or `<th>`: how far it spans, its paragraphs, what it stands for."""

    header: bool
    rows: int
    columns: int
    paragraphs: list[list[Token]]
    state: CellState | None
    state_word: str
    labels: str
    number: bool
    short: bool


class TableView(NamedTuple):
    """The rows of a table that stand together; `first` where its caption belongs."""

    number: int
    table: records.Table
    rows: list[list[CellView]]
    first: bool


@dataclass(frozen=True)
class Block:
    kind: Literal["title", "heading", "paragraph", "table", "noise"]
    tokens: list[Token] = field(default_factory=list)
    level: int = 0
    table: TableView | None = None
    stray: Stray | None = None


class _Line(NamedTuple):
    order: int
    start: int
    end: int
    cell: records.Cell | None


def blocks(report: Report, doc: int, marks: Sequence[Mark], strays: Sequence[Stray]) -> Iterator[Block]:
    """`marks` and `strays` are those of the document, strays in order."""
    yield from _Document(report, doc, marks, strays).blocks()


class _Document:
    def __init__(self, report: Report, doc: int, marks: Sequence[Mark], strays: Sequence[Stray]) -> None:
        self.report, self.doc = report, doc
        self.document = report.documents[doc]
        self.text = self.document.text
        self.lines = list(_lines(self.document))
        self.clips = clipped(marks, [line.start for line in self.lines], [line.end for line in self.lines])
        self.strays = strays
        self.places = [stray.at for stray in strays]
        self.next_row: dict[int, int] = {}  # of a table that was begun
        self.last_line = {line.cell.table: line.order for line in self.lines if line.cell}

    def blocks(self) -> Iterator[Block]:
        titled = False
        for table, found in groupby(self.lines, key=lambda line: line.cell.table if line.cell else None):
            lines = list(found)
            if table is not None and table < len(self.report.tables):
                yield from self._between(lines)
                yield Block("table", table=self._table(table, lines))
                continue
            for line in lines:
                yield from self._between([line])
                block = self._block(line, titled)
                titled = titled or block.kind == "title"
                if any(token.kind == "noise" or token.text.strip() for token in block.tokens):
                    yield block
        yield from (
            Block("noise", stray=stray) for stray in self.strays if stray.at >= len(self.text) and not stray.inline
        )

    def _between(self, lines: Sequence[_Line]) -> Iterator[Block]:
        """Noise that stood before these lines, or between them where they make a table."""
        low = lines[0].start - 1 if lines[0].order else -1  # the end of the line before
        found = self.strays[bisect_right(self.places, low - 1) : bisect_right(self.places, lines[-1].start)]
        apart = (stray for stray in found if not self._within(stray) and stray.at < len(self.text))
        yield from (Block("noise", stray=stray) for stray in apart)

    def _within(self, stray: Stray) -> bool:
        """In a line; the foot of a page may cut one, too."""
        beside = self.text[max(0, stray.at - 1) : stray.at + 1]
        return stray.inline or (len(beside) == 2 and "\n" not in beside)

    def _block(self, line: _Line, titled: bool) -> Block:
        clips = self.clips.get(line.order, ())
        words = self.text[line.start : line.end].strip()
        flow = self._tokens(line)
        heading = next((c.mark for c in clips if c.mark.kind == "heading" and c.end - c.start >= len(words) - 1), None)
        if words and not titled and self._is_title(words):
            return Block("title", flow)
        if heading is not None:
            return Block("heading", flow, level=heading.level)
        return Block("paragraph", flow)

    def _is_title(self, words: str) -> bool:
        return fold(words) == fold(self.document.title)

    def _tokens(self, line: _Line) -> list[Token]:
        clips: Sequence[Clip] = self.clips.get(line.order, ())
        low, high = bisect_left(self.places, line.start), bisect_right(self.places, line.end)
        inner = [stray for stray in self.strays[low:high] if self._within(stray)]
        return tokens(self.text, line.start, line.end, clips, inner)

    def _table(self, number: int, lines: Sequence[_Line]) -> TableView:
        """The rows from where the table was left to the last that these lines touch."""
        table = self.report.tables[number]
        held: dict[tuple[int, int], list[list[Token]]] = {}
        for line in lines:
            assert line.cell is not None
            held.setdefault((line.cell.row, line.cell.column), []).append(self._tokens(line))
        first = number not in self.next_row
        start = min(self.next_row.get(number, 0), min(row for row, _ in held))
        is_last = self.last_line[number] == lines[-1].order
        end = len(table.rows) if is_last else max(row for row, _ in held) + 1
        self.next_row[number] = end
        return TableView(number, table, list(_rows(table, start, end, held)), first)


def _lines(document: records.Document) -> Iterator[_Line]:
    """The lines of a text, each with the cell that it was read from."""
    starts = [run.at for run in document.runs]
    at = 0
    for order, words in enumerate(document.text.split("\n")):
        i = bisect_right(starts, at + len(words)) - 1
        j = max(0, bisect_right(starts, at) - 1)
        run = next((run for run in document.runs[j : i + 1] if run.at + run.end - run.start > at), None)
        yield _Line(order, at, at + len(words), run.cell if run and run.at < at + len(words) else None)
        at += len(words) + 1


def _rows(
    table: records.Table, start: int, end: int, held: dict[tuple[int, int], list[list[Token]]]
) -> Iterator[list[CellView]]:
    merged = {(cell.row, cell.column): cell for cell in table.merged}
    covered = {
        (row, column)
        for cell in table.merged
        if start <= cell.row < end
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    } - merged.keys()
    for row in range(start, end):
        yield [
            _cell(table, row, column, merged.get((row, column)), end, held.get((row, column), []))
            for column in range(len(table.rows[row]))
            if (row, column) not in covered
        ]


def _cell(
    table: records.Table, row: int, column: int, merged: records.Merged | None, end: int, held: list[list[Token]]
) -> CellView:
    state, labels = table.states[row][column], table.labels[row][column]
    words = fold(table.rows[row][column]).strip()
    named = [" / ".join(label) for label in (labels.row, labels.column) if label] if labels else []
    return CellView(
        header=row < table.header,
        rows=min(merged.rows, end - row) if merged else 1,
        columns=merged.columns if merged else 1,
        paragraphs=held,
        state=state,
        state_word=CELL_STATE[state] if state else "",
        labels="　".join(named),
        number=bool(_NUMBER.fullmatch(words)) and row >= table.header,
        short=len(words) <= SHORT,
    )
