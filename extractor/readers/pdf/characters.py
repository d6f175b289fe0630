"""The characters of a page as pdfium gives them, in points from the page's top left corner, turned upright.

Blanks that pdfium makes up between two runs of text are left out: the gap is there to be seen, and `rows` knows
what stands on either side of it.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2
import regex

from extractor.readers.paged.page import UNKNOWN, Characters, Glyph
from extractor.readers.pdf import pdfium

# Faces that are heavy by themselves: 黑体 and the title face 小标宋 set a heading off from 仿宋 and 宋体
_HEAVY = regex.compile(r"bold|black|heavy|hei(?:ti)?\b|simhei|黑体|xbs|小标宋", regex.IGNORECASE)
_SEMIBOLD, _BLACK = 600, 1000  # some fonts state weights beyond the scale
_ASTRAY = 1.2  # of its size, from its origin: a box is somewhere else
_SMALLEST = 0.1  # points: nobody can see what is smaller
_UPRIGHT = 2.0  # degrees that an upright line may lean


class Frame(NamedTuple):
    """The page's own coordinates (from the bottom left, before it is turned by `turn` degrees) → ours."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 180 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of what has these edges in the page's own coordinates."""
        if not self.turn:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        (a, b), (c, d) = self.point(left, top), self.point(right, bottom)
        return min(a, c), min(b, d), max(a, c), max(b, d)


class Face(NamedTuple):
    """What the glyphs of one text object have in common; `angle` in degrees against the clock."""

    size: float
    bold: bool
    angle: float


Origin = tuple[Face, float, float]  # of a text object: what its glyphs have in common, and where it begins
Quad = tuple[float, float, float, float]  # left, top, right, bottom in the page's own coordinates


class TooManyCharacters(Exception):
    def __init__(self, count: int) -> None:
        super().__init__(f"{count} characters")
        self.count = count


def characters(page: pypdfium2.PdfPage, most: int) -> tuple[Frame, Characters]:
    """The characters that the file itself holds, and how its page is turned. Raises TooManyCharacters for a page of more than `most`."""
    text = page.get_textpage()
    try:
        size = text.count_chars()
        if size > most:
            raise TooManyCharacters(size)
        at = pdfium.address(text.raw)
        boxes = pdfium.floats(4 * size)
        origins = list(_origins(at, size, boxes))
        chars = pdfium.units(at, size)
    finally:
        text.close()
    angles = Counter(origin[0].angle for origin in origins if origin is not None)
    turn = round(angles.most_common(1)[0][0] / 90) % 4 * 90 if angles else page.get_rotation()
    frame = Frame(turn, *page.get_bbox())
    edges = iter(list(boxes))
    quads = zip(edges, edges, edges, edges, strict=True)
    return frame, _placed(zip(chars, origins, quads, strict=True), frame)


def _placed(marks: Iterable[tuple[str, Origin | None, Quad]], frame: Frame) -> Characters:
    """Characters by the way they stand; what is off the page is on no paper."""
    found = Characters(frame.size, [], [], [])
    width, height = frame.size
    for char, origin, quad in marks:
        if origin is None or not char or "\0" < char < " " or char == "\x7f":
            continue
        char = char if char != "\0" else UNKNOWN
        face, x, y = origin
        if face.size < _SMALLEST:
            continue
        x0, top, x1, bottom = frame.box(*quad)
        if not (x1 > 0 and x0 < width and bottom > 0 and top < height):
            continue
        lean = face.angle - frame.turn + _UPRIGHT
        if lean % 360 < 2 * _UPRIGHT:
            base = frame.point(x, y)[1] if frame.turn else frame.top - y
            found.upright.append(Glyph(char, x0, x1, base, face.size, face.bold))
        else:
            apart = found.sideways if lean % 90 < 2 * _UPRIGHT else found.aslant
            apart.append(Glyph(char, x0, x1, bottom, face.size, face.bold))
    return found


def _origins(at: int, size: int, boxes: pdfium.Floats) -> Iterator[Origin | None]:
    """Face and origin of each character, None for one that pdfium made up; its box is written to `boxes`."""
    matrix = pdfium.floats(6)
    into, start = ctypes.addressof(matrix), ctypes.addressof(boxes)
    last, origin, shift = 0, None, None
    faces: dict[tuple[float, ...], Face] = {}
    for i in range(size):
        found = pdfium.text_object(at, i)
        if not found:
            yield None
            continue
        pdfium.loose_box(at, i, start + 16 * i)
        if found != last:
            pdfium.text_matrix(at, i, into)
            *shape, x, y = matrix
            key = (*shape, pdfium.font_size(at, i), pdfium.font(found) or 0, pdfium.render_mode(found))
            if key not in faces:
                faces[key] = _face(*key)
            last, origin = found, (faces[key], x, y)
            shift = _shift(found, shape[0], (x, y), (boxes[4 * i], boxes[4 * i + 3]), faces[key].size)
        if shift is not None:
            scale, right, up = shift
            for j in range(4 * i, 4 * i + 4):
                boxes[j] = boxes[j] * scale + (up if j % 2 else right)
        yield origin


def _shift(
    found: int, scale: float, origin: tuple[float, float], corner: tuple[float, float], size: float
) -> tuple[float, float, float] | None:
    """Scale and shift of a form, for a box that is away from its origin and would be there with them.

    pdfium leaves them out of the boxes of fonts that draw their glyphs (Type 3), as browsers print them.
    """
    if math.dist(origin, corner) <= _ASTRAY * size:
        return None
    inner = pdfium.floats(6)
    pdfium.matrix(found, ctypes.addressof(inner))
    ratio = scale / inner[0] if inner[0] else 1.0
    right, up = origin[0] - ratio * inner[4], origin[1] - ratio * inner[5]
    placed = corner[0] * ratio + right, corner[1] * ratio + up
    return (ratio, right, up) if math.dist(origin, placed) <= _ASTRAY * size else None


def _face(a: float, b: float, c: float, d: float, size: float, font: int, mode: int) -> Face:
    bold = mode == pdfium.FILL_AND_STROKE or (font != 0 and _is_heavy(font))
    return Face(size * math.hypot(c, d), bold, math.degrees(math.atan2(b, a)) % 360)


def _is_heavy(font: int) -> bool:
    if _SEMIBOLD <= pdfium.font_weight(font) <= _BLACK:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.font_name(font, ctypes.addressof(name), len(name))
    return _HEAVY.search(name.value.decode("utf-8", "replace")) is not None
