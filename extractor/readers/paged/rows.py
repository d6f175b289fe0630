"""Glyphs → printed rows: what stands on one base line, in stretches without a wide gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.readers.paged.page import Glyph
from extractor.source import Print
from extractor.text import Span

# in sizes of the type
_SAME_BASE = 0.45  # a raised number stands higher, the next row lower
_BACK = 0.6  # a glyph that goes back so far begins something else
WIDE = 1.2  # a gap between columns; between characters there is none
_WORD, _BLANK = 0.18, 0.6  # a gap between Latin words or figures, and beside Chinese, that stands for a blank
_SMALL, _HIGH = 0.75, 0.2  # a raised figure: its size, and its base line over that of the row
_MARKS = frozenset("“”‘’「」『』《》〈〉（）〔〕【】，。、；：！？")
_STEP = 3.0  # from one glyph to the next, at an angle
_ASCENT, _DESCENT = 0.88, 0.12  # of a Chinese character over and under the base line


class Stretch(NamedTuple):
    """Glyphs of one row from left to right; `row` counts the rows of a page (or cell)."""

    row: int
    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    base: float
    size: float

    @property
    def top(self) -> float:
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + _DESCENT * self.size


class Printed(NamedTuple):
    """A row or a column's part of it, as it is read: `bold` and `raised` spans of `text`, `at` where it stands."""

    text: str
    bold: tuple[Span, ...]
    size: float
    x0: float
    x1: float
    base: float
    at: Print
    raised: tuple[Span, ...] = ()

    @property
    def bottom(self) -> float:
        return self.at.bottom


