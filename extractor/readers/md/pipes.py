"""Markdown pipe tables, well formed or broken, cut into cells without losing a character.

Web converters break cells over lines: a row is then a lone `|` and a line for each cell that ends in `|`.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.readers.blocks import Block, Token, cut
from extractor.text import Span

_PIPE = regex.compile(r"(?<!\\)\|")
_RULE = regex.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def block(lines: Sequence[str], at: int) -> Block | None:
    """The table that begins at line `at`."""
    return _ruled(lines, at) or _broken(lines, at)


def _ruled(lines: Sequence[str], at: int) -> Block | None:
    """Rows that begin with a pipe, or any with a pipe under a head row and a `---|---` row."""
    headed = at + 1 < len(lines) and "|" in lines[at] and "|" in lines[at + 1] and _is_rule(lines[at + 1])
    last = at
    while last < len(lines) and (_is_row(lines[last]) or (headed and _PIPE.search(lines[last]))):
        last += 1
    made: list[tuple[Token, ...]] = []
    row = columns = 0
    for line in lines[at:last]:
        cells = [] if _is_rule(line) else _row(line)
        made.append(cut(line, cells, row, 0))
        columns, row = max(columns, len(cells)), row + bool(cells)
    return Block(row, columns, tuple(made)) if last - at > 1 or columns > 1 else None


def _broken(lines: Sequence[str], at: int) -> Block | None:
    """Lines that all end in a pipe, each pipe the end of a cell. One that heads a line opens a row, if the first does."""
    opened, last = lines[at].lstrip().startswith("|"), at
    while last < len(lines) and _ends_cell(lines[last]) and (opened or not _is_row(lines[last])):
        last += 1
    if last - at < 2:
        return None
    made: list[tuple[Token, ...]] = []
    row = column = columns = 0
    for line in lines[at:last]:
        cells = _segments(line)[:-1]
        if opened and line.lstrip().startswith("|"):
            row, column, cells = row + bool(column), 0, cells[1:]
        made.append(cut(line, cells, row, column))
        column += len(cells)
        columns = max(columns, column)
    return Block(row + bool(column), columns, tuple(made))


def _ends_cell(line: str) -> bool:
    text = line.rstrip()
    return text.endswith("|") and not text.endswith("\\|")


def _is_row(line: str) -> bool:
    text = line.strip()
    return text.startswith("|") and len(text) > 1


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line) is not None


def _segments(line: str) -> list[Span]:
    """What stands before, between and after the pipes of a line."""
    ends = [match.span() for match in _PIPE.finditer(line)]
    return [Span(a, b) for (_, a), (b, _) in zip([(0, 0), *ends], [*ends, (len(line), 0)], strict=True)]


def _row(line: str) -> list[Span]:
    """The cells of a row, the empty ends beyond its outer pipes left out."""
    cells = _segments(line)
    first = not line[: cells[0].end].strip()
    last = len(cells) - (not line[cells[-1].start :].strip())
    return cells[first:last]


def strays(line: str) -> list[Span]:
    """The pipes of a line that belongs to no table, but is what is left of one: it ends in a pipe."""
    return [Span(*match.span()) for match in _PIPE.finditer(line)] if _ends_cell(line) and len(line.strip()) > 1 else []
