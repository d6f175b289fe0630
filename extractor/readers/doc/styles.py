"""The style sheet of a .doc file ([MS-DOC] 2.9.271): what each style says of text and paragraphs."""

from __future__ import annotations

import struct
from functools import cache
from typing import NamedTuple

from extractor.readers.doc import sprm
from extractor.readers.doc.sprm import Properties, integer, look, properties
from extractor.readers.docx.styles import Look, Shape

_PARAGRAPH, _CHARACTER = 1, 2
_NO_STYLE, _BUILT_IN_HEADINGS = 0xFFF, range(1, 10)
_BODY = 9  # sprmPOutLvl of body text
_MAX_LIST = 0x7FE  # above: a list that was switched off


class Style(NamedTuple):
    look: Look
    shape: Shape


class _Entry(NamedTuple):
    kind: int
    base: int
    heading: int | None
    paragraph: Properties
    text: Properties


class Styles:
    """Styles by their number, with all that they inherit; unknown ones look plain."""

    def __init__(self, table: bytes) -> None:
        self._entries = _entries(table)
        self.of = cache(self._of)

    def _of(self, number: int) -> Style:
        looks, shape = Look(size=10.0), Shape()
        for entry in reversed(self._chain(number)):
            looks = look(entry.text, looks)
            shape = shaped(entry.paragraph).over(shape._replace(outline=entry.heading or shape.outline))
        return Style(looks, shape)

    def text(self, number: int, base: Look) -> Look:
        """A character style over the look of its paragraph."""
        for entry in reversed(self._chain(number)):
            base = look(entry.text, base) if entry.kind == _CHARACTER else base
        return base

    def _chain(self, number: int) -> list[_Entry]:
        """A style and those it is based on, nearest first."""
        seen: dict[int, _Entry] = {}
        while number in self._entries and number not in seen:
            seen[number] = self._entries[number]
            number = self._entries[number].base
        return list(seen.values())


def shaped(own: Properties) -> Shape:
    """What properties of a paragraph state themselves."""
    level, outline = own.get(sprm.LEVEL), None
    if sprm.OUTLINE in own:
        stated = integer(own, sprm.OUTLINE)
        outline = stated + 1 if stated < _BODY else 0
    used = integer(own, sprm.LIST)
    centred = own.get(sprm.CENTRED, own.get(sprm.CENTRED_OLD))
    return Shape(
        outline,
        None if centred is None else centred == b"\x01",
        (str(used) if used <= _MAX_LIST else "0") if sprm.LIST in own else None,
        None if level is None else level[0],
    )


def _entries(table: bytes) -> dict[int, _Entry]:
    """A table that is cut off keeps the styles before the cut."""
    found: dict[int, _Entry] = {}
    try:
        head, count, base_size = struct.unpack_from("<HHH", table)
        at = 2 + head
        for number in range(count):
            size = struct.unpack_from("<H", table, at)[0]
            if size:
                found[number] = _entry(table[at + 2 : at + 2 + size], base_size)
            at += 2 + size
    except (struct.error, IndexError):
        pass
    return found


def _entry(data: bytes, base_size: int) -> _Entry:
    known, second, third = struct.unpack_from("<HHH", data)
    kind, base, parts = second & 0xF, second >> 4, third & 0xF
    at = base_size + 4 + 2 * struct.unpack_from("<H", data, base_size)[0]
    blocks = []
    for _ in range(parts):
        size = struct.unpack_from("<H", data, at)[0]
        blocks.append(data[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    paragraph = properties(blocks[0][2:]) if kind == _PARAGRAPH and blocks else {}
    text = blocks[1] if kind == _PARAGRAPH and len(blocks) > 1 else blocks[0] if kind == _CHARACTER and blocks else b""
    heading = known & 0xFFF
    return _Entry(kind, base, heading if heading in _BUILT_IN_HEADINGS else None, paragraph, properties(text))
