"""Where noise stood: between the characters of the text that were read before and after it.

What has a page and is a header or footer stands at the page's head or foot; one without a page, at the head or foot of
all. Other noise stands in its line, or between the lines before and after its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.records import Noise, Piece, Report, Run


class Stray(NamedTuple):
    """Noise at code point `at` of document `doc`: in its line, or between two lines."""

    doc: int
    at: int
    text: str
    rule: str
    inline: bool


class _Read(NamedTuple):
    """A run of a document."""

    doc: int
    run: Run


def strays(report: Report) -> list[Stray]:
    """In order of the text; pieces of one rule that stand in one place are one."""
    order = _Order(report)
    found = [
        Stray(*order.place(piece), words, noise.rule, order.inline(piece))
        for noise in report.noise
        for piece, words in _pieces(noise)
    ]
    found.sort(key=lambda stray: (stray.doc, stray.at))
    return [_joined(list(alike)) for _, alike in groupby(found, key=lambda s: (s.doc, s.at, s.rule, s.inline))]


def _joined(alike: Sequence[Stray]) -> Stray:
    return alike[0]._replace(text=("" if alike[0].inline else "\n").join(stray.text for stray in alike))


def _pieces(noise: Noise) -> Iterator[tuple[Piece, str]]:
    """Each piece with its words: `text` holds them one after the other, line ends between some."""
    at = 0
    for piece in noise.source:
        if noise.text[at : at + 1] == "\n":
            at += 1
        end = at + piece.end - piece.start
        yield piece, noise.text[at:end]
        at = end


class _Order:
    """The runs of all documents, in the order in which they were read."""

    def __init__(self, report: Report) -> None:
        self.read = [_Read(doc, run) for doc, document in enumerate(report.documents) for run in document.runs]
        self.read.sort(key=lambda read: (read.run.number, read.run.start))
        self.keys = [(read.run.number, read.run.start) for read in self.read]
        paged = sorted((read for read in self.read if read.run.page), key=lambda read: (read.doc, read.run.at))
        self.heads: dict[int, _Read] = {}
        self.feet: dict[int, _Read] = {}
        for read in paged:
            self.heads.setdefault(read.run.page or 0, read)
            self.feet[read.run.page or 0] = read

    def place(self, piece: Piece) -> tuple[int, int]:
        """Document and code point."""
        if not self.read:
            return 0, 0
        if piece.part in ("header", "footer"):
            return self._margin(piece)
        i = bisect_right(self.keys, (piece.number, piece.start))
        if i < len(self.read) and (i == 0 or self._follows(piece)):
            return self.read[i].doc, self.read[i].run.at
        return _end(self.read[i - 1])

    def _margin(self, piece: Piece) -> tuple[int, int]:
        edges = self.heads if piece.part == "header" else self.feet
        everywhere = self.read[0] if piece.part == "header" else self.read[-1]
        read = edges.get(piece.page or 0, everywhere)
        return (read.doc, read.run.at) if piece.part == "header" else _end(read)

    def inline(self, piece: Piece) -> bool:
        """Whether characters of its own line stand in a document."""
        i = bisect_left(self.keys, (piece.number, 0))
        return piece.part not in ("header", "footer") and i < len(self.keys) and self.keys[i][0] == piece.number

    def _follows(self, piece: Piece) -> bool:
        """Whether it stands at the head of its line, before the first characters that were kept."""
        i = bisect_right(self.keys, (piece.number, piece.start))
        return self.keys[i][0] == piece.number and (i == 0 or self.keys[i - 1][0] != piece.number)


def _end(read: _Read) -> tuple[int, int]:
    return read.doc, read.run.at + read.run.end - read.run.start
