"""The pages of a PDF as pictures, turned as they were read, for a page to look at beside what was read."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing

import pypdfium2

from extractor.readers.pdf import MOST_CHARACTERS
from extractor.readers.pdf.glyphs import TooManyCharacters, characters
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
        turn = (characters(page, MOST_CHARACTERS).frame.turn - page.get_rotation()) % 360
        width, height = page.get_size() if turn % 180 == 0 else page.get_size()[::-1]
        scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / (width * height)))
        drawn = page.render(scale, turn, grayscale=True)
    return PageImage(number, round(width, 1), round(height, 1), _png(drawn))


def _png(drawn: pypdfium2.PdfBitmap) -> bytes:
    """Grey, eight bits, no filter; no date and no name of a program in it."""
    data = bytes(drawn.buffer).translate(_GREYS)
    rows = b"".join(b"\0" + data[at : at + drawn.width] for at in range(0, drawn.stride * drawn.height, drawn.stride))
    head = struct.pack(">IIBBBBB", drawn.width, drawn.height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
