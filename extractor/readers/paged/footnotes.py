"""Footnotes: rows in smaller type at the foot of a page, the first of them with a mark."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.readers.paged.rows import Printed, printed
from extractor.readers.paged.running import Running, usual_size
from extractor.readers.paged.sheets import Sheet
from extractor.text import fold

MARK = regex.compile(r"[\[(（［【]?(?:[①-⑳⑴-⒇❶-❿]|\d{1,2}(?![\d.、年月万亿])|[*＊※†]|注\d*[:：])[\])）］】]?")
_SMALLER = 0.88  # of the size of the text
_LOWER = 0.4  # of the page is above them, at least


def found(sheets: Sequence[Sheet], gone: Running) -> Running:
    """The rows of footnotes, by page and row."""
    limit = _SMALLER * usual_size(sheets)
    return {(sheet.page, row): "footnote" for sheet in sheets for row in _notes(sheet, gone, limit)}


def _notes(sheet: Sheet, gone: Running, limit: float) -> range:
    """The last rows of a page, if they are small and text stands above them."""
    rows = [i for i in range(len(sheet.rows)) if (sheet.page, i) not in gone]
    end = rows[-1] + 1 if rows else 0
    first = None
    for i in reversed(rows):
        row = sheet.rows[i]
        if max(stretch.size for stretch in row) > limit or row[0].top < _LOWER * sheet.size[1]:
            break
        if MARK.match(fold(printed(row, sheet.page).text)):
            first = i
    if first is None or first == rows[0] or any(table.bottom > sheet.rows[first][0].top - 30 for table in sheet.tables):
        return range(0)
    return range(first, end)


def paragraphs(sheet: Sheet, notes: Running) -> list[list[Printed]]:
    """The notes of a page, each from its mark to the next."""
    notes_of: list[list[Printed]] = []
    for i, row in enumerate(sheet.rows):
        if notes.get((sheet.page, i)) == "footnote":
            line = printed(row, sheet.page)
            if not notes_of or MARK.match(fold(line.text)):
                notes_of.append([])
            notes_of[-1].append(line)
    return notes_of


def mark(row: Printed) -> str:
    """What the text refers to a note by, as it is printed at the head of the note."""
    found = MARK.match(fold(row.text))
    return found[0] if found else ""
