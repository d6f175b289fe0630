"""Tables drawn in plain text: │ or | between the cells, with rulers or without, tabs, or wide blanks.

A row is a line; where rulers stand between rows, what stands between two of them is one row, its cells wrapped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import regex

from extractor.readers.blocks import Block, Token, cut
from extractor.source import Cell, CellRef, Line, Table
from extractor.text import Span

_BAR = regex.compile(r"[|｜│┃║]")
_TAB = regex.compile(r"\t")
_GAP = regex.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_RULER = regex.compile(r"(?=[^─━═\-—=]*[─━═\-—=]{2})[\s+|｜\-—=:\p{Block=Box_Drawing}]+")
_COLUMNS = 3  # fewer without an outer bar may be anything: 首页 | 新闻
_WIDE = 2  # columns of a Chinese character
_HEADER = 16  # characters that a cell of a header takes at most, if nothing encloses it


def lines(texts: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """The lines of a file, each cell of a table in it a line of its own."""
    found: list[Line] = []
    tables: list[Table] = []
    at = 0
    while at < len(texts):
        block = _block(texts, at)
        if block is None:
            found.append(Line(texts[at], at + 1))
            at += 1
            continue
        _lay(block, texts, at, found, tables)
        at += len(block.lines)
    return tuple(found), tuple(tables)


def _lay(block: Block, texts: Sequence[str], at: int, found: list[Line], tables: list[Table]) -> None:
    """The cells of a row follow each other, also where print has wrapped them side by side."""
    tokens = [(token, at + i) for i, cells in enumerate(block.lines) for token in cells]
    tokens.sort(key=lambda one: (-1, 0) if one[0].row is None else (one[0].row, one[0].column))
    held: dict[tuple[int, int], list[int]] = {}
    goes_on = False
    for token, i in tokens:
        words = texts[i][token.start : token.end]
        ref = None if token.row is None else CellRef(len(tables), token.row, token.column)
        if goes_on and found[-1].cell == ref:
            found[-1] = replace(found[-1], text=found[-1].text + words)
        else:
            if ref:
                held.setdefault((ref.row, ref.column), []).append(len(found))
            found.append(Line(words, i + 1, "cell" if ref else "meta", ref))
        goes_on = ref is not None and _fills(texts[i], token)
    cells = tuple(Cell(row, column, 1, 1, tuple(inside)) for (row, column), inside in held.items())
    tables.append(Table(block.rows, block.columns, cells))


def _fills(text: str, cell: Token) -> bool:
    """Does a cell leave no room for another character, so that the line below goes on with its words?"""
    margin = cell.start > 0 and text[cell.start - 1].isspace()
    return len(text[cell.end :]) - len(text[cell.end :].lstrip()) < _WIDE + margin


def _block(texts: Sequence[str], at: int) -> Block | None:
    """The table that begins at line `at`."""
    line = texts[at]
    if _BAR.search(line) or _RULER.fullmatch(line):
        return _barred(texts, at)
    bar = _TAB if "\t" in line else _GAP
    width = len(_cells(line, bar))
    if width < _COLUMNS or not _headed(line, bar):
        return None
    last = _while(texts, at + 1, lambda i: _is_row(texts[i], bar, width, i - at))
    made = (cut(texts[i], _cells(texts[i], bar), i - at, 0) for i in range(at, last))
    return Block(last - at, width, tuple(made)) if last - at > 1 else None


def _is_row(text: str, bar: regex.Pattern[str], width: int, number: int) -> bool:
    """Between blanks, rows must be numbered 1, 2, 3 …: blanks also justify names and centre lines."""
    cells = _cells(text, bar)
    counted = text[cells[0].start : cells[0].end].strip() == str(number)
    return len(cells) == width and (counted or bar is not _GAP)


def _barred(texts: Sequence[str], at: int) -> Block | None:
    """Lines with as many bars as the first, which a ruler may stand above; a table has two rows or more."""
    ruled = _RULER.fullmatch(texts[at]) is not None
    head = at + ruled
    if head == len(texts) or _RULER.fullmatch(texts[head]):
        return None
    closed = _BAR.match(texts[head].strip()) is not None
    width = len(_cells(texts[head], _BAR, closed))
    ruled = ruled or (head + 1 < len(texts) and _RULER.fullmatch(texts[head + 1]) is not None)
    if width < 2 or not (closed or ruled or (width >= _COLUMNS and _headed(texts[head], _BAR))):
        return None
    last = _while(texts, head, lambda i: _RULER.fullmatch(texts[i]) or len(_cells(texts[i], _BAR, closed)) == width)
    rulers = {i for i in range(at, last) if _RULER.fullmatch(texts[i])}
    numbers = list(_numbers(range(at, last), rulers))
    rows = 1 + max(row for row in numbers if row is not None)
    made = (
        (Token(0, len(texts[i])),) if row is None else cut(texts[i], _cells(texts[i], _BAR, closed), row, 0)
        for i, row in zip(range(at, last), numbers, strict=True)
    )
    return Block(rows, width, tuple(made)) if rows > 1 else None


def _while(texts: Sequence[str], at: int, goes_on: Callable[[int], object]) -> int:
    return next((i for i in range(at, len(texts)) if not goes_on(i)), len(texts))


def _numbers(at: range, rulers: set[int]) -> Iterator[int | None]:
    """The row of each line, None for a ruler."""
    groups = [(ruled, len(list(inside))) for ruled, inside in groupby(at, key=rulers.__contains__)]
    wrapped = sum(1 for ruled, _ in groups[1:-1] if ruled) > 1
    row = 0
    for ruled, size in groups:
        yield from (None if ruled else row + (0 if wrapped else i) for i in range(size))
        row += 0 if ruled else 1 if wrapped else size


def _cells(line: str, bar: regex.Pattern[str], closed: bool = False) -> list[Span]:
    """What stands between the bars; in a `closed` table, without what is beyond the outer ones."""
    ends = [match.span() for match in bar.finditer(line)]
    cells = [Span(a, b) for (_, a), (b, _) in zip([(0, 0), *ends], [*ends, (len(line), 0)], strict=True)]
    last = len(cells) - (closed and not line[cells[-1].start :].strip())
    return cells[closed and not line[: cells[0].end].strip() : last]


def _headed(line: str, bar: regex.Pattern[str]) -> bool:
    """Does a line name the columns of a table that nothing encloses?"""
    return all(0 < len(line[start:end].strip()) <= _HEADER for start, end in _cells(line, bar))
