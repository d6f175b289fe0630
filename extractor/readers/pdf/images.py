"""The pages of a PDF as pictures, turned as they were read, for a page to look at beside what was read."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing

import pypdfium2

from extractor.readers.pdf import MOST_CHARACTERS
from extractor.readers.pdf.characters import TooManyCharacters, characters
from extractor.source import PageImage

_DPI = 110
_MOST_PIXELS = 4_000_000  # of a page
_GREYS = bytes(round(value / 17) * 17 for value in range(256))  # sixteen: half the bytes of all, and as legible


def images(data: bytes) -> Iterator[PageImage]:
    """In order; a page that cannot be drawn is left out. `data` is a PDF that was read before."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        for number in range(1, len(document) + 1):
            try:
                yield _image(document, number)
            except (pypdfium2.PdfiumError, TooManyCharacters):
                continue


def _image(document: pypdfium2.PdfDocument, number: int) -> PageImage:
    with closing(document[number - 1]) as page:
        turn, width, height = upright(page)
        drawn = page.render(scale(_DPI, width, height, _MOST_PIXELS), turn, grayscale=True)
    return PageImage(number, round(width, 1), round(height, 1), png(drawn, _GREYS))


def upright(page: pypdfium2.PdfPage) -> tuple[int, float, float]:
    """How far a page is to be turned so that it stands as it was read, and its width and height then, in points."""
    frame, _ = characters(page, MOST_CHARACTERS)
    turn = (frame.turn - page.get_rotation()) % 360
    width, height = page.get_size() if turn % 180 == 0 else page.get_size()[::-1]
    return turn, width, height


def scale(dpi: int, width: float, height: float, most: int) -> float:
    """Pixels to a point: what `dpi` asks for, or less where a page would have over `most` pixels."""
    return min(dpi / 72, math.sqrt(most / (width * height)))


def png(drawn: pypdfium2.PdfBitmap, tones: bytes | None = None) -> bytes:
    """Grey or RGB as it was drawn, eight bits, no filter; no date and no name of a program in it.

    `tones` are what each value of a channel becomes.
    """
    data, row = bytes(drawn.buffer), drawn.n_channels * drawn.width
    data = data.translate(tones) if tones else data
    rows = b"".join(b"\0" + data[at : at + row] for at in range(0, drawn.stride * drawn.height, drawn.stride))
    colour = 2 if drawn.n_channels == 3 else 0
    head = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
