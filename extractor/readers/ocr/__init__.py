"""Recognition (OCR) of pages that are pictures, with the extra [ocr]: rapidocr, whose models come with it.

A page is drawn at 200 dpi, turned and straightened, and its text recognised row by row; ruled lines are found in the
picture. What comes out is what a page with text gives, characters and lines by their places, so rows, tables and
paragraphs are put together by the same means. Places are those on the straightened page.
"""

from __future__ import annotations

import math
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any, NamedTuple

import pypdfium2

from extractor.readers.ocr.pictures import Box, Picture, printed, rules, straight, turned
from extractor.readers.paged.grid import Grid
from extractor.readers.paged.page import Characters, Drawn, Glyph
from extractor.readers.paged.sheets import Sheet, lay
from extractor.source import Area

EXTRA = "pip install 'extractor[ocr]'"

_DPI = 200
_MOST_PIXELS = 25_000_000  # of a page; A3 has 8 million
_UNREAD, DOUBTFUL = 0.5, 0.8  # confidence below which a row is left out, below which a page lies the wrong way perhaps
_LONG = 100  # times its width: a page that is no paper, and that the engine refuses
_TALL = 1.5  # height by width of a row of text that runs up the page
_PADDED = 1.3  # height of a recognised row by the size of its type
_SHORT = 10  # characters
_SAME_SIZE = 0.2  # by which rows of one size may differ
_CENTRE = 0.38  # of the size: from the middle of a row down to its base line
_GAP = 0.15  # of a character's width, so that each is placed by itself
_BROAD_SIGNS = frozenset("“”‘’—…·")


class Row(NamedTuple):
    """A recognised row of text, or a part of one, in pixels."""

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def margin(self) -> float:
        """What its box has around the print, on each side."""
        return (self.bottom - self.top) * (1 - 1 / _PADDED) / 2

    @property
    def step(self) -> float:
        """The width of a broad character."""
        return (self.right - self.left - 2 * self.margin) / sum(map(_weight, self.text))

    @property
    def size(self) -> float:
        """The height of a character. Boxes of short or slanting rows are too high, but no character is higher than wide."""
        return min((self.bottom - self.top) / _PADDED, self.step)


class Seen(NamedTuple):
    """A page as it was turned, and the rows in it."""

    picture: Picture
    rows: list[Row]

    @property
    def score(self) -> float:
        """The confidence of its characters on average."""
        count = sum(len(row.text) for row in self.rows)
        return sum(row.score * len(row.text) for row in self.rows) / count if count else 0.0


def installed() -> bool:
    return find_spec("rapidocr") is not None


def sheet(page: pypdfium2.PdfPage, number: int, before: Sheet | None) -> Sheet:
    """A page whose text is a picture; `before` is the page before it."""
    width, height = page.get_size()
    dpi = min(_DPI, 72 * math.sqrt(_MOST_PIXELS / (width * height)))
    seen = _upright(page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze())
    rows = [row for row in seen.rows if row.score >= _UNREAD]
    tall, wide = seen.picture.shape
    size = wide * 72 / dpi, tall * 72 / dpi
    lines = Drawn(tuple(rules(seen.picture, dpi)), False)

    def laid(rows: Sequence[Row]) -> Sheet:
        return lay(number, Characters(size, list(_glyphs(rows, 72 / dpi, before)), [], []), lines, before)

    first = laid(rows)
    missed = list(_missed(seen.picture, first, dpi))
    read = [row for row in missed if row.score >= _UNREAD]
    unread = len(seen.rows) - len(rows) + len(missed) - len(read)
    return replace(laid([*rows, *read]) if read else first, ocr=round(seen.score, 3), unread=unread)


def _missed(picture: Picture, sheet: Sheet, dpi: float) -> Iterator[Row]:
    """What is printed in the cells where nothing was seen: single figures are easily overlooked on a whole page."""
    empty = [
        _box(table.grid, area, dpi / 72)
        for table in sheet.tables
        for area, glyphs in zip(table.grid.areas, table.cells, strict=True)
        if not glyphs
    ]
    for box in filter(None, printed(picture, dpi, empty)):
        left, top, right, bottom = box
        found = _engine()(picture[top:bottom, left:right], use_det=False)
        text = found.txts[0].strip() if found.txts else ""
        yield Row(text, float(found.scores[0]) if text else 0.0, *box)


