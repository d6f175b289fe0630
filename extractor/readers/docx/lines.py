"""A Word paragraph's bits → Lines: cut at line breaks, with the evidence of their style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from extractor.readers.docx.numbering import Marker
from extractor.readers.docx.text import BREAK, Bit
from extractor.source import CellRef, Line, Part
from extractor.text import Span


class Setting(NamedTuple):
    """What the lines of one paragraph have in common."""

    number: int
    part: Part
    cell: CellRef | None = None
    outline: int | None = None
    centred: bool = False


def printed(bits: Iterable[Bit], marker: Marker | None, setting: Setting) -> list[Line]:
    """The lines of a paragraph; the automatic number heads the first. A body paragraph without text is an empty line."""
    rows = list(_rows(bit for bit in bits if bit.lost is None))
    if marker is None and not any(rows):
        return [Line("", setting.number)] if setting.part == "body" else []
    return [_line(row, marker if i == 0 else None, setting) for i, row in enumerate(rows)]


def lost(bits: Iterable[Bit], number: int) -> list[Line]:
    """Deleted and hidden text: a line for each run of it."""
    lines = []
    for part, run in groupby(bits, key=lambda bit: bit.lost):
        text = "".join(bit.text for bit in run).replace(BREAK, " ")
        if part is not None and text:
            lines.append(Line(text, number, part))
    return lines


def _rows(bits: Iterable[Bit]) -> Iterator[list[Bit]]:
    row: list[Bit] = []
    for bit in bits:
        if bit.text == BREAK:
            yield row
            row = []
        else:
            row.append(bit)
    yield row


def _line(row: list[Bit], marker: Marker | None, setting: Setting) -> Line:
    head = marker.text + marker.separator if marker else ""
    bold: list[Span] = []
    sizes: Counter[float] = Counter()
    at = len(head)
    for bit in row:
        end = at + len(bit.text)
        if bit.look.bold:
            bold.append(Span(bold.pop().start if bold and bold[-1].end == at else at, end))
        if bit.look.size is not None:
            sizes[bit.look.size] += len(bit.text)
        at = end
    return Line(
        head + "".join(bit.text for bit in row), setting.number, setting.part, setting.cell,
        automatic=len(marker.text) if marker else 0, outline=setting.outline, bold=tuple(bold),
        size=max(sizes, key=lambda size: (sizes[size], size)) if sizes else None, centred=setting.centred,
    )  # fmt: skip
