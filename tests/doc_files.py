"""Word 97 files for tests, built stream by stream, and the container (OLE2) that holds them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048  # where the text begins in the stream


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file. Streams are padded to 4 kB, from which on they lie in ordinary sectors."""
    padded = {name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()}
    count = sum(len(data) // _SECTOR for data in padded.values())
    folders = -(-(len(padded) + 1) // 4)
    tables = 1
    while tables * 128 < tables + folders + count:
        tables += 1
    fat = [_FAT] * tables + [*range(tables + 1, tables + folders), _END]
    entries, at, body = [], tables + folders, b""
    for name, data in padded.items():
        size = len(data) // _SECTOR
        entries.append(_entry(name, 2, at, len(data)))
        fat += [*range(at + 1, at + size), _END]
        at, body = at + size, body + data
    root = _entry("Root Entry", 5, _END, 0, child=1)
    linked = [
        entry[:72] + struct.pack("<I", i + 2 if i + 1 < len(entries) else _FREE) + entry[76:]
        for i, entry in enumerate(entries)
    ]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", tables, tables, 0, 4096, _END, 0, _END, 0, 0)[:-4]
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    fat += [_FREE] * (tables * 128 - len(fat))
    folder = b"".join([root, *linked]).ljust(folders * _SECTOR, b"\0")
    return head + struct.pack(f"<{len(fat)}I", *fat) + folder + body


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    return (
        written.ljust(64, b"\0") + struct.pack("<HBB", len(written) + 2, kind, 1)
        + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
    )  # fmt: skip


class Piece(NamedTuple):
    """A stretch of text as it is stored: `narrow` in one byte a character; `modifier` as in the piece table."""

    text: str
    narrow: bool = False
    modifier: int = 0


def sprm(code: int, *operand: int) -> bytes:
    return struct.pack("<H", code) + bytes(operand)


def doc(
    *pieces: Piece | str,
    lengths: Sequence[int] = (),
    looks: Mapping[str, bytes] | None = None,
    shapes: Mapping[int, bytes] | None = None,
    tables: Mapping[int, bytes] | None = None,
    modifiers: Sequence[bytes] = (),
    flags: int = 0,
    version: int = 0xC1,
) -> bytes:
    """A .doc of these pieces.

    `lengths` are those of the stories; `looks` gives words their properties, `shapes` the paragraphs (from 0) theirs;
    `tables` are further tables by their number in the file information block.
    """
    stored = [_units(piece if isinstance(piece, Piece) else Piece(piece)) for piece in pieces]
    text = "".join(piece.text for piece in stored)
    body = b"".join(_bytes(piece) for piece in stored)
    offsets, at, cp = [], TEXT_AT, 0
    table_of_pieces, places = b"", [0]
    for piece in stored:
        offsets += [at + i * (1 if piece.narrow else 2) for i in range(len(piece.text))]
        where = at * 2 | 0x40000000 if piece.narrow else at
        table_of_pieces += struct.pack("<HIH", 0, where, piece.modifier)
        at += len(piece.text) * (1 if piece.narrow else 2)
        cp += len(piece.text)
        places.append(cp)
    offsets.append(at)
    plc = struct.pack(f"<{len(places)}I", *places) + table_of_pieces
    clx = (
        b"".join(b"\x01" + struct.pack("<H", len(m)) + m for m in modifiers)
        + b"\x02"
        + struct.pack("<I", len(plc))
        + plc
    )
    pages_at = -(-at // 512)
    pages = [_look_page(text, offsets, looks or {}), _shape_page(text, offsets, shapes or {})]
    found = {
        33: clx,
        12: struct.pack("<III", TEXT_AT, at, pages_at),
        13: struct.pack("<III", TEXT_AT, at, pages_at + 1),
    }
    stream, fib = _tables({**found, **(tables or {})})
    head = struct.pack("<HH", 0xA5EC, version) + bytes(6) + struct.pack("<H", flags | 0x200)
    head = head.ljust(0x4C, b"\0") + struct.pack("<8i", *(lengths or [len(text)]), *[0] * (8 - (len(lengths) or 1)))
    main = (head.ljust(0x9A, b"\0") + fib).ljust(TEXT_AT, b"\0") + body
    return container({"WordDocument": main.ljust(pages_at * 512, b"\0") + b"".join(pages), "1Table": stream})


def _units(piece: Piece) -> Piece:
    """A character for each UTF-16 unit, as the file counts them."""
    data = piece.text.encode("utf-16-le")
    return piece._replace(text="".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data))))


def _bytes(piece: Piece) -> bytes:
    return piece.text.encode("cp1252") if piece.narrow else piece.text.encode("utf-16-le", "surrogatepass")


def _tables(found: Mapping[int, bytes]) -> tuple[bytes, bytes]:
    stream, fib = b"", bytearray(93 * 8)
    for number, data in found.items():
        struct.pack_into("<II", fib, number * 8, len(stream), len(data))
        stream += data
    return stream, bytes(fib)


def _look_page(text: str, offsets: list[int], looks: Mapping[str, bytes]) -> bytes:
    edges, own = [offsets[0]], []
    for words, properties in sorted(looks.items(), key=lambda item: text.index(item[0])):
        start = text.index(words)
        if offsets[start] > edges[-1]:
            edges.append(offsets[start])
            own.append(b"")
        edges.append(offsets[start + len(words)])
        own.append(bytes([len(properties)]) + properties)
    if edges[-1] < offsets[-1]:
        edges.append(offsets[-1])
        own.append(b"")
    return _page(edges, own, 1)


def _shape_page(text: str, offsets: list[int], shapes: Mapping[int, bytes]) -> bytes:
    edges, own = [offsets[0]], []
    ends = [i + 1 for i, char in enumerate(text) if char in "\r\a"]
    for number, end in enumerate(ends):
        edges.append(offsets[end])
        data = b"\0\0" + shapes.get(number, b"")
        own.append(bytes([0, -(-len(data) // 2)]) + data)
    return _page(edges, own, 13)


def _page(edges: list[int], own: list[bytes], wide: int) -> bytes:
    page = bytearray(512)
    struct.pack_into(f"<{len(edges)}I", page, 0, *edges)
    at = 510
    for i, data in enumerate(own):
        if data:
            at = (at - len(data)) // 2 * 2
            page[at : at + len(data)] = data
            page[4 * len(edges) + wide * i] = at // 2
    assert at >= 4 * len(edges) + wide * len(own), "too many properties for one page"
    page[511] = len(own)
    return bytes(page)