def _box(grid: Grid, area: Area, scale: float) -> Box:
    xs, ys = grid.xs, grid.ys
    corners = xs[area.column], ys[area.row], xs[area.column + area.columns], ys[area.row + area.rows]
    left, top, right, bottom = (round(edge * scale) for edge in corners)
    return left, top, right, bottom


def _upright(picture: Picture) -> Seen:
    """The page the way it is read best. Rows that run up it, or that hardly make sense, ask for it to be turned."""
    seen = _recognised(picture)
    up = sum(len(row.text) for row in seen.rows if row.bottom - row.top > _TALL * (row.right - row.left))
    if 2 * up > sum(len(row.text) for row in seen.rows):
        turns: tuple[int, ...] = (1, 3)
    elif seen.rows and seen.score < DOUBTFUL:
        turns = (2,)
    else:
        return seen
    return max((seen, *(_recognised(turned(picture, turn)) for turn in turns)), key=lambda s: s.score)


def _recognised(picture: Picture) -> Seen:
    engine = _engine()
    upright = straight(picture)
    if max(upright.shape) > _LONG * min(upright.shape):
        return Seen(upright, [])
    try:
        found = engine(upright, use_det=True)  # it keeps what the call before has asked for
    except Exception as error:
        if "bad_alloc" in str(error):  # so it says that its memory has run out
            raise MemoryError from error
        raise
    if found.txts is None:
        return Seen(upright, [])
    rows = []
    for text, score, quad in zip(found.txts, found.scores, found.boxes.tolist(), strict=True):
        xs, ys = zip(*quad, strict=True)
        if text.strip():
            rows.append(Row(text.strip(), float(score), min(xs), min(ys), max(xs), max(ys)))
    return Seen(upright, rows)


@cache
def _engine() -> Any:
    """Its own turning of single rows is off: it turned headings upside down, and they were lost.

    One row at a time takes the time of six, less memory, and what is read does not hang on the rows beside it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its idle threads take 600 MB of address space
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": 960,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _threads() -> int:
    """One beside other processes: threads that wait for a core keep it busy, and four times four took three times as long."""
    return 1 if multiprocessing.parent_process() else max(1, (os.cpu_count() or 1) // 2)


def _glyphs(rows: Sequence[Row], points: float, before: Sheet | None) -> Iterator[Glyph]:
    """The characters of rows, each in its share of the row; `points` is the size of a pixel."""
    usual = _usual(before)
    for row, size in zip(rows, _sizes(rows, usual and usual / points), strict=True):
        base = (row.top + row.bottom) / 2 + _CENTRE * size
        left, score = row.left + row.margin, round(row.score, 3)
        for char in row.text:
            width = row.step * _weight(char)
            right = left + (1 - _GAP) * width
            yield Glyph(char, left * points, right * points, base * points, size * points, False, score)
            left += width


def _sizes(rows: Sequence[Row], before: float | None) -> list[float]:
    """The size of the type of each row; what is near to that of the page, or of the page before it, is that."""
    sizes = [row.size for row in rows]
    long = [row.size for row in rows if len(row.text) > _SHORT]
    usual = median(long or sizes or [0.0])
    if before is not None and abs(usual - before) <= _SAME_SIZE * before:
        usual = before
    return [usual if abs(size - usual) <= _SAME_SIZE * usual else size for size in sizes]


def _usual(sheet: Sheet | None) -> float | None:
    """The size of most of a page's text."""
    sizes = Counter(size for row in sheet.rows for size in (stretch.size for stretch in row)) if sheet else None
    return sizes.most_common(1)[0][0] if sizes else None


def _weight(char: str) -> float:
    return 1.0 if char >= "\u2e80" or char in _BROAD_SIGNS else 0.5
