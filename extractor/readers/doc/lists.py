"""The lists of a .doc file ([MS-DOC] 2.9.131, 2.9.150, 2.9.147) in the form that .docx has, for one engine to count.

A paragraph names a use of a list (LFO); the use names the list (LST) and may override its levels.
"""

from __future__ import annotations

import struct

from lxml import etree

from extractor.readers.docx.ml import W
from extractor.readers.ooxml import Element

_LIST, _LEVEL, _USE = 28, 28, 16  # bytes of the fixed part of each
_LEVELS = 9
_SUFFIXES = ("tab", "space", "nothing")
# number formats by their number ([MS-OSHARED] 2.2.1.3); others are decimals, as Word's older programs show them
_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle",
    19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 32: "ideographZodiacTraditional", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip


def numbering(lists: bytes, levels: bytes, uses: bytes) -> Element | None:
    """A w:numbering element; None where there are no lists or their tables are damaged.

    `lists` is the table of lists, `levels` what follows it, `uses` the table of list uses.
    """
    root = etree.Element(W + "numbering")
    try:
        if lists and uses:
            _abstracts(root, lists, levels)
            _uses(root, uses)
    except (struct.error, IndexError, ValueError):
        return None
    return root


def _abstracts(root: Element, lists: bytes, levels: bytes) -> None:
    at = 0
    for i in range(struct.unpack_from("<H", lists)[0]):
        identity = struct.unpack_from("<i", lists, 2 + _LIST * i)[0]
        simple = lists[2 + _LIST * i + 26] & 1
        abstract = etree.SubElement(root, W + "abstractNum", {W + "abstractNumId": str(identity)})
        for number in range(1 if simple else _LEVELS):
            at = _level(abstract, levels, at, number)


def _uses(root: Element, uses: bytes) -> None:
    count = min(struct.unpack_from("<I", uses)[0], (len(uses) - 4) // _USE)  # a damaged count was four billion
    heads = [uses[4 + _USE * i : 4 + _USE * (i + 1)] for i in range(count)]
    at = 4 + _USE * len(heads)
    for number, head in enumerate(heads, 1):
        num = etree.SubElement(root, W + "num", {W + "numId": str(number)})
        _value(num, "abstractNumId", struct.unpack_from("<i", head)[0])
        at += 4  # a position that nothing uses
        for _ in range(head[12]):
            start, flags = struct.unpack_from("<iI", uses, at)
            at += 8
            override = etree.SubElement(num, W + "lvlOverride", {W + "ilvl": str(flags & 0xF)})
            if flags & 0x10:
                _value(override, "startOverride", start)
            if flags & 0x20:
                at = _level(override, uses, at, flags & 0xF)


def _level(parent: Element, data: bytes, at: int, number: int) -> int:
    """One level as w:lvl; the offset after it."""
    start, style, flags = struct.unpack_from("<iBB", data, at)
    places = data[at + 6 : at + 15]
    suffix, characters, paragraphs, restart = data[at + 15], *data[at + 24 : at + 27]
    text_at = at + _LEVEL + paragraphs + characters
    length: int = struct.unpack_from("<H", data, text_at)[0]
    units = struct.unpack_from(f"<{length}H", data, text_at + 2)
    level = etree.SubElement(parent, W + "lvl", {W + "ilvl": str(number)})
    _value(level, "start", start)
    _value(level, "numFmt", _FORMATS.get(style, "decimal"))
    _value(level, "lvlText", _template(units, places))
    _value(level, "suff", _SUFFIXES[suffix] if suffix < len(_SUFFIXES) else "tab")
    if flags & 4:
        _value(level, "isLgl", 1)
    if flags & 8:
        _value(level, "lvlRestart", restart)
    return text_at + 2 + 2 * length


def _template(units: tuple[int, ...], places: bytes) -> str:
    """第%1章: `places` are where (from 1) a level's number stands instead of a character; 0 ends them."""
    numbered = {place - 1 for place in places if place}
    text = "".join(f"%{unit + 1}" if i in numbered and unit < _LEVELS else chr(unit) for i, unit in enumerate(units))
    return "".join(char for char in text if " " <= char < "\ud800" or "\ue000" <= char < "\ufffe")


def _value(parent: Element, name: str, value: object) -> None:
    etree.SubElement(parent, W + name, {W + "val": str(value)})
