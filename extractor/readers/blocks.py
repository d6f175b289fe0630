"""Tables that a text file draws with characters: its lines cut into cells, without losing a character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.text import Span


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


def cut(line: str, cells: Sequence[Span], row: int, column: int) -> tuple[Token, ...]:
    """A line as tokens: its `cells`, the first of them at (row, column), and what stands between."""
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
