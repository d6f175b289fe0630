"""Properties of .doc files: lists of `sprm` codes with their operands ([MS-DOC] 2.2.5, 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extractor.readers.docx.styles import Look

Properties = Mapping[int, bytes]  # sprm → operand, the last one of its kind

BOLD, HIDDEN, DELETED, SIZE, CHARACTER_STYLE, SYMBOL = 0x0835, 0x083C, 0x0800, 0x4A43, 0x4A30, 0x6A09
OUTLINE, LIST, LEVEL, CENTRED, CENTRED_OLD = 0x2640, 0x460B, 0x260A, 0x2461, 0x2403
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
CELLS, VERTICAL = 0xD608, 0xD62B
ELSEWHERE = (0x6646, 0x646B, 0x6645)  # the properties stand in the Data stream, at this offset
_TABS = 0xC615
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of the operand, by the three highest bits; 0: it says itself
# the short form of a property in the piece table of a fast-saved file
_SHORT = {0x18: IN_TABLE, 0x19: ROW_END, 0x41: DELETED, 0x55: BOLD, 0x5C: HIDDEN}


@lru_cache(maxsize=4096)
def properties(data: bytes) -> Properties:
    """The properties of a run of sprms; what follows a damaged one is left out."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = _SIZES[code >> 13]
        if code == CELLS:
            size = int.from_bytes(data[at : at + 2], "little") - 1
            at += 2
        elif not size:
            size = data[at]
            at += 1
            if code == _TABS and size == 255:
                break  # a size that only its own contents tell; no property that we read follows tab stops
        if size < 0 or at + size > len(data):
            break
        found[code] = found.get(code, b"") + data[at : at + size] if code == VERTICAL else data[at : at + size]
        at += size
    return found


def short(modifier: int) -> Properties:
    """The one property that an even modifier of a piece holds."""
    code = _SHORT.get(modifier >> 1 & 0x7F)
    return {} if code is None else {code: bytes([modifier >> 8])}


def integer(found: Properties, code: int, default: int = 0) -> int:
    operand = found.get(code)
    return default if operand is None else int.from_bytes(operand, "little")


def look(found: Properties, base: Look) -> Look:
    """What a run's own properties make of its style's look."""
    size = integer(found, SIZE) / 2
    return Look(
        _toggled(found.get(BOLD), base.bold), _toggled(found.get(HIDDEN), base.hidden), size if size else base.size
    )


def _toggled(operand: bytes | None, styled: bool | None) -> bool | None:
    """0 off, 1 on, 0x80 as the style has it, 0x81 the opposite."""
    if operand is None or operand[:1] == b"\x80":
        return styled
    return not styled if operand[:1] == b"\x81" else operand[:1] == b"\x01"
