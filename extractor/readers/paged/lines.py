"""A story's paragraphs and tables → Lines and Tables of a Source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import regex

from extractor.readers.paged.paragraphs import in_cell
from extractor.readers.paged.rows import Printed
from extractor.readers.paged.story import Paragraph, Story
from extractor.readers.paged.tables import Joined
from extractor.source import Cell, CellRef, Line, Part, Print, Table
from extractor.text import Span, fold

_PRIVATE = regex.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]+")  # symbols of Wingdings and the like
_LATIN = regex.compile(r"[A-Za-z,.;:]\n[A-Za-z]")


def lines(story: Story) -> tuple[list[Line], list[Table]]:
    """In reading order; page headers and footers come last."""
    found: list[Line] = []
    tables: list[Table] = []
    for item in story.items:
        if isinstance(item, Paragraph):
            line = _line(item.rows, len(found) + 1, item.part, centred=item.centred)
            found.append(replace(line, marks=(*line.marks, *_references(item.rows, line, story.marks))))
        else:
            cells = tuple(_cells(item, len(tables), found))
            tables.append(Table(item.rows, max((c.column + c.columns for c in cells), default=0), cells))
            found += (_line([row], len(found) + 1, "header") for row in item.repeated)
    for paragraph in story.apart:
        found.append(_line(paragraph.rows, len(found) + 1, paragraph.part))
    return _without_usual_bold(found), tables


def _cells(table: Joined, index: int, found: list[Line]) -> Iterator[Cell]:
    for box in sorted(table.boxes, key=lambda box: (box.row, box.column)):
        start = len(found)
        for rows in in_cell(box.printed, box.right):
            found.append(_line(rows, len(found) + 1, "cell", CellRef(index, box.row, box.column)))
        yield Cell(box.row, box.column, box.rows, box.columns, tuple(range(start, len(found))))


def _line(rows: Sequence[Printed], number: int, part: Part, cell: CellRef | None = None, centred: bool = False) -> Line:
    """Rows as one line; where a Latin word ends a row, a blank parts it from the next."""
    text = ""
    bold: list[Span] = []
    prints: list[Print] = []
    sizes: Counter[float] = Counter()
    for row in rows:
        if text and _LATIN.fullmatch(f"{text[-1]}\n{row.text[0]}"):
            last = prints[-1]
            prints[-1] = last._replace(edges=(*last.edges, last.edges[-1]))
            text += " "
        start = len(text)
        prints.append(row.at._replace(start=start))
        bold += (Span(start + span.start, start + span.end) for span in row.bold)
        sizes[row.size] += len(row.text)
        text += row.text
    return Line(
        text, number, part, cell,
        marks=tuple(Span(*match.span()) for match in _PRIVATE.finditer(text)), bold=_merged(bold),
        size=max(sizes, key=lambda size: (sizes[size], size)), centred=centred, prints=tuple(prints),
    )  # fmt: skip


def _references(rows: Sequence[Printed], line: Line, marks: Collection[tuple[int, str]]) -> Iterator[Span]:
    """Raised figures that refer to a footnote of their page: a date or a quantity may stand before them."""
    for row, at in zip(rows, line.prints, strict=True):
        for span in row.raised:
            if (at.page, fold(row.text[span.start : span.end])) in marks:
                yield Span(at.start + span.start, at.start + span.end)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        merged.append(Span(merged.pop().start if merged and merged[-1].end == span.start else span.start, span.end))
    return tuple(merged)


def _without_usual_bold(found: list[Line]) -> list[Line]:
    """Where most of the text is set in a heavy face, that stresses nothing."""
    body = [line for line in found if line.part == "body"]
    heavy = sum(span.end - span.start for line in body for span in line.bold)
    usual = 2 * heavy > sum(len(line.text) for line in body)
    return [replace(line, bold=()) for line in found] if usual else found
