"""The reading order of pages: down a column of prose, then down the next; across, row by row, everywhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from extractor.readers.paged.rows import Printed, Stretch, printed
from extractor.readers.paged.sheets import Ruled

Block = Stretch | Ruled

_ROWS = 3  # of a column, at least
_FILLED = 0.55  # of a column's width, on average
_HEADS = 0.6  # of a column's width, at most
_LARGER = 1.15  # the type of a heading over both columns
_MOST = 2_000  # blocks of a page that may be in columns
_NEIGHBOURS = 8  # blocks before and after one that may stand beside it
_LEVEL, _SAME_GUTTER = 3.0, 12.0  # points


class Column(NamedTuple):
    """What is read without a break: tables and printed rows of one page. `side` 0: all its width, else of the gutter."""

    page: int
    size: tuple[float, float]
    side: int
    gutter: float
    items: tuple[Ruled | Printed, ...]


def columns(blocks: Sequence[Block], page: int, size: tuple[float, float]) -> list[Column]:
    return list(_columns(blocks, page, size, 0.0, size[0])) if blocks else []


def _columns(
    blocks: Sequence[Block], page: int, size: tuple[float, float], left: float, right: float
) -> Iterator[Column]:
    ordered = sorted(blocks, key=lambda block: (block.top, block.x0))
    gutter = _gutter(ordered) if len(ordered) <= _MOST else None
    if gutter is None or not left < gutter < right:
        side = 0 if (left, right) == (0.0, size[0]) else 1 if left == 0.0 else 2
        yield Column(page, size, side, right if side == 1 else left, tuple(_items(ordered, page)))
        return
    wide = {_row(block) for block in ordered if _is_across(block, ordered, gutter)}
    for across, band in groupby(ordered, key=lambda block: _row(block) in wide):
        group = list(band)
        sides = [b for b in group if b.x1 <= gutter], [b for b in group if b.x0 >= gutter]
        if across or not all(map(_is_column, sides)):
            yield Column(page, size, 0, 0.0, tuple(_items(group, page)))
        else:
            yield from _columns(sides[0], page, size, left, gutter)
            yield from _columns(sides[1], page, size, gutter, right)


def _items(blocks: Sequence[Block], page: int) -> Iterator[Ruled | Printed]:
    """The stretches of a row put together."""
    by_row: dict[int, list[Stretch]] = defaultdict(list)
    for block in blocks:
        if isinstance(block, Stretch):
            by_row[block.row].append(block)
    done: set[int] = set()
    for block in blocks:
        if isinstance(block, Ruled):
            yield block
        elif block.row not in done:
            done.add(block.row)
            yield printed(sorted(by_row[block.row], key=lambda stretch: stretch.x0), page)


def _gutter(blocks: Sequence[Block]) -> float | None:
    """The middle of where most gaps between neighbours are; None if hardly any text has another beside it."""
    gaps = [(a.x1, b.x0, _ROWS if isinstance(a, Ruled) and isinstance(b, Ruled) else 1) for a, b in _beside(blocks)]
    best, at = max(((sum(w for low, high, w in gaps if low < x <= high), x) for _, x, _ in gaps), default=(0, 0.0))
    return (max(low for low, high, _ in gaps if low < at <= high) + at) / 2 if best >= _ROWS else None


def _beside(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Blocks and their next neighbours to the right."""
    for i, block in enumerate(blocks):
        near = blocks[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1]
        right = [other for other in near if other.x0 >= block.x1 and _level(block, other)]
        if right:
            yield block, min(right, key=lambda other: other.x0)


def _level(one: Block, other: Block) -> bool:
    return other.top < one.bottom and other.bottom > one.top


def _is_across(block: Block, blocks: Sequence[Block], gutter: float) -> bool:
    """Does it reach over the gutter, or head both columns: larger type, and nothing beside it?"""
    if block.x0 < gutter < block.x1:
        return True
    if isinstance(block, Ruled) or block.x0 >= gutter:
        return False
    others = [other for other in blocks if other.x0 >= gutter]
    if any(_level(block, other) for other in others) or not any(other.top > block.bottom for other in others):
        return False
    size = max(glyph.size for glyph in block.glyphs)
    return size >= _LARGER * median([b.size for b in blocks if isinstance(b, Stretch) and b is not block] or [0.0])


def _row(block: Block) -> float:
    """What blocks of one row have in common."""
    return block.row if isinstance(block, Stretch) else -block.top - block.x0 - 1.0


def _is_column(blocks: Sequence[Block]) -> bool:
    """Is it prose or a table, not labels or their values?"""
    if any(isinstance(block, Ruled) for block in blocks):
        return True
    if len(blocks) < _ROWS:
        return False
    width = max(b.x1 for b in blocks) - min(b.x0 for b in blocks)
    long = sum(isinstance(b, Stretch) and len(b.glyphs) > 8 for b in blocks)
    return 2 * long > len(blocks) and sum(b.x1 - b.x0 for b in blocks) >= _FILLED * width * len(blocks)


def side_by_side(columns: Sequence[Column]) -> Iterator[Column]:
    """Two texts printed side by side, each under its own title, come one after the other over all their pages."""
    held: tuple[list[Column], list[Column]] = [], []
    gutter = None
    for i, column in enumerate(columns):
        if column.side == 1 and gutter is None and i + 1 < len(columns) and _titled(column, columns[i + 1]):
            gutter = column.gutter
        if column.side and gutter is not None and abs(column.gutter - gutter) <= _SAME_GUTTER:
            held[column.side - 1].append(column)
            continue
        yield from (*held[0], *held[1])
        held = [], []
        yield column
    yield from (*held[0], *held[1])


def _titled(left: Column, right: Column) -> bool:
    heads = left.items[0], right.items[0]
    if right.side != 2 or len(left.items) < 2 or any(isinstance(head, Ruled) for head in heads):
        return False
    level = abs(heads[0].base - heads[1].base) <= _LEVEL  # type: ignore[union-attr]
    return level and all(head.x1 - head.x0 <= _HEADS * (left.gutter - left.items[1].x0) for head in heads)
