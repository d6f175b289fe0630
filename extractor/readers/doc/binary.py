"""The binary Word 97 file: its characters by the piece table, and the properties they were given ([MS-DOC] 2.4).

A position (CP) counts UTF-16 units of all stories, one after another: body, footnotes, headers, comments, endnotes,
text boxes. The piece table says where in the stream each stretch stands; a fast-saved file has its changes at the end.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extractor.readers.doc.sprm import ELSEWHERE, Properties, integer, properties, short
from extractor.readers.ole import streams
from extractor.readers.raw import Raw

WORD_97 = 0xC1  # nFib; Word 6 and 95 have 101 to 105
_MAGIC = (0xA5EC, 0xA5DC)
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_STORIES = ("body", "footnote", "header", "macro", "comment", "endnote", "body box", "header box")
# where the file information block holds offset and size of each table
STYLES, NOTE_MARKS, NOTES, COMMENT_MARKS, COMMENTS, SECTIONS, HEADERS = 1, 2, 3, 4, 5, 6, 11
_CHARACTERS, _PARAGRAPHS, _PIECES, LISTS, LIST_USES = 12, 13, 33, 73, 74
SHAPES, EDGE_SHAPES, ENDNOTE_MARKS, ENDNOTES, BOXES, EDGE_BOXES = 40, 41, 46, 47, 56, 58  # fmt: skip
_CP1252 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}


class Story(NamedTuple):
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of text: its positions, its offset in the stream, the bytes of a character, properties over its own."""

    start: int
    end: int
    offset: int
    width: int
    over: Properties


class Run(NamedTuple):
    """Characters with the same properties."""

    start: int
    end: int
    own: Properties


