"""Markdown pipe tables, well formed or broken, cut into cells without losing a character.

Web converters break cells over lines: a row is then a lone `|` and a line for each cell that ends in `|`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.text import Span

_PIPE = regex.compile(r"(?<!\\)\|")
_RULE = regex.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_LONE = regex.compile(r"\s*\|\s*")


class Token(NamedTuple):
    """A run of a table line: a cell's text at (row, column), or pipes and blanks between cells (row is None)."""

    start: int
    end: int
    row: int | None = None
    column: int = 0


class Block(NamedTuple):
    """The lines of a table, each cut into tokens that cover it."""

    rows: int
    columns: int
    lines: tuple[tuple[Token, ...], ...]


def block(lines: Sequence[str], at: int) -> Block | None:
    """The table that begins at line `at`."""
    return _ruled(lines, at) or _broken(lines, at)


def ends_cell(line: str) -> bool:
    """`text |`: the end of a cell whose beginning stands on an earlier line."""
    text = line.strip()
    return text.endswith("|") and not text.startswith("|") and not text.endswith("\\|")


def _ruled(lines: Sequence[str], at: int) -> Block | None:
    """Rows that begin with a pipe, or any with a pipe under a head row and a `---|---` row."""
    headed = at + 1 < len(lines) and "|" in lines[at] and "|" in lines[at + 1] and _is_rule(lines[at + 1])
    last = at
    while last < len(lines) and (_is_row(lines[last]) or (headed and _PIPE.search(lines[last]))):
        last += 1
    cut: list[tuple[Token, ...]] = []
    row = columns = 0
    for line in lines[at:last]:
        cells = [] if _is_rule(line) else _row(line)
        cut.append(_cut(line, cells, row, 0))
        columns, row = max(columns, len(cells)), row + bool(cells)
    return Block(row, columns, tuple(cut)) if row * columns > 1 else None


def _broken(lines: Sequence[str], at: int) -> Block | None:
    """Lines that end a cell each. Where a lone pipe opens the table, lone pipes open its rows; else rows are unknown."""
    last = at
    while last < len(lines) and (_LONE.fullmatch(lines[last]) or ends_cell(lines[last])):
        last += 1
    if last - at < 2:
        return None
    opened = _LONE.fullmatch(lines[at]) is not None
    cut: list[tuple[Token, ...]] = []
    row = column = columns = 0
    for line in lines[at:last]:
        if opened and _LONE.fullmatch(line):
            cut.append((Token(0, len(line)),))
            row, column = row + bool(column), 0
            continue
        cells = _segments(line)[:-1]
        cut.append(_cut(line, cells, row, column))
        column += len(cells)
        columns = max(columns, column)
    return Block(row + bool(column), columns, tuple(cut)) if columns else None


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


def _cut(line: str, cells: Sequence[Span], row: int, column: int) -> tuple[Token, ...]:
    tokens: list[Token] = []
    at = 0
    for i, (start, end) in enumerate(cells):
        text = line[start:end]
        start, end = end - len(text.lstrip()), start + len(text.rstrip())
        if start < end:
            tokens += [Token(at, start)] if at < start else []
            tokens.append(Token(start, end, row, column + i))
            at = end
    return (*tokens, Token(at, len(line))) if at < len(line) or not tokens else tuple(tokens)


def edges(line: str) -> list[Span]:
    """The outer pipes of a line that belongs to no table: what is left of one."""
    text = line.strip()
    if len(text) < 2 or text == "|":
        return []
    start, end = line.index(text), line.index(text) + len(text)
    found = [Span(start, start + 1)] if text.startswith("|") else []
    return found + ([Span(end - 1, end)] if text.endswith("|") and not text.endswith("\\|") else [])
