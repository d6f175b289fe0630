"""Excel workbooks: a sheet's name, its lines of text, and its tables with numbers as Excel shows them.

A stretch of rows without an empty one between is a region. Rows with one cell above and below its table are lines:
the title, 单位：万元, notes. A region with one cell in every row is text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.readers.ooxml import Package
from extractor.readers.raw import Format, Raw
from extractor.readers.xlsx.sheets import Box, Entry, Sheet, Workbook
from extractor.source import Cell, CellRef, Line, Part, Source, Table
from extractor.text import Span

_UNNAMED = regex.compile(r"(?i)(?:sheet|工作表|表|chart)\s*\d*")
_LABELLED = regex.compile(r"\s*[\p{Han} ]{2,10}[:：]")
_MOST_EMPTY = 100_000  # places of a region: with more, its empty cells are left out
_NOTE = 12  # characters from which one cell below a table is a note, not a value


def claims(raw: Raw) -> bool:
    return any(entry.lower() == "xl/workbook.xml" for entry in raw.entries)


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    book = Workbook(Package(raw))
    laid = _Laid()
    for sheet in book.sheets():
        laid.sheet(sheet)
    raw.refuse_long("row", ((line.number, line.text) for line in laid.lines))
    return Source(
        raw.name,
        "xlsx",
        raw.sha256,
        len(raw.data),
        tuple(laid.lines),
        tuple(laid.tables),
        warnings=tuple(book.warnings),
    )


class _Row(NamedTuple):
    number: int
    entries: tuple[Entry, ...]


class _Laid:
    """The lines and tables gathered so far."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []

    def sheet(self, sheet: Sheet) -> None:
        shown = [entry for entry in sheet.entries if not entry.hidden]
        unseen = {entry.box.row for entry in sheet.entries if entry.hidden}
        if sheet.entries:
            named = _UNNAMED.fullmatch(sheet.name) or _has_title(shown)
            part: Part = "hidden" if sheet.hidden else "meta" if named else "body"
            self.lines.append(Line(sheet.name, 0, part))
        for region in _regions([] if sheet.hidden else shown, unseen):
            self.region(region)
        for entry in sheet.entries:
            if sheet.hidden or entry.hidden:
                self.add(entry, "hidden")

    def region(self, rows: Sequence[_Row]) -> None:
        above, table, below = _split(rows)
        self.text(above)
        if table:
            self.table(table)
        self.text(below)

    def text(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            for entry in row.entries:
                self.add(entry, "body")

    def table(self, rows: Sequence[_Row]) -> None:
        entries = [entry for row in rows for entry in row.entries]
        down = [row.number for row in rows]
        across = sorted({entry.box.column for entry in entries})
        index, cells = len(self.tables), []
        for entry in entries:
            box = _inside(entry.box, down, across)
            start = len(self.lines)
            self.add(entry, "cell", CellRef(index, box.row, box.column))
            cells.append(Cell(*box, tuple(range(start, len(self.lines)))))
        if len(down) * len(across) <= _MOST_EMPTY:
            cells += _empty(cells, len(down), len(across))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        self.tables.append(Table(len(down), len(across), tuple(cells)))

    def add(self, entry: Entry, part: Part, cell: CellRef | None = None) -> None:
        """The lines of a cell."""
        for text in entry.text.splitlines():
            if text.strip():
                bold = (Span(0, len(text)),) if entry.look.bold else ()
                self.lines.append(
                    Line(text, entry.box.row, part, cell, bold=bold, size=entry.look.size, centred=entry.look.centred)
                )


def _regions(entries: Iterable[Entry], unseen: Collection[int]) -> Iterator[list[_Row]]:
    """Rows with nothing empty between them; a cell that spans rows holds its region together, so do hidden rows."""
    region: list[_Row] = []
    end = 0
    for row in _rows(entries):
        if region and row.number > end:
            yield region
            region, end = [], 0
        region.append(row)
        end = max(end, *(entry.box.row + entry.box.rows for entry in row.entries))
        while end in unseen:
            end += 1
    if region:
        yield region


def _inside(box: Box, down: Sequence[int], across: Sequence[int]) -> Box:
    """A place in a table whose rows and columns are those in which a cell that is shown begins."""
    row, column = bisect_left(down, box.row), bisect_left(across, box.column)
    return Box(
        row, column,
        bisect_left(down, box.row + box.rows) - row, bisect_left(across, box.column + box.columns) - column,
    )  # fmt: skip


def _rows(entries: Iterable[Entry]) -> Iterator[_Row]:
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.box.row, []).append(entry)
    for number in sorted(found):
        yield _Row(number, tuple(sorted(found[number], key=lambda entry: entry.box.column)))


def _split(rows: Sequence[_Row]) -> tuple[Sequence[_Row], Sequence[_Row], Sequence[_Row]]:
    """Lines above the table, the table, lines below."""
    start, end = 0, len(rows)
    while start < end and (len(rows[start].entries) == 1 or _is_lead(rows[start : start + 2])):
        start += 1
    while end > start and _is_note(rows[end - 1]):
        end -= 1
    return rows[:start], rows[start:end], rows[end:]


def _has_title(entries: Sequence[Entry]) -> bool:
    """Does a sheet begin with one merged cell? That says more than the name of the sheet."""
    first = next(_rows(entries), None)
    return first is not None and len(first.entries) == 1 and first.entries[0].box.columns > 1


def _is_lead(rows: Sequence[_Row]) -> bool:
    """填报单位：某局 | 填报时间：2023年9月30日 above a row of more cells."""
    labelled = all(_LABELLED.match(entry.text) for entry in rows[0].entries)
    return labelled and len(rows) > 1 and len(rows[0].entries) < len(rows[1].entries)


def _is_note(row: _Row) -> bool:
    entry = row.entries[0]
    return len(row.entries) == 1 and (entry.box.columns > 1 or len(entry.text) >= _NOTE)


def _empty(cells: Sequence[Cell], height: int, width: int) -> Iterator[Cell]:
    """The places that no cell fills."""
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    for row in range(height):
        for column in range(width):
            if (row, column) not in taken:
                yield Cell(row, column, 1, 1, ())


FORMAT = Format("xlsx", claims, read)
