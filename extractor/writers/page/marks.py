"""Marks in a text that may nest and overlap → tokens that are valid HTML: what opens inside closes inside."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from extractor.writers.page.noise import Stray

ORDER = ("heading", "problem", "measure", "place", "date", "quantity")  # of the same characters, the first is outside
LINKED = frozenset({"date", "quantity"})  # a link as a whole; a longer mark has a tag to click at its head


class Mark(NamedTuple):
    """A record, or a place that a check speaks of, in the text. `id` is that of the record: `date-3`."""

    start: int
    end: int
    kind: str
    id: str
    number: int
    tip: str
    doubtful: bool = False
    level: int = 0


class Clip(NamedTuple):
    """The part of a mark in one line; only the first part bears the id."""

    start: int
    end: int
    mark: Mark
    first: bool


class Token(NamedTuple):
    """`link`: the mark may be a link here, since it stands in none; `run_in`: words of its line stand before it."""

    kind: Literal["open", "close", "text", "noise"]
    text: str = ""
    mark: Mark | None = None
    first: bool = False
    link: bool = False
    run_in: bool = False
    stray: Stray | None = None


def clipped(marks: Iterable[Mark], starts: Sequence[int], ends: Sequence[int]) -> dict[int, list[Clip]]:
    """Marks cut at the ends of lines, by line; `starts` and `ends` are those of the lines."""
    lines: dict[int, list[Clip]] = {}
    for mark in marks:
        first = True
        for i in range(max(0, bisect_right(starts, mark.start) - 1), len(starts)):
            if starts[i] >= mark.end:
                break
            start, end = max(mark.start, starts[i]), min(mark.end, ends[i])
            if start < end:
                lines.setdefault(i, []).append(Clip(start, end, mark, first))
                first = False
    return lines


def tokens(text: str, start: int, end: int, clips: Iterable[Clip], strays: Sequence[Stray] = ()) -> list[Token]:
    """The characters [start, end) of `text` with their marks; noise stands where it stood."""
    flow = _Flow(text, start, strays)
    queue = [(*_order(clip), i, clip) for i, clip in enumerate(clips)]
    heapq.heapify(queue)
    count = len(queue)
    while queue:
        clip = heapq.heappop(queue)[-1]
        flow.close(clip.start)
        if flow.open and flow.open[-1].end < clip.end:
            rest = clip._replace(start=flow.open[-1].end, first=False)
            heapq.heappush(queue, (*_order(rest), count := count + 1, rest))
            clip = clip._replace(end=rest.start)
        flow.enter(clip)
    flow.close(end)
    flow.advance(end)
    return flow.tokens


def _order(clip: Clip) -> tuple[int, int, int]:
    return clip.start, -clip.end, ORDER.index(clip.mark.kind)


class _Flow:
    """Characters in order, and the marks that are open."""

    def __init__(self, text: str, start: int, strays: Sequence[Stray]) -> None:
        self.text, self.start, self.at, self.strays = text, start, start, list(strays)
        self.open: list[Clip] = []
        self.tokens: list[Token] = []

    def advance(self, to: int) -> None:
        while self.strays and self.strays[0].at <= to:
            stray = self.strays.pop(0)
            self._words(stray.at)
            self.tokens.append(Token("noise", stray=stray))
        self._words(to)

    def _words(self, to: int) -> None:
        if to > self.at:
            self.tokens.append(Token("text", self.text[self.at : to]))
            self.at = to

    def enter(self, clip: Clip) -> None:
        self.advance(clip.start)
        inside = any(one.mark.kind in LINKED for one in self.open)
        self.open.append(clip)
        run_in = clip.first and bool(self.text[self.start : clip.start].strip())
        self.tokens.append(Token("open", mark=clip.mark, first=clip.first, link=not inside, run_in=run_in))

    def close(self, to: int) -> None:
        """Close what ends at or before `to`."""
        while self.open and self.open[-1].end <= to:
            clip = self.open.pop()
            self.advance(clip.end)
            inside = any(one.mark.kind in LINKED for one in self.open)
            self.tokens.append(Token("close", mark=clip.mark, link=not inside))
