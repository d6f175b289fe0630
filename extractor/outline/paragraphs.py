"""The lines of a document as its outline sees them: where each stands, and what the file says of its looks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractor.source import Line
from extractor.text import Span, Text

ESSAY = 500  # a cell so long is a text of its own, with headings


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text: offsets of its view, without the blanks and the line break around it.

    `bold` are the emphasised runs in it; `outline` is the level that the file itself gives it. A `closed` one (a
    table cell, unless it is an essay; a line of a table of contents) holds no heading; a `listed` one is named there.
    Above the one that `restarts` a run of numbers has ended, below it another begins.
    """

    start: int
    end: int
    text: str
    bold: tuple[Span, ...] = ()
    outline: int | None = None
    centred: bool = False
    closed: bool = False
    listed: bool = False
    restarts: bool = False

    @property
    def all_bold(self) -> bool:
        """Is every character but punctuation in bold?"""
        return bool(self.bold) and sum(b.end - b.start for b in self.bold) >= 0.9 * len(self.text)

    def bold_from(self, start: int) -> int:
        """The offset up to which it is bold from `start` on; `start` if it is not."""
        end = start
        for run in self.bold:
            if run.start > end + 1:
                break
            end = max(end, run.end)
        return min(end, self.end)


def paragraphs(text: Text, lines: Sequence[Line]) -> list[Paragraph]:
    """The lines of `text` that print something, in order."""
    bold = _bold(text, lines)
    return [_paragraph(text, lines, bold, start, end) for start, end in _cuts(text.view.text)]


def _cuts(view: str) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in view.split("\n"):
        bare = piece.strip()
        if bare:
            start = at + piece.index(bare[0])
            yield start, start + len(bare)
        at += len(piece) + 1


def _paragraph(text: Text, lines: Sequence[Line], bold: Sequence[Span], start: int, end: int) -> Paragraph:
    number = text.line_at(text.view.offset(start))
    line = lines[number] if number is not None and number < len(lines) else None
    first = bisect_right(bold, start, key=lambda run: run.end)
    own = tuple(takewhile(lambda run: run.start < end, bold[first:]))
    words = text.view.text[start:end]
    if line is None:
        return Paragraph(start, end, words, own)
    return Paragraph(start, end, words, own, line.outline, line.centred, line.cell is not None and len(words) < ESSAY)


def _bold(text: Text, lines: Sequence[Line]) -> list[Span]:
    """The bold runs of the source lines, as offsets of the view."""
    found: list[Span] = []
    for run in text.runs:
        for mark in lines[run.line].bold if run.line < len(lines) else ():
            low, high = max(mark.start, run.start), min(mark.end, run.start + run.length)
            if low < high:
                start, end = (text.view.index(run.at + at - run.start) for at in (low, high))
                if found and found[-1].end >= start:
                    start = found.pop().start
                found.append(Span(start, end))
    return found
