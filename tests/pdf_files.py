"""PDF files for tests, written by hand: text in the font that old archives do not embed, lines, shades and pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from extractor.readers import read
from extractor.source import Source

A4 = (595, 842)
LONG = "根据市委统一部署，第五巡察组对我局党组进行了巡察，并于今年三月反馈了意见，局党组高度重视，逐条研究整改措施，"
ROWS = 36  # characters of a row
# UniGB-UCS2-H maps ASCII to the glyphs 1 to 95: half as wide as the others
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/DW 1000 /W [1 95 500] >> ] >>"
)


class Page:
    """What is drawn on a page; places in points from its top left corner, `y` that of the base line."""

    def __init__(self, size: tuple[float, float] = A4, turn: int = 0) -> None:
        self.width, self.height = size
        self.turn = turn
        self.content: list[str] = []
        self.picture = False

    def text(self, x: float, y: float, words: str, size: float = 12, bold: bool = False, angle: float = 0) -> Page:
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        place = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {self.height - y:.2f} Tm"
        mode = 2 if bold else 0
        self.content.append(f"BT /F {size} Tf {mode} Tr {place} <{words.encode('utf-16-be').hex()}> Tj ET")
        return self

    def rows(self, x: float, y: float, lines: Sequence[str], size: float = 12, leading: float = 20) -> Page:
        for i, line in enumerate(lines):
            self.text(x + size * (len(line) - len(line.lstrip("\u3000"))), y + i * leading, line.lstrip("\u3000"), size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.content.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def shade(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.content.append(f"0.8 g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f 0 g")
        return self

    def image(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.picture = True
        self.content.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {self.height - y1} cm /I Do Q")
        return self

    def table(self, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]], size: float = 10) -> Page:
        """A grid with each cell's words in its top left corner, one line under the other at each \\n."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for row, words in zip(ys, cells, strict=False):
            for x, word in zip(xs, words, strict=False):
                self.rows(x + 3, row + size + 3, word.split("\n") if word else [], size, size + 2)
        return self


def pdf(*pages: Page, encrypted: bool = False) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", _FONT, _IMAGE]
    kids = []
    for page in pages:
        stream = "\n".join(page.content)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        pictures = "/XObject << /I 4 0 R >>" if page.picture else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.turn} "
            f"/Resources << /Font << /F 3 0 R >> {pictures} >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, _LOCK if encrypted else "")


_IMAGE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    "stream\nA\nendstream"
)
# A user password: the check value is of no password at all, so the empty one is not right either
_LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]"


def _file(objects: Sequence[str], lock: str) -> bytes:
    out = "%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {lock} >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def opened(folder: Path, *pages: Page) -> Source:
    path = folder / "report.pdf"
    path.write_bytes(pdf(*pages))
    return read(path)


def wrapped(words: str, first: int, width: int) -> list[str]:
    """A paragraph as rows of `width` characters, its first line set in by two."""
    rows = ["\u3000\u3000" + words[:first]]
    return rows + [words[i : i + width] for i in range(first, len(words), width)]


def body(source: Source, *parts: str) -> list[str]:
    """The lines of these parts, of the text itself if none is named."""
    return [line.text for line in source.lines if line.part in (parts or ("body",))]


def page(*paragraphs: str, number: int = 1, header: str = "某局党组整改报告") -> Page:
    """Of a report, with its header and its number."""
    rows = [row for words in paragraphs for row in wrapped(words, ROWS - 2, ROWS)]
    return Page().text(230, 50, header, 9).rows(80, 110, rows).text(285, 800, f"- {number} -", 9)
