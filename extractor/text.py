"""Characters that know their source.

A `Text` is only ever cut and joined, never searched for afterwards: each of its characters remembers the
source line it came from. `folded` is one character to one, so an offset in it is an offset in the text.
`view` is what patterns are matched against: folded, and without the blanks that print has strewn between
Chinese characters and digits; it maps its offsets back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex


class Span(NamedTuple):
    """A run of code points, end excluded."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Piece(NamedTuple):
    """A run of characters of one source line: code points in `Source.lines[line].text`."""

    line: int
    start: int
    end: int


class Run(NamedTuple):
    """Characters [at, at + length) of a text stand at `start` of source line `line`."""

    at: int
    line: int
    start: int
    length: int


def _fold_table() -> dict[int, str]:
    """One character to one: full-width forms, blanks, radicals that PDF fonts print for characters."""
    import unicodedata

    table = {
        code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6))
    }
    table |= dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    table |= {
        0x25CB: "〇",
        0x25EF: "〇",
        0x039F: "O",  # Greek and Cyrillic, in 二Ο二一年
        0x041E: "O",
        0xFFE1: "£",
        0xFFE5: "¥",
        0x2236: ":",
        0xFE55: ":",
        0xFE50: ",",
        0xFE54: ";",
        0xFE59: "(",
        0xFE5A: ")",
        0xFE6A: "%",
    }
    return table


_FOLD = {chr(code): plain for code, plain in _fold_table().items()}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")  # a set of `re` is found thirty times as fast as one of `regex`
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\u3001-\u303f〇“”‘’…—，。；：！？（）"
# A blank beside Chinese, at either end of a line, or before closing punctuation says nothing ("2022 年", "4 .“发展").
# One between a digit and a digit does ("表1 2023年"), and so does one after a stop ("1. 2023年").
_BLANKS = rf"(?<=[{_HAN}\n]|^) +| +(?=[{_HAN}\n%‰℃.,;:)]|$)"
_UNPRINTED = r"[\u200b-\u200f\u2060\ufeff\u00ad]"
_HAS_UNPRINTED = re.compile(_UNPRINTED)  # few texts do; in the others blanks are found in a tenth of the time
_IDLE, _IDLE_BLANKS = regex.compile(rf"{_BLANKS}|{_UNPRINTED}+"), regex.compile(_BLANKS)


def fold(string: str) -> str:
    """Full-width forms and odd blanks made plain, one character to one: `fold(s)[i]` stands for `s[i]`."""
    for character in set(_FOLDED.findall(string)):  # a tenth of the time of `str.translate`
        string = string.replace(character, _FOLD[character])
    return string


def _idle(folded: str) -> regex.Pattern[str]:
    return _IDLE if _HAS_UNPRINTED.search(folded) else _IDLE_BLANKS


def viewed(string: str) -> str:
    """The text of a string's view, for words whose places do not matter."""
    folded = fold(string)
    bare: str = _idle(folded).sub("", folded)
    return bare


class View:
    """The folded text without idle blanks; `span` leads back to the text, `index` leads here."""

    def __init__(self, folded: str) -> None:
        parts: list[str] = []
        self._at: list[int] = [0]  # view offset where each kept run starts
        self._to: list[int] = [0]  # text offset where it starts
        last = size = 0
        for match in _idle(folded).finditer(folded):
            parts.append(folded[last : match.start()])
            size += match.start() - last
            last = match.end()
            self._at.append(size)
            self._to.append(last)
        parts.append(folded[last:])
        self.text = "".join(parts)

    def __len__(self) -> int:
        return len(self.text)

    def offset(self, index: int) -> int:
        """View offset → text offset."""
        i = bisect_right(self._at, index) - 1
        return self._to[i] + index - self._at[i]

    def index(self, offset: int) -> int:
        """Text offset → view offset; an idle blank counts as the character after it."""
        i = bisect_right(self._to, offset) - 1
        at = self._at[i] + offset - self._to[i]
        return min(at, self._at[i + 1]) if i + 1 < len(self._at) else at

    def blank(self, start: int) -> int:
        """The first place from `start` on at which an idle blank was left out; the end if there is none."""
        i = bisect_left(self._at, start, 1)
        return self._at[i] if i < len(self._at) else len(self)

    def span(self, start: int, end: int) -> Span:
        """View offsets → text offsets; blanks at the ends stay outside."""
        if end <= start:
            return Span(self.offset(start), self.offset(start))
        return Span(self.offset(start), self.offset(end - 1) + 1)


@dataclass(frozen=True)
class Text:
    """Characters in reading order with the place of each. A character without a run (a joint) was put in by us.

    They are folded once, when they are read: what is cut and joined is cut and joined folded too.
    """

    raw: str
    folded: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, line: int, string: str, start: int = 0) -> Text:
        """The characters of source line `line` from `start` on."""
        return cls(string, fold(string), (Run(0, line, start, len(string)),) if string else ())

    @classmethod
    def join(cls, parts: Iterable[Text], joint: str = "") -> Text:
        parts = list(parts)
        runs: list[Run] = []
        size = 0
        for part in parts:
            runs += [Run(run.at + size, run.line, run.start, run.length) for run in part.runs]
            size += len(part.raw) + len(joint)
        folded = fold(joint).join([part.folded for part in parts])
        return cls(joint.join([part.raw for part in parts]), folded, tuple(runs))

    def __len__(self) -> int:
        return len(self.raw)

    def cut(self, start: int, end: int) -> Text:
        """Characters [start, end)."""
        runs = []
        for run in self.runs[max(0, bisect_right(self._starts, start) - 1) :]:
            if run.at >= end:
                break
            low, high = max(run.at, start), min(run.at + run.length, end)
            if low < high:
                runs.append(Run(low - start, run.line, run.start + low - run.at, high - low))
        return Text(self.raw[start:end], self.folded[start:end], tuple(runs))

    def pieces(self, span: Span) -> tuple[Piece, ...]:
        """Where the characters of `span` were read, neighbouring runs of one line made one."""
        found: list[Piece] = []
        for i in range(max(0, bisect_right(self._starts, span.start) - 1), len(self.runs)):
            run = self.runs[i]
            if run.at >= span.end:
                break
            low, high = max(run.at, span.start), min(run.at + run.length, span.end)
            if low >= high:
                continue
            piece = Piece(run.line, run.start + low - run.at, run.start + high - run.at)
            if found and found[-1].line == piece.line and found[-1].end == piece.start:
                piece = found.pop()._replace(end=piece.end)
            found.append(piece)
        return tuple(found)

    def line_at(self, offset: int) -> int | None:
        """The source line of the character at `offset`; for a joint, the line before it."""
        i = bisect_right(self._starts, offset) - 1
        return self.runs[i].line if i >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [run.at for run in self.runs]

    @cached_property
    def view(self) -> View:
        return View(self.folded)


def between(text: str, start: int, end: int, stops: str) -> Span:
    """From the last of `stops` before `start` to the first from `end` on, both left out."""
    ends = (at for stop in stops if (at := text.find(stop, end)) >= 0)
    return Span(max(text.rfind(stop, 0, start) for stop in stops) + 1, min(ends, default=len(text)))


def taken(spans: Sequence[Span], span: Span) -> bool:
    """Does `span` overlap one of `spans` (in order, not overlapping)?"""
    i = bisect_right(spans, span.start, key=lambda s: s.start)
    return any(s.overlaps(span) for s in spans[max(0, i - 1) : i + 1])
