"""Printed rows → paragraphs, by where they stand: a row goes on if the one before it is full and it is not indented."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from extractor.readers.paged.columns import Column
from extractor.readers.paged.rows import Printed
from extractor.readers.paged.sheets import Ruled
from extractor.text import fold

# in sizes of the type
_INDENT, _DEEPEST = 0.7, 4.0  # of a first line at least, of the hanging lines under a number at most
_LOOSE = 0.8  # a full row may end so far from the edge, beside what would not fit into it
_CENTRED = 2.6  # from either edge, at least
_TITLE_LEADING = 2.4
_MARGIN = 3.0  # by which the right margin may be wider than the left
_LARGER, _SAME_SIZE = 1.1, 0.12
_FURTHER = 1.5  # of the usual distance of two rows
_OWN, _SCALED = 4, 0.85  # rows of a page that end at one edge of its own, and where that is, at least
_RARE = 0.04  # of the rows; an edge that fewer keep is none
MARKER = regex.compile(
    r"[(（]?[一二三四五六七八九十百]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部编款项]|[(（]?\d{1,2}[)）、.．](?!\d)|[a-zA-Z][)）]|[①-⑳]|附件|——"
)
_STOPPED = regex.compile(r"[。!?;][”’」』》)]*$|(?:…|\.{3}|·{3})[….· ]*\d*$")  # also a line of a table of contents
_TOKEN = regex.compile(
    r"[“‘「『《（〔【(]*(?:[\x21-\x7e]+|.)[，。、；：！？”’」』》）]*", regex.DOTALL
)  # what no row end may part


class Margins(NamedTuple):
    """The edges between which a column is set; `indents`: the first line of each paragraph is set in."""

    left: float
    right: float
    indents: bool = False


class Measures(NamedTuple):
    """What is usual in a file: margins per column, the size of its type, the distance of its rows in sizes."""

    margins: Mapping[tuple[int, int, int], Margins]
    size: float
    leading: float

    def of(self, column: Column) -> Margins:
        """Those of the file's columns in that place, unless the rows of this one show their own: a page scaled to fit."""
        usual = self.margins[_place(column)]
        rows = [item for item in column.items if not isinstance(item, Ruled)]
        ends = Counter(round(row.x1 / row.size) for row in rows)
        edge = max((end for end, count in ends.items() if count >= _OWN), default=None)
        right = max((row.x1 for row in rows if round(row.x1 / row.size) == edge), default=0.0)
        return Margins(_left(rows), right, usual.indents) if right > _SCALED * usual.right else usual


def _place(column: Column) -> tuple[int, int, int]:
    return round(column.size[0]), column.side, round(column.gutter / 50)


def measure(columns: Iterable[Column]) -> Measures:
    kept: dict[tuple[int, int, int], list[list[Printed]]] = defaultdict(list)
    for column in columns:
        kept[_place(column)].append([item for item in column.items if not isinstance(item, Ruled)])
    rows = [row for groups in kept.values() for group in groups for row in group]
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    steps = [
        (b.base - a.base) / a.size
        for groups in kept.values() for group in groups for a, b in pairwise(group) if b.base > a.base and a.size == b.size
    ]  # fmt: skip
    margins = {place: _margins(groups, place) for place, groups in kept.items()}
    return Measures(margins, max(sizes, key=lambda s: (sizes[s], s), default=0.0), median(steps) if steps else 1.5)


def _margins(groups: Sequence[Sequence[Printed]], place: tuple[int, int, int]) -> Margins:
    rows = [row for group in groups for row in group]
    if not rows:
        return Margins(0.0, float(place[0]))
    size, left = median(row.size for row in rows), _left(rows)
    rights = sorted(row.x1 for row in rows)
    right = rights[int(0.9 * (len(rights) - 1))]
    if not place[1]:
        right = max(right, place[0] - left - _MARGIN * size)
    margins = Margins(left, right)
    begun = sum(_INDENT < (a.x0 - left) / a.size < _DEEPEST and b.x0 - left < _INDENT * b.size and _full(a, b, margins)
                for group in groups for a, b in pairwise(group))  # fmt: skip
    return margins._replace(indents=begun >= 2)


def _left(rows: Sequence[Printed]) -> float:
    """Where rows begin that are not set in."""
    lefts = Counter(round(row.x0 / 2) * 2.0 for row in rows)
    return min((left for left, count in lefts.items() if count >= max(2, _RARE * len(rows))), default=min(lefts)) - 1.0


def goes_on(rows: Sequence[Printed], row: Printed, old: Margins, new: Margins, usual: Measures) -> bool:
    """Does `row` belong to the paragraph of `rows`? `old` and `new` are the margins of the last of them and of `row`."""
    last = rows[-1]
    same_page = last.at.page == row.at.page and row.base > last.base
    if abs(last.size - row.size) > _SAME_SIZE * max(last.size, row.size):
        return False
    if centred(last, old, usual) or centred(row, new, usual):
        return same_page and _is_title(last, row, old, new, usual)
    if same_page and row.base - last.base > _FURTHER * usual.leading * row.size:
        return False
    if not _full(last, row, old):
        return False
    if MARKER.match(fold(row.text)) and (_STOPPED.search(fold(last.text)) or not new.indents or _is_bold(last)):
        return False
    indent = (row.x0 - new.left) / row.size
    if indent <= _INDENT:
        return True
    hangs = MARKER.match(fold(rows[0].text)) is not None and rows[0].x0 < row.x0 - _INDENT * row.size
    level = abs(row.x0 - last.x0) < 2.0 and (len(rows) > 1 or not new.indents)
    return indent < _DEEPEST * 2 and (level or (len(rows) == 1 and hangs))


def _full(row: Printed, after: Printed, margins: Margins) -> bool:
    """Would the first word of the next row not have fitted into this one?"""
    token = _TOKEN.match(after.text)
    width = after.at.edges[token.end()] - after.x0 if token else 0.0
    return margins.right - row.x1 < width + _LOOSE * row.size


def _is_bold(row: Printed) -> bool:
    return sum(span.end - span.start for span in row.bold) >= 0.9 * len(row.text)


def centred(row: Printed, margins: Margins, usual: Measures) -> bool:
    left, right = row.x0 - margins.left, margins.right - row.x1
    return min(left, right) > _CENTRED * min(row.size, usual.size) and abs(left - right) < 2 * row.size


def _is_title(last: Printed, row: Printed, old: Margins, new: Margins, usual: Measures) -> bool:
    """Two rows of one title: larger type than the text's, near each other, and alike."""
    large = row.size > _LARGER * usual.size and row.base - last.base < _TITLE_LEADING * row.size
    wide = centred(row, new, usual) and (centred(last, old, usual) or _full(last, row, old))
    return large and wide and bool(last.bold) == bool(row.bold) and not MARKER.match(fold(row.text))


def in_cell(rows: Sequence[Printed], right: float) -> Iterator[list[Printed]]:
    """The paragraphs of a cell whose right border is at `right`: most break their rows for want of room only."""
    paragraph: list[Printed] = []
    for row in rows:
        if paragraph and _ends(paragraph[-1], row, right):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _ends(last: Printed, row: Printed, right: float) -> bool:
    if last.at.page == row.at.page and right - last.x1 < 2 * last.size:
        return _STOPPED.search(fold(last.text)) is not None and MARKER.match(fold(row.text)) is not None
    figures = last.text[-1].isdigit() and row.text[0].isdigit()
    return figures or _STOPPED.search(fold(last.text)) is not None or MARKER.match(fold(row.text)) is not None