class WordFile:
    """Raises ReadError for a file that is encrypted, damaged or of another program. `version` is its nFib."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        found = streams(raw, "WordDocument", "0Table", "1Table", "Data")
        if "WordDocument" not in found:
            raise raw.error("unsupported", "the file holds a Word document only as an object; save that as .docx")
        self.main, self.data = found["WordDocument"], found.get("Data", b"")
        magic, self.version = self._unpack("<HH", self.main, 0)
        flags = self._unpack("<H", self.main, 10)[0]
        if magic not in _MAGIC:
            raise raw.error("damaged", "its WordDocument stream is none of Word; save it again as .docx")
        if flags & _ENCRYPTED:
            raise raw.error("encrypted", "the file is encrypted; open it with its password and save it without one")
        self.table = found.get("1Table" if flags & _TABLE_1 else "0Table", b"")

    def _unpack(self, form: str, data: bytes, at: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(form, data, at)
        except struct.error as error:
            raise self.raw.error("damaged", f"the file is cut off or damaged ({error}); copy it again") from error

    def part(self, index: int) -> bytes:
        """A table of the table stream by its number in the file information block; empty where there is none."""
        if self.version < WORD_97:
            return b""
        offset, size = self._unpack("<II", self.main, 0x9A + 8 * index)
        return self.table[offset : offset + size]

    def after(self, index: int) -> bytes:
        """What follows a table: of lists, their levels."""
        offset, size = self._unpack("<II", self.main, 0x9A + 8 * index)
        return self.table[offset + size :] if size else b""

    def positions(self, index: int, size: int) -> tuple[list[int], list[bytes]]:
        """A table of positions by its number in the file information block."""
        return plc(self.part(index), size)

    @cached_property
    def stories(self) -> dict[str, Story]:
        lengths = self._unpack("<8i", self.main, 0x4C)
        found, at, last = {}, 0, len(self.text)
        for name, length in zip(_STORIES, lengths, strict=True):
            end = min(at + max(length, 0), last)
            found[name], at = Story(at, end), end
        return found

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        table, at, modifiers = self.part(_PIECES), 0, []
        while table[at : at + 1] == b"\x01":
            size = int.from_bytes(table[at + 1 : at + 3], "little")
            modifiers.append(properties(table[at + 3 : at + 3 + size]))
            at += 3 + size
        if table[at : at + 1] != b"\x02":
            raise self.raw.error("damaged", "its piece table is missing, so its text cannot be found; save it as .docx")
        places, entries = plc(table[at + 5 : at + 5 + int.from_bytes(table[at + 1 : at + 5], "little")], 8)
        found = []
        for (start, end), entry in zip(pairwise(places), entries, strict=True):
            _, where, modifier = struct.unpack("<HIH", entry)
            over = short(modifier) if not modifier & 1 else modifiers[modifier >> 1] if modifier >> 1 < len(modifiers) else {}  # fmt: skip
            narrow = bool(where & 0x40000000)
            offset = where & 0x3FFFFFFF
            found.append(Piece(start, end, offset // 2 if narrow else offset, 1 if narrow else 2, over))
        self._check(found)
        return tuple(found)

    def _check(self, pieces: list[Piece]) -> None:
        """Pieces follow one another, lie in the stream, and hold no more than it: a few bytes could else make a GB."""
        at = size = 0
        for piece in pieces:
            length = (piece.end - piece.start) * piece.width
            size += length
            if piece.start != at or length < 0 or piece.offset + length > len(self.main) or size > len(self.main):
                raise self.raw.error("damaged", "the file is cut off or damaged (its piece table); copy it again")
            at = piece.end

    @cached_property
    def text(self) -> str:
        """One character for each position: half a pair (surrogate) is a character here."""
        parts = []
        for piece in self.pieces:
            data = self.main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
            if piece.width == 1:
                parts.append(data.decode("latin-1").translate(_CP1252))
            else:
                parts.append("".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data))))
        return "".join(parts)

    def runs(self, start: int, end: int) -> list[Run]:
        """The characters from `start` to `end`, cut where their properties change."""
        found = []
        for i in range(max(0, bisect_right(self._starts, start) - 1), len(self.pieces)):
            piece = self.pieces[i]
            if piece.start >= end:
                break
            at, stop = max(start, piece.start), min(end, piece.end)
            while at < stop:
                offset = piece.offset + (at - piece.start) * piece.width
                until, own = self._looks.at(offset)
                after = min(stop, max(at + 1, piece.start + -((piece.offset - until) // piece.width)))
                found.append(Run(at, after, {**own, **piece.over} if piece.over else own))
                at = after
        return found

    def paragraph(self, at: int) -> tuple[int, Properties]:
        """Style and properties of the paragraph whose mark stands at `at`."""
        piece = self.pieces[max(0, bisect_right(self._starts, at) - 1)]
        _, own = self._shapes.at(piece.offset + (at - piece.start) * piece.width)
        return integer(own, STYLE), {**own, **piece.over} if piece.over else own

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _looks(self) -> _Pages:
        return _Pages(self, _CHARACTERS)

    @cached_property
    def _shapes(self) -> _Pages:
        return _Pages(self, _PARAGRAPHS)


STYLE = 0x10000  # our own code beside the sprms: a paragraph's style


def plc(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """n+1 rising positions and n entries of `size` bytes; what does not rise is damaged and left out."""
    count = max(0, (len(data) - 4) // (4 + size))
    if not count:
        return [], []
    heads = 4 * (count + 1)
    places = list(struct.unpack_from(f"<{count + 1}I", data))
    count = next((i for i, (a, b) in enumerate(pairwise(places)) if b < a), count)
    return places[: count + 1], [data[heads + i * size : heads + (i + 1) * size] for i in range(count)]


class _Pages:
    """The pages of 512 bytes that say which properties hold from offset to offset."""

    def __init__(self, file: WordFile, index: int) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.own: list[Properties] = []
        self._data = file.data
        _, entries = file.positions(index, 4)
        rows: list[tuple[int, int, Properties]] = []
        for number in dict.fromkeys(int.from_bytes(entry, "little") & 0x3FFFFF for entry in entries):
            page = file.main[number * 512 : number * 512 + 512]
            if len(page) == 512:
                rows += self._page(page, paragraphs=index == _PARAGRAPHS)
        for start, end, own in sorted(rows, key=lambda row: row[:2]):
            self.starts.append(start)
            self.ends.append(end)
            self.own.append(own)

    def at(self, offset: int) -> tuple[int, Properties]:
        """What holds at an offset of the stream, and the offset it ends at."""
        i = bisect_right(self.starts, offset) - 1
        if i >= 0 and offset < self.ends[i]:
            return self.ends[i], self.own[i]
        return self.starts[i + 1] if i + 1 < len(self.starts) else 1 << 32, {}

    def _page(self, page: bytes, paragraphs: bool) -> list[tuple[int, int, Properties]]:
        count, wide = page[511], 13 if paragraphs else 1
        if 4 * (count + 1) + wide * count > 511:
            return []
        edges = struct.unpack_from(f"<{count + 1}I", page)
        found = []
        for i in range(count):
            at = page[4 * (count + 1) + wide * i] * 2
            own = (
                {} if not at else self._shape(page, at) if paragraphs else properties(page[at + 1 : at + 1 + page[at]])
            )
            found.append((edges[i], edges[i + 1], own))
        return found

    def _shape(self, page: bytes, at: int) -> Properties:
        size = page[at] * 2 - 1
        if not page[at] and at < 510:
            at, size = at + 1, page[at + 1] * 2
        data = page[at + 1 : at + 1 + size]
        own = {STYLE: data[:2], **properties(data[2:])}
        for code in ELSEWHERE:
            if code in own:
                where = integer(own, code)
                length = int.from_bytes(self._data[where : where + 2], "little")
                own |= properties(self._data[where + 2 : where + 2 + length])
        return own
