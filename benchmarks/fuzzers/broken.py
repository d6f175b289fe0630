"""What breaks files of any format: bytes, trees of XML, the parts of a package, encodings."""

from __future__ import annotations

import io
import struct
import zipfile
from copy import deepcopy
from random import Random

import docx_files
from lxml import etree

from . import texts

NUMBERS = (
    "0",
    "1",
    "2",
    "-1",
    "-7",
    "9",
    "100",
    "32767",
    "65536",
    "2147483648",
    "99999999999999999999",
    "1.5",
    "1e9",
    "NaN",
    "inf",
    "",
    " ",
    "x",
    "true",
    "一",
)


ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "latin-1",
)


def printable(r: Random, make: texts.Make = texts.sentence) -> str:
    """Text that XML may hold."""
    plain = "".join(
        char
        for char in make(r)
        if char in "\t\n" or (char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\uffff\ufffe")
    )
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def number(r: Random) -> str:
    return r.choice((str(r.randint(0, 9)), str(r.randint(0, 9)), r.choice(NUMBERS)))


def encoded(r: Random, text: str) -> bytes:
    """In one of the encodings; half characters as they come, what the encoding lacks as its question mark."""
    encoding = r.choice(ENCODINGS)
    try:
        return text.encode(encoding, "surrogatepass")
    except UnicodeEncodeError:
        return text.encode(encoding, "replace")


def corrupt(r: Random, data: bytes, times: int = 8, low: int = 0, high: int | None = None) -> bytes:
    """Bytes flipped, cut out, doubled, and numbers of the sizes that formats count in."""
    out = bytearray(data)
    for _ in range(r.randint(1, times)):
        if not out:
            break
        at = r.randrange(low, max(low + 1, min(len(out), high or len(out)))) % len(out)
        size = r.choice((1, 1, 2, 4, 16, 200))
        how = r.randrange(6)
        if how == 0:
            out[at] ^= 1 << r.randrange(8)
        elif how == 1:
            out[at : at + size] = r.randbytes(min(size, len(out) - at))
        elif how == 2:
            value = r.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, r.randrange(1 << 32)))
            out[at : at + 4] = struct.pack("<I", value)[: len(out) - at]
        elif how == 3 and r.random() < 0.3:
            del out[at : at + size]
        elif how == 4 and r.random() < 0.3:
            out[at:at] = out[at : at + size]
        elif how == 5 and r.random() < 0.2:
            del out[at:]
    return bytes(out)


def _tree(r: Random, data: bytes) -> bytes:
    """An XML part with elements gone, doubled, moved, nested, renamed, and attributes of other values."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return corrupt(r, data)
    for _ in range(r.choice((1, 2, 4, 12))):
        found = [one for one in root.iter() if isinstance(one.tag, str)]
        one, other = r.choice(found), r.choice(found)
        _bent(r, root, one, other)
    return etree.tostring(root)


def _bent(r: Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    how, parent = r.randrange(8), one.getparent()
    if how == 0 and parent is not None:
        parent.remove(one)
    elif how == 1 and parent is not None:
        for _ in range(r.choice((1, 1, 3, 20))):
            parent.insert(r.randint(0, len(parent)), deepcopy(one))
    elif how == 2 and one is not root and other not in one.iter():
        other.insert(r.randint(0, len(other)), one)
    elif how == 3:
        one.tag = other.tag
    elif how == 4 and one.attrib:
        name = r.choice(list(one.attrib))
        values = [*NUMBERS, *other.attrib.values()]
        one.set(name, r.choice(values))
    elif how == 5 and one.attrib:
        del one.attrib[r.choice(list(one.attrib))]
    elif how == 6:
        one.text = printable(r)
    elif parent is not None:
        inner = one
        for _ in range(r.choice((1, 2, 40))):
            outer = etree.Element(other.tag, dict(other.attrib))
            inner.getparent().replace(inner, outer)
            outer.append(inner)


def zipped(r: Random, data: bytes) -> bytes:
    """A package with some of its parts broken, gone or put in each other's place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(r.choice((1, 1, 2, 3))):
        name = r.choice(list(parts))
        how = r.random()
        if how < 0.75:
            parts[name] = _tree(r, parts[name])
        elif how < 0.85:
            parts[name] = corrupt(r, parts[name])
        elif how < 0.9 and len(parts) > 1:
            del parts[name]
        else:
            parts[name] = parts[r.choice(list(parts))]
    packed = docx_files.archive(parts)
    return corrupt(r, packed) if r.random() < 0.1 else packed


def maybe(r: Random, share: float, made: str) -> str:
    return made if r.random() < share else ""


def plain(r: Random) -> bytes:
    """Text in an encoding of its day, glued, cut or damaged."""
    data = encoded(r, texts.text(r))
    how = r.random()
    if how < 0.3:
        return corrupt(r, data)
    if how < 0.4:
        return data + encoded(r, texts.text(r))
    return r.randbytes(r.choice((1, 9, 300))) if how < 0.5 else data
