"""What is in the making while the code is read: a row of a table, a text, and the bits and number of its paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.readers.doc.tables import Bounds
from extractor.readers.docx.numbering import Marker
from extractor.readers.docx.text import BREAK, Bit, whole
from extractor.source import Line, Part


@dataclass
class Row:
    """The row that \\trowd … \\cellx tell of; a cell's flags stand before its right edge."""

    edges: list[int] = field(default_factory=lambda: [0])
    flags: set[str] = field(default_factory=set)
    from_above: set[int] = field(default_factory=set)
    from_left: set[int] = field(default_factory=set)

    def cell(self, edge: int) -> None:
        number = len(self.edges) - 1
        self.edges.append(edge)
        if "clvmrg" in self.flags:
            self.from_above.add(number)
        if "clmrg" in self.flags:
            self.from_left.add(number)
        self.flags = set()

    def bounds(self) -> Bounds:
        return Bounds(tuple(self.edges), frozenset(self.from_above), frozenset(self.from_left))


@dataclass
class Story:
    """A text in the making: the body, a note, a header. `level` is the group that it fills."""

    part: Part
    level: int
    bits: list[Bit] = field(default_factory=list)
    marker: str = ""
    lines: list[Line] = field(default_factory=list)  # of a text that hangs on a paragraph
    hung: list[Line] = field(default_factory=list)  # of texts that hang on the paragraph in the making


def marker(text: str) -> Marker | None:
    """一、⇥ → 一、 and the blank after it; a bullet is no number."""
    text = whole(text.replace(BREAK, " "))
    head = text.strip()
    return Marker(head, text[len(text.rstrip()) :]) if any(char.isalnum() for char in head) else None


def joined(bits: list[Bit]) -> list[Bit]:
    """Bits of one look put together, for \\u gives one half of a pair at a time."""
    found: list[Bit] = []
    for bit in bits:
        last = found[-1] if found else None
        if last is not None and BREAK not in (last.text, bit.text) and last[1:] == bit[1:]:
            found[-1] = Bit(last.text + bit.text, *bit[1:])
        else:
            found.append(bit)
    return found
