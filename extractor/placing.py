"""From a span of a document's text to the pieces of the file that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.records import Piece, Run


def pieces(runs: Sequence[Run], start: int, end: int) -> tuple[Piece, ...]:
    """Where code points [start, end) of a document were read; `runs` are the document's.

    A piece of a printed page keeps the box of the whole run: the boxes of its characters are not kept.
    """
    return tuple(_cut(runs, start, end))


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Piece]:
    first = max(0, bisect_right(runs, start, key=lambda run: run.at) - 1)
    for run in runs[first:]:
        if run.at >= end:
            return
        low, high = max(run.at, start) - run.at, min(run.at + run.end - run.start, end) - run.at
        if low < high:
            values = {name: getattr(run, name) for name in Piece.model_fields}
            yield Piece(**{**values, "start": run.start + low, "end": run.start + high})
