"""Pictures of pages: straightened, and what is to be seen in them beside text. They need the extra [ocr]."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from extractor.readers.paged.page import Rule

_STEEPEST, _COARSE, _FINE = 4.0, 0.5, 0.05  # degrees by which a page is askew, and the steps that look for them
_LONG, _THICK, _BROKEN = 0.5, 0.04, 0.03  # inches: of a ruled line its least length, most thickness and widest hole
_GRAIN, _CONTRAST = 0.005, 0.1  # inches: what is smaller is grain; the share of ink in a line's grey
_BORDER, _SPECK = 0.04, 0.05  # inches: beside a cell's lines, what may be theirs; what is smaller is a speck

Picture = Any  # a numpy array of grey values
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


def turned(picture: Picture, quarters: int) -> Picture:
    """Against the clock."""
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(picture, quarters))


def straight(picture: Picture) -> Picture:
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


def rules(picture: Picture, dpi: float) -> Iterator[Rule]:
    """The long thin lines of a page."""
    import cv2
    import numpy

    ink = _ink(picture, dpi)
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


def printed(picture: Picture, dpi: float, cells: Sequence[Box]) -> Iterator[Box | None]:
    """What is printed in each cell, with some paper around it; None where the cell is blank."""
    import cv2

    if not cells:
        return
    ink = _ink(picture, dpi)
    border, speck = round(_BORDER * dpi), _SPECK * dpi
    for left, top, right, bottom in cells:
        inside = ink[top + border : bottom - border, left + border : right - border]
        found = cv2.connectedComponentsWithStats(inside)[2][1:].tolist() if inside.size else []
        marks = [(x, y, x + w, y + h) for x, y, w, h, _ in found if max(w, h) >= speck]
        if marks:
            x0, y0, x1, y1 = zip(*marks, strict=True)
            x, y = left + border, top + border
            around = (max(y1) - min(y0)) // 4
            yield x + min(x0) - around, y + min(y0) - around, x + max(x1) + around, y + max(y1) + around
        else:
            yield None


def _ink(picture: Picture, dpi: float) -> Picture:
    """What is darker than the paper around it: 255, the rest 0."""
    import cv2
    import numpy

    smooth = cv2.GaussianBlur(picture, (0, 0), _GRAIN * dpi)
    dark, light = numpy.percentile(smooth, (1, 90))
    window = round(dpi / 8) | 1
    return cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _CONTRAST * (light - dark)
    )
