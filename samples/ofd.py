"""A master as an OFD file (GB/T 33190): text objects placed on pages, the table's borders drawn as paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from masters import WRITTEN, level, packed, paragraphs

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# in mm: the page, its text area (GB/T 9704), the sizes of type 16, 22 and 10.5 points, the distances of rows
_WIDTH, _HEIGHT, _LEFT, _TOP, _ACROSS, _BOTTOM = 210.0, 297.0, 28.0, 37.0, 156.0, 262.0
_TEXT, _TITLE, _SMALL = 5.64, 7.76, 3.7
_ROW, _TITLE_ROW, _SMALL_ROW = 9.88, 12.0, 5.2
_PAD = 1.2  # between a cell's border and its text
_COLUMNS = (12.0, 34.0, 54.0, 22.0, 20.0, 14.0)
_FONTS = {"仿宋": 1, "黑体": 2}
_TOKEN = re.compile(r"[“（《]?(?:[\x21-\x7e]+|.)[，。、；：！？”）》%]*")


@dataclass
class _Sheets:
    """The objects of the pages so far, and the height on the last of them where the next row begins."""

    header: str
    pages: list[list[str]] = field(default_factory=list)
    at: float = _BOTTOM
    objects: int = 100

    def room(self, height: float) -> None:
        """Space for something so high, on a new page if need be."""
        if self.at + height <= _BOTTOM:
            return
        self.pages.append([])
        self.at = _TOP
        self.text(self.header, _LEFT, 24.0, _SMALL)
        self.text(f"— {len(self.pages)} —", _LEFT + _ACROSS - 16, 272.0, _SMALL)

    def text(self, words: str, x: float, y: float, size: float, font: str = "仿宋") -> None:
        """Words whose box begins at (x, y); the base line lies 0.88 of the size below."""
        steps = " ".join(f"{_width(char) * size:g}" for char in words[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        self._object(
            f'<ofd:TextObject ID="{{id}}" Boundary="{x:.2f} {y:.2f} {_measure(words) * size:.2f} {size:.2f}" Font="{_FONTS[font]}" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{0.88 * size:.2f}"{delta}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
        )

    def rule(self, x: float, y: float, width: float, height: float) -> None:
        self._object(
            f'<ofd:PathObject ID="{{id}}" Boundary="{x:.2f} {y:.2f} {width:.2f} {height:.2f}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {width:.2f} {height:.2f}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _object(self, xml: str) -> None:
        self.objects += 1
        self.pages[-1].append(xml.replace("{id}", str(self.objects)))


def ofd(name: str, header: str) -> bytes:
    """With a running header, page numbers and every number typed, as a converter of office files prints them."""
    sheets = _Sheets(header)
    title, *rest = paragraphs(name)
    for words in _rows(title, _ACROSS / _TITLE, 0):
        sheets.room(_TITLE_ROW)
        sheets.text(words, _LEFT + (_ACROSS - _measure(words) * _TITLE) / 2, sheets.at, _TITLE, "黑体")
        sheets.at += _TITLE_ROW
    for in_table, group in groupby(rest, key=lambda line: "|" in line):
        for line in group:
            _table_row(sheets, line.split("|")) if in_table else _paragraph(sheets, line)
    return packed(_parts(sheets.pages, title))


def _paragraph(sheets: _Sheets, line: str) -> None:
    font = "黑体" if level(line)[0] == 1 else "仿宋"
    for i, words in enumerate(_rows(line, _ACROSS / _TEXT, 2)):
        sheets.room(_ROW)
        sheets.text(words, _LEFT + (0 if i else 2 * _TEXT), sheets.at + (_ROW - _TEXT) / 2, _TEXT, font)
        sheets.at += _ROW


def _table_row(sheets: _Sheets, cells: Sequence[str]) -> None:
    filled = [list(_rows(cell, (width - 2 * _PAD) / _SMALL, 0)) for cell, width in zip(cells, _COLUMNS, strict=True)]
    height = max(map(len, filled)) * _SMALL_ROW + 2 * _PAD
    sheets.room(height)
    sheets.rule(_LEFT, sheets.at, _ACROSS, 0)
    sheets.rule(_LEFT, sheets.at + height, _ACROSS, 0)
    x = _LEFT
    for rows, width in zip(filled, _COLUMNS, strict=True):
        sheets.rule(x, sheets.at, 0, height)
        for i, words in enumerate(rows):
            sheets.text(words, x + _PAD, sheets.at + _PAD + i * _SMALL_ROW, _SMALL)
        x += width
    sheets.rule(x, sheets.at, 0, height)
    sheets.at += height


def _rows(text: str, width: float, indent: int) -> Iterator[str]:
    """`text` broken into rows of `width` characters; a stop never begins a row, a figure is never cut."""
    row, left = "", width - indent
    for token in _TOKEN.findall(text):
        if row and _measure(token.rstrip("，。、；：！？")) > left:
            yield row
            row, left = "", width
        row += token
        left -= _measure(token)
    yield row


def _width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def _measure(words: str) -> float:
    return sum(map(_width, words))


def _parts(pages: Sequence[Sequence[str]], title: str) -> dict[str, bytes]:
    date = WRITTEN.date().isoformat()
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(1, len(pages) + 1))
    area = f"<ofd:PhysicalBox>0 0 {_WIDTH:g} {_HEIGHT:g}</ofd:PhysicalBox>"
    fonts = "".join(f'<ofd:Font ID="{i}" FontName="{name}" FamilyName="{name}"/>' for name, i in _FONTS.items())
    parts = {
        "OFD.xml": f'<ofd:OFD {_NAMESPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{"0" * 32}</ofd:DocID>'
        f"<ofd:Title>{title}</ofd:Title><ofd:CreationDate>{date}</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>10000</ofd:MaxUnitID><ofd:PageArea>{area}</ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_NAMESPACE} BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>',
    }
    for i, objects in enumerate(pages, 1):
        layer = f'<ofd:Layer ID="{i + 50}" Type="Body">' + "\n".join(objects) + "</ofd:Layer>"
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f"<ofd:Page {_NAMESPACE}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
        )
    return {name: (_HEAD + xml).encode() for name, xml in parts.items()}