def rows(glyphs: Iterable[Glyph]) -> list[list[Stretch]]:
    """From top to bottom, each from left to right; rows of blanks alone are none."""
    found: list[list[list[Glyph]]] = []
    base = size = 0.0
    for run in sorted(_runs(glyphs), key=lambda run: (run[0].base, run[0].x0)):
        if found and run[0].base - base <= _SAME_BASE * max(size, run[0].size):
            found[-1].append(run)
            size = max(size, run[0].size)
        else:
            found.append([run])
            base, size = run[0].base, run[0].size
    return [_stretches(i, runs) for i, runs in enumerate(found)]


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that the file prints one after the other on one base line, without a gap between columns."""
    runs: list[list[Glyph]] = []
    last = None
    for glyph in glyphs:
        size = glyph.size
        if (
            last is not None
            and abs(glyph.base - last.base) <= _SAME_BASE * size
            and -_BACK * size <= glyph.x0 - last.x1 <= WIDE * size
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return [run for run in runs if any(not glyph.text.isspace() for glyph in run)]


def _stretches(row: int, runs: list[list[Glyph]]) -> list[Stretch]:
    """The runs of a row joined where no wide gap is between them.

    A run may fill a gap in another: some programs print the quotation marks of a line after its words.
    """
    joined: list[list[Glyph]] = []
    mixed: list[int] = []  # how many glyphs of each lie among each other; put in order once, for there may be thousands
    last = far = runs[0][0]
    for run in sorted(runs, key=lambda run: run[0].x0):
        inside = bool(joined) and run[0].x0 < last.x0
        if not joined or not (inside or run[0].x0 - last.x1 <= WIDE * max(run[0].size, last.size)):
            joined.append([])
            mixed.append(0)
            far = run[-1]
        joined[-1] += run
        far = max(*run[::-1], far, key=_left)
        last = far if inside else run[-1]
        mixed[-1] = len(joined[-1]) if inside else mixed[-1]
    ordered = [[*sorted(run[:count], key=_left), *run[count:]] for run, count in zip(joined, mixed, strict=True)]
    return [_stretch(row, _trimmed(run)) for run in ordered]


def _left(glyph: Glyph) -> float:
    return glyph.x0


def _trimmed(run: list[Glyph]) -> list[Glyph]:
    inked = [i for i, glyph in enumerate(run) if not glyph.text.isspace()]
    return run[inked[0] : inked[-1] + 1]


def _stretch(row: int, glyphs: Sequence[Glyph]) -> Stretch:
    size = _size(glyphs)
    base = next(glyph.base for glyph in glyphs if glyph.size == size)
    return Stretch(row, tuple(glyphs), glyphs[0].x0, max(glyph.x1 for glyph in glyphs), base, size)


def _size(glyphs: Sequence[Glyph]) -> float:
    """The size of most of the glyphs."""
    sizes = [glyph.size for glyph in glyphs]
    plain = sizes.count(sizes[0]) > len(sizes) // 2
    return sizes[0] if plain else Counter(sizes).most_common(1)[0][0]


def printed(stretches: Sequence[Stretch], page: int) -> Printed:
    """Stretches of one row as a line; a gap that stands for a blank becomes one."""
    glyphs = [glyph for stretch in stretches for glyph in stretch.glyphs]
    first = max(stretches, key=lambda stretch: len(stretch.glyphs))
    small, high = _SMALL * first.size, first.base - _HIGH * first.size
    parts: list[str] = []
    edges: list[float] = []
    bold: list[Span] = []
    raised: list[Span] = []
    last, size = None, 0
    for glyph in glyphs:
        if last is not None and glyph.x0 - last.x1 > _WORD * glyph.size and _blank(last, glyph):
            parts.append(" ")
            edges.append(last.x1)
            size += 1
        if glyph.bold:
            _grow(bold, size, size + len(glyph.text))
        if glyph.size < small and glyph.base < high:
            _grow(raised, size, size + len(glyph.text))
        parts.append(glyph.text)
        edges += [glyph.x0] * len(glyph.text)
        size += len(glyph.text)
        last = glyph
    edges.append(max(stretch.x1 for stretch in stretches))
    at = Print(0, page, first.top, first.bottom, tuple(edges), _confidence(glyphs))
    text = "".join(parts)
    return Printed(text, tuple(bold), round(first.size, 1), edges[0], edges[-1], first.base, at, tuple(raised))


def _grow(spans: list[Span], start: int, end: int) -> None:
    """One more character of a run; a blank that we put in does not end it."""
    follows = spans and spans[-1].end >= start - 1
    spans.append(Span(spans.pop().start if follows else start, end))


def _confidence(glyphs: Sequence[Glyph]) -> float | None:
    """That of the glyph that was recognised worst; a row is recognised whole or not at all."""
    return min(glyph.ocr or 0.0 for glyph in glyphs) if glyphs[0].ocr is not None else None


def _blank(left: Glyph, right: Glyph) -> bool:
    """Is the gap between two characters a blank? Quotation marks and brackets may be set with much room."""
    if left.text.isspace() or right.text.isspace() or left.text in _MARKS or right.text in _MARKS:
        return False
    narrow = left.text.isascii() and right.text.isascii()
    return right.x0 - left.x1 > (_WORD if narrow else _BLANK) * max(left.size, right.size)


def strands(glyphs: Sequence[Glyph]) -> tuple[tuple[Glyph, ...], ...]:
    """Glyphs that stand at an angle, in the order of the file, cut where one is far from the one before."""
    found: list[list[Glyph]] = []
    last = None
    for glyph in glyphs:
        near = last is not None and max(abs(glyph.x0 - last.x0), abs(glyph.base - last.base)) < _STEP * glyph.size
        if near:
            found[-1].append(glyph)
        else:
            found.append([glyph])
        last = glyph
    return tuple(map(tuple, found))


def strand(glyphs: Sequence[Glyph], page: int) -> Printed:
    """Glyphs at an angle as one line."""
    text = "".join(glyph.text for glyph in glyphs)
    x0, x1 = min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)
    top, base = min(glyph.base - glyph.size for glyph in glyphs), max(glyph.base for glyph in glyphs)
    at = Print(0, page, top, base, (x0,) * len(text) + (x1,))
    return Printed(text, (), round(glyphs[0].size, 1), x0, x1, base, at)
