"""Page headers, footers and numbers: rows at the edge of a page that its neighbours have too, or that count the pages."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from extractor import numerals
from extractor.readers.paged.rows import printed
from extractor.readers.paged.sheets import Sheet
from extractor.source import Part

_ZONE = 0.15  # of the page's height, at its top and bottom
_HEADER_ZONE = 0.1  # for words at the top: the title of a form on each page stands lower
_LARGEST = 1.1  # of the size of the text: what is larger is such a title
_REPEATED = 3  # pages; of a short file, two
_SHORT = 3
_DEEPEST = 5  # rows of a header
_NEAR = 8.0  # points by which the place of a header may differ from page to page
_NUMERAL = regex.compile(r"\d{1,4}|(?<![a-z])[ivxl]+(?![a-z])|[〇零一二三四五六七八九十百]{1,4}", regex.IGNORECASE)
_BARE = regex.compile(r"(?:page|of|[\s\d#第页共总,、/|~_()<>\[\]〔〕【】·•.:—–―─−‐-])*+", regex.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Edge(NamedTuple):
    """A row at a page's edge: its words, and how far it stands from that edge. `apart`: it may be a header in words."""

    page: int
    row: int
    words: str
    distance: float
    apart: bool


Running = Mapping[tuple[int, int], Part]  # by page and row


def running(sheets: Sequence[Sheet]) -> Running:
    largest = _LARGEST * usual_size(sheets)
    found: dict[tuple[int, int], Part] = {}
    for part in ("header", "footer"):
        for _ in range(_DEEPEST):
            found |= dict.fromkeys(_outermost(sheets, part == "header", largest, found), part)
    return found


def usual_size(sheets: Sequence[Sheet]) -> float:
    """The size of type of most rows outside of tables."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for row in sheet.rows:
            for stretch in row:
                sizes[round(stretch.size, 1)] += len(stretch.glyphs)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _outermost(sheets: Sequence[Sheet], top: bool, largest: float, gone: Running) -> set[tuple[int, int]]:
    """The outermost rows that are left on the pages, those that run over the pages."""
    edges = [edge for sheet in sheets if (edge := _edge(sheet, top, largest, gone)) is not None]
    enough = 2 if len(sheets) <= _SHORT else _REPEATED
    same: dict[str, list[Edge]] = defaultdict(list)
    counting: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.apart:
            same[edge.words].append(edge)
        for words, offset in _counts(edge):
            counting[words, offset].append(edge)
    groups = [(_level(group), enough) for group in same.values()]
    for (words, offset), group in counting.items():
        bare = _BARE.fullmatch(words) is not None
        # a file of one page may well number it (- 1 -), but a 1 alone may be a value
        alone = bare and len(sheets) == 1 and offset == 0 and words != "#"
        groups.append((group, 1 if alone else 2 if bare else enough))
    return {(edge.page, edge.row) for group, least in groups if len(group) >= least for edge in group}


def _edge(sheet: Sheet, top: bool, largest: float, gone: Running) -> Edge | None:
    order = range(len(sheet.rows)) if top else range(len(sheet.rows) - 1, -1, -1)
    row = next((i for i in order if (sheet.page, i) not in gone), None)
    if row is None:
        return None
    height, first = sheet.size[1], sheet.rows[row][0]
    distance = first.bottom if top else height - first.top
    if distance > _ZONE * height:
        return None
    words = "".join(unicodedata.normalize("NFKC", printed(sheet.rows[row], sheet.page).text).split())
    apart = distance <= (_HEADER_ZONE if top else _ZONE) * height and first.size <= largest
    return Edge(sheet.page, row, words, distance, apart)


def _level(group: Sequence[Edge]) -> list[Edge]:
    """Those of a group that stand where most of it stands."""
    middle = sorted(edge.distance for edge in group)[len(group) // 2]
    return [edge for edge in group if abs(edge.distance - middle) <= _NEAR]


def _counts(edge: Edge) -> Iterator[tuple[str, int]]:
    """The words of a row with # for one of its numbers, and by how much that differs from the page's own."""
    for match in _NUMERAL.finditer(edge.words):
        if not (edge.apart or _BARE.fullmatch(edge.words[: match.start()] + edge.words[match.end() :])):
            continue
        value = _value(match[0].lower())
        if value is not None:
            yield edge.words[: match.start()] + "#" + edge.words[match.end() :], value - edge.page


def _value(numeral: str) -> int | None:
    if numeral[0] in _ROMAN:
        weights = [_ROMAN[letter] for letter in numeral]
        return sum(-low if low < high else low for low, high in zip(weights, [*weights[1:], 0], strict=True))
    return int(numeral) if numeral.isascii() else numerals.small(numeral)
