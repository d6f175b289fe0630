"""Strips of PDF pages with the quotes outlined, as PNG: red what is stated, blue what it was held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from extractor.evidence.records import Picture, Quote, Sheet
from extractor.readers.pdf.characters import TooManyCharacters
from extractor.readers.pdf.images import png, scale, upright
from extractor.source import Box

_DPI = 120
_MOST_PIXELS = 8_000_000  # of a page
_AROUND = 36.0  # points above and below the quotes
_LEAST = 108.0  # points of height: a strip of one row says little of where it stands
_PEN = 2  # pixels
_AIR = 2.0  # points between the outline and the characters
_COLOURS = {"stated": (200, 0, 0, 255), "compared": (0, 70, 190, 255)}
_EDGE = (190, 190, 190, 255)


class Mark(NamedTuple):
    role: str
    box: Box


def pictures(data: bytes, sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, dict[str, bytes]]]:
    """Each sheet with its pictures named in it, and their bytes by member. `data` is a PDF that was read before."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        for sheet in sheets:
            named, drawn = [], {}
            for page, marks in _marks(sheet.quotes).items():
                member = f"pages/{sheet.number}-p{page:03}.png"
                try:
                    box, drawn[member] = _strip(document, page, marks)
                except (pypdfium2.PdfiumError, TooManyCharacters):
                    continue
                named.append(Picture(member=member, page=page, box=box))
            yield sheet.model_copy(update={"pictures": tuple(named)}), drawn


def fonts_inside(data: bytes, pages: Iterable[int]) -> bool:
    """Whether the file holds every font of these pages; where it does not, each machine draws them with its own."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in pages:
            for found in document[page - 1].get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
                if raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(found)) != 1:
                    return False
    return True


def _marks(quotes: Sequence[Quote]) -> Mapping[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for quote in reversed(quotes):  # what is stated is drawn last, over the rest
        for piece in quote.source:
            if piece.page and piece.box:
                found.setdefault(piece.page, []).append(Mark(quote.role, piece.box))
    return dict(sorted(found.items()))


def _strip(document: pypdfium2.PdfDocument, number: int, marks: Sequence[Mark]) -> tuple[Box, bytes]:
    with closing(document[number - 1]) as page:
        turn, width, height = upright(page)
        top, bottom = _reach(marks, height)
        zoom = scale(_DPI, width, height, _MOST_PIXELS)
        drawn = page.render(zoom, turn, crop=(0, height - bottom, 0, top), rev_byteorder=True)
    for mark in marks:
        _outline(drawn, _COLOURS[mark.role], *_pixels(mark.box, zoom, top))
    _outline(drawn, _EDGE, 0, 0, drawn.width, drawn.height)
    return (0.0, round(top, 1), round(width, 1), round(bottom, 1)), png(drawn)


def _reach(marks: Sequence[Mark], height: float) -> tuple[float, float]:
    """From where to where the page is shown."""
    top, bottom = min(mark.box[1] for mark in marks) - _AROUND, max(mark.box[3] for mark in marks) + _AROUND
    lacking = max(0.0, _LEAST - (bottom - top)) / 2
    top, bottom = max(0.0, top - lacking), min(height, bottom + lacking)
    return (top, bottom) if bottom - top > 1 else (0.0, height)


def _pixels(box: Box, zoom: float, above: float) -> tuple[int, int, int, int]:
    """The box with some air around it, in a strip that begins `above` points down the page."""
    left, top, right, bottom = box
    corners = left - _AIR, top - above - _AIR, right + _AIR, bottom - above + _AIR
    x0, y0, x1, y1 = (round(edge * zoom) for edge in corners)
    return x0, y0, x1, y1


def _outline(drawn: pypdfium2.PdfBitmap, colour: tuple[int, ...], left: int, top: int, right: int, bottom: int) -> None:
    for x, y, wide, tall in (
        (left, top, right - left, _PEN),
        (left, bottom - _PEN, right - left, _PEN),
        (left, top, _PEN, bottom - top),
        (right - _PEN, top, _PEN, bottom - top),
    ):
        drawn.fill_rect(colour, x, y, wide, tall)
