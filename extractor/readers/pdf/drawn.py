"""What is drawn on a page beside its text: ruled lines, and whether pictures cover it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2

from extractor.readers.paged.page import Drawn, Rule
from extractor.readers.pdf import pdfium
from extractor.readers.pdf.characters import Frame

MOST_PATHS = 20_000  # a page with more is a drawing
_FEWEST_PATHS = 4  # that make a table
_DEPTH = 8  # of forms in forms
_THIN = 3.0  # points: a filled box that is thinner is a line
_LEVEL = 0.7  # points that a level line may rise
_RASTER = 0.5  # of the page
_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def drawn(page: pypdfium2.PdfPage, frame: Frame) -> Drawn:
    paths: list[tuple[int, Matrix]] = []
    covered = 0.0
    for kind, item, matrix in _objects(pdfium.address(page.raw)):
        if kind == pdfium.PATH:
            paths.append((item, matrix))
            if len(paths) > MOST_PATHS:
                return Drawn((), False)
        else:
            a, b, c, d, _, _ = matrix
            covered += abs(a * d - b * c)  # a picture is drawn in the unit square
    width, height = frame.size
    rules = (rule for item, matrix in paths for rule in _rules(item, matrix, frame))
    shown = [on_page for rule in rules if (on_page := _clipped(rule, width, height)) is not None]
    return Drawn(tuple(shown) if len(paths) >= _FEWEST_PATHS else (), covered >= _RASTER * width * height)


def _clipped(rule: Rule, width: float, height: float) -> Rule | None:
    """What of a line is on the page."""
    along, across = (width, height) if rule.level else (height, width)
    low, high = max(rule.low, 0.0), min(rule.high, along)
    return rule._replace(low=low, high=high) if low < high and 0 <= rule.at <= across else None


def _objects(parent: int, outer: Matrix = _UNIT, depth: int = 0) -> Iterator[tuple[int, int, Matrix]]:
    """The paths and pictures of a page or form: kind, address, matrix to the page."""
    count, get = (
        (pdfium.count_form_objects, pdfium.form_object) if depth else (pdfium.count_objects, pdfium.page_object)
    )
    for i in range(count(parent)):
        item = get(parent, i)
        kind = pdfium.kind(item)
        if kind in (pdfium.PATH, pdfium.IMAGE):
            yield kind, item, _times(_matrix(item), outer)
        elif kind == pdfium.FORM and depth < _DEPTH:
            yield from _objects(item, _times(_matrix(item), outer), depth + 1)


def _matrix(item: int) -> Matrix:
    found = pdfium.floats(6)
    pdfium.matrix(item, ctypes.addressof(found))
    a, b, c, d, e, f = found
    return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _UNIT:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _rules(item: int, matrix: Matrix, frame: Frame) -> Iterator[Rule]:
    """The lines of a path. A filled box is a line if it is thin and a shade if it is not; one box in another is a frame."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
    if not fill.value and not stroke.value:
        return
    outlines = [[_placed(point, matrix, frame) for point in outline] for outline in _outlines(item)]
    if not stroke.value and len(outlines) == 1:
        xs, ys = zip(*outlines[0], strict=True)
        (left, right), (top, bottom) = (min(xs), max(xs)), (min(ys), max(ys))
        if bottom - top <= min(_THIN, right - left):
            yield Rule(True, (top + bottom) / 2, left, right)
        elif right - left <= _THIN:
            yield Rule(False, (left + right) / 2, top, bottom)
        return
    for outline in outlines:
        for (x0, y0), (x1, y1) in pairwise(outline):
            if abs(y1 - y0) <= _LEVEL < abs(x1 - x0):
                yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif abs(x1 - x0) <= _LEVEL < abs(y1 - y0):
                yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _placed(point: Point, matrix: Matrix, frame: Frame) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return frame.point(a * x + c * y + e, b * x + d * y + f)


def _outlines(item: int) -> list[list[Point]]:
    """The points of each outline of a path, a closed one back to its first; a curve is taken as its chords."""
    outlines: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(pdfium.count_segments(item)):
        part = pdfium.segment(item, i)
        pdfium.segment_point(part, ctypes.addressof(x), ctypes.addressof(y))
        if pdfium.segment_kind(part) == pdfium.MOVE_TO or not outlines:
            outlines.append([])
        outlines[-1].append((x.value, y.value))
        if pdfium.segment_closes(part):
            outlines[-1].append(outlines[-1][0])
    return [outline for outline in outlines if len(outline) > 1]
