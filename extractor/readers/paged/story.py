"""Sheets → paragraphs and tables in reading order; what runs over the pages stands apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.readers.paged import footnotes
from extractor.readers.paged.columns import Block, Column, columns, side_by_side
from extractor.readers.paged.paragraphs import Margins, Measures, centred, goes_on, measure
from extractor.readers.paged.rows import Printed, printed, strand
from extractor.readers.paged.running import Running, running
from extractor.readers.paged.sheets import Ruled, Sheet
from extractor.readers.paged.tables import Joined, fits, goes_on_in, join, opened
from extractor.source import Part

_HEAD = 4  # rows of a table's head, at most
_SLACK = 12.0  # points
NOWHERE = Margins(0.0, 0.0)


@dataclass
class Paragraph:
    """Rows that are read on; `margins` are those of the last."""

    rows: list[Printed]
    margins: Margins = NOWHERE
    part: Part = "body"
    centred: bool = False


@dataclass
class Story:
    items: list[Paragraph | Joined] = field(default_factory=list)
    apart: list[Paragraph] = field(default_factory=list)  # page headers and footers
    marks: set[tuple[int, str]] = field(default_factory=set)  # of footnotes, by page: ①, 1
    open: Paragraph | None = None  # the one that the next row may go on
    cut: list[tuple[Column, Joined]] = field(default_factory=list)  # tables that a page or column ends with
    feet: dict[tuple[float, float], float] = field(default_factory=dict)  # size of page → where its text may end


def told(sheets: Sequence[Sheet]) -> Story:
    gone = running(sheets)
    notes = footnotes.found(sheets, gone)
    laid = [column for sheet in sheets for column in columns(_blocks(sheet, {**gone, **notes}), sheet.page, sheet.size)]
    usual = measure(laid)
    story = Story(feet=_feet(laid))
    waiting = list(sheets)
    for column in side_by_side(laid):
        while waiting[0].page < column.page:
            _notes(story, waiting.pop(0), notes)
        margins = usual.of(column)
        for item in column.items:
            if isinstance(item, Ruled):
                _table(story, item, column)
            else:
                _row(story, item, margins, usual)
    for sheet in waiting:
        _notes(story, sheet, notes)
    story.apart += (
        Paragraph([printed(row, sheet.page)], part=gone[sheet.page, i])
        for sheet in sheets
        for i, row in enumerate(sheet.rows)
        if (sheet.page, i) in gone
    )
    return story


def _feet(laid: Sequence[Column]) -> dict[tuple[float, float], float]:
    feet: dict[tuple[float, float], float] = defaultdict(float)
    for column in laid:
        feet[column.size] = max(feet[column.size], *(item.bottom for item in column.items))
    return feet


def _blocks(sheet: Sheet, gone: Running) -> list[Block]:
    stretches = [s for i, row in enumerate(sheet.rows) if (sheet.page, i) not in gone for s in row]
    return [*stretches, *sheet.tables]


def _row(story: Story, row: Printed, margins: Margins, usual: Measures) -> None:
    if story.open is not None and goes_on(story.open.rows, row, story.open.margins, margins, usual):
        story.open.rows.append(row)
        story.open.margins = margins
    else:
        story.open = Paragraph([row], margins, centred=centred(row, margins, usual))
        story.items.append(story.open)


def _table(story: Story, ruled: Ruled, column: Column) -> None:
    """A new table, or the rest of one that the page before has cut."""
    table = opened(ruled, column.page)
    whole = next((t for c, t in story.cut if c.page == column.page - 1 and _is_rest(story, ruled, table, c, t)), None)
    if whole is not None and column.items[0] is ruled:
        join(whole, table)
    else:
        whole = table
        story.items.append(table)
        story.open = None
    if column.items[-1] is ruled:
        story.cut.append((column, whole))


def _is_rest(story: Story, ruled: Ruled, table: Joined, before: Column, whole: Joined) -> bool:
    """Has a table the columns of one on the page before, which had no room for another row, or has it an open cell?"""
    room = story.feet[before.size] - before.items[-1].bottom
    tallest = max(low - high for high, low in pairwise(ruled.grid.ys[: _HEAD + 1]))
    return fits(whole, table) and (room < tallest + _SLACK or goes_on_in(whole, table))


def _notes(story: Story, sheet: Sheet, notes: Running) -> None:
    """What a page has beside its columns: footnotes, text up its side, and across it a watermark."""
    for rows in footnotes.paragraphs(sheet, notes):
        story.items.append(Paragraph(rows, part="footnote"))
        story.marks.add((sheet.page, footnotes.mark(rows[0])))
    story.items += (Paragraph([strand(run, sheet.page)]) for run in sheet.sideways)
    story.apart += (Paragraph([strand(run, sheet.page)], part="header") for run in sheet.aslant)
