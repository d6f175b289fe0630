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

from extractor.readers.pdf.drawn import Drawn, Rule
from extractor.readers.pdf.glyphs import Characters, Frame, Glyph
from extractor.readers.pdf.sheets import Sheet, lay

EXTRA = "pip install 'extractor[ocr]'"

_DPI = 200
_MOST_PIXELS = 25_000_000  # of a page; A3 has 8 million
_UNREAD, DOUBTFUL = 0.5, 0.8  # confidence below which a row is left out, below which a page lies the wrong way perhaps
_TALL = 1.5  # height by width of a row of text that runs up the page
_STEEPEST, _COARSE, _FINE = 4.0, 0.5, 0.05  # degrees by which a page is askew, and the steps that look for them
_LONG, _THICK, _BROKEN = 0.5, 0.04, 0.03  # inches: of a ruled line its least length, most thickness and widest hole
_GRAIN, _CONTRAST = 0.005, 0.1  # inches: what is smaller is grain; the share of ink in a line's grey
_PADDED = 1.3  # height of a recognised row by the size of its type
_SHORT = 10  # characters
_SAME_SIZE = 0.2  # by which rows of one size may differ
_CENTRE = 0.38  # of the size: from the middle of a row down to its base line
_GAP = 0.15  # of a character's width, so that each is placed by itself
_BROAD_SIGNS = frozenset("“”‘’—…·")

Picture = Any  # a numpy array of grey values


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
    frame = Frame(0, 0.0, 0.0, wide * 72 / dpi, tall * 72 / dpi)
    glyphs = list(_glyphs(rows, 72 / dpi, before))
    laid = lay(number, Characters(frame, glyphs, [], []), Drawn(tuple(_rules(seen.picture, dpi)), False), before)
    return replace(laid, ocr=round(seen.score, 3), unread=len(seen.rows) - len(rows))


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
    return max((seen, *(_recognised(_turned(picture, turn)) for turn in turns)), key=lambda s: s.score)


def _turned(picture: Picture, quarters: int) -> Picture:
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(picture, quarters))


def _recognised(picture: Picture) -> Seen:
    engine = _engine()
    straight = _straight(picture)
    try:
        found = engine(straight)
    except Exception as error:
        if "bad_alloc" in str(error):  # so it says that its memory has run out
            raise MemoryError from error
        raise
    if found.txts is None:
        return Seen(straight, [])
    rows = []
    for text, score, quad in zip(found.txts, found.scores, found.boxes.tolist(), strict=True):
        xs, ys = zip(*quad, strict=True)
        if text.strip():
            rows.append(Row(text.strip(), float(score), min(xs), min(ys), max(xs), max(ys)))
    return Seen(straight, rows)


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


def _straight(picture: Picture) -> Picture:
    import cv2

    lean = _lean(picture)
    if abs(lean) < _FINE:
        return picture
    tall, wide = picture.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, tall / 2), lean, 1.0)
    return cv2.warpAffine(picture, matrix, (wide, tall), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _lean(picture: Picture) -> float:
    """The degrees by which rows fall to the right: so turned, the ink gathers in the fewest rows of pixels."""
    import cv2
    import numpy

    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(half, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ys, xs = numpy.nonzero(ink)
    if not len(ys):
        return 0.0

    def gathered(degrees: float) -> float:
        levels = numpy.rint(ys - xs * math.tan(math.radians(degrees))).astype(numpy.int64)
        return float((numpy.bincount(levels - levels.min()).astype(float) ** 2).sum())

    best = 0.0
    for reach, step in ((_STEEPEST, _COARSE), (_COARSE, _FINE)):
        steps = round(reach / step)
        best = max((best + i * step for i in range(-steps, steps + 1)), key=lambda d: (gathered(d), -abs(d)))
    return best


def _rules(picture: Picture, dpi: float) -> Iterator[Rule]:
    """The long thin lines of a page."""
    import cv2
    import numpy

    smooth = cv2.GaussianBlur(picture, (0, 0), _GRAIN * dpi)
    dark, light = numpy.percentile(smooth, (1, 90))
    window = round(dpi / 8) | 1
    ink = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _CONTRAST * (light - dark)
    )
    long, hole = round(_LONG * dpi), round(_BROKEN * dpi)
    for level in (True, False):
        shapes = [(size, 1) if level else (1, size) for size in (hole, long)]
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, numpy.ones(shapes[0][::-1], numpy.uint8))
        lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, numpy.ones(shapes[1][::-1], numpy.uint8))
        lines = cv2.dilate(lines, numpy.ones((3, 3), numpy.uint8))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for left, top, wide, tall, _ in boxes[1:].tolist():
            start, length, at, thick = (left, wide, top, tall) if level else (top, tall, left, wide)
            if thick <= _THICK * dpi + 2:
                points = [(at + thick / 2) * 72 / dpi, start * 72 / dpi, (start + length) * 72 / dpi]
                yield Rule(level, *points)


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
