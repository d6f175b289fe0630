"""Two passages side by side: what both have, how alike they are, what was put in the place of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.passages import Passage, Run
from extractor.comparison.reuse.rulefile import Kind
from extractor.text import Span

_RUN = 2  # a single character in common is chance
_NAME = 12  # characters of a name that only one of the papers shows to be one

Pair = tuple[int, int]


class Swapped(NamedTuple):
    kind: Kind
    left: str
    right: str


class Aligned(NamedTuple):
    """`shared` are spans of the two texts; `like` of `size` characters are in both, as printed."""

    shared: tuple[tuple[Span, Span], ...]
    swapped: tuple[Swapped, ...]
    like: int
    size: int


def align(left: Paper, right: Paper, passage: Passage) -> Aligned:
    one, other = left.content[passage.left : passage.left_end], right.content[passage.right : passage.right_end]
    pairs = [
        (passage.left + i, passage.right + j)
        for step in Levenshtein.opcodes(one, other)
        if step.tag == "equal"
        for i, j in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    ]
    alike = [(i, j) for i, j in pairs if i not in left.masks or _printed(left, i) == _printed(right, j)]
    size = _length(left, passage.left, passage.left_end) + _length(right, passage.right, passage.right_end)
    like = sum(left.end(i) - left.at[i] if i in left.masks else 1 for i, _ in alike)
    return Aligned(tuple(_spans(left, right, alike)), tuple(swapped(left, right, passage)), 2 * like, size)


def swapped(left: Paper, right: Paper, passage: Passage) -> Iterator[Swapped]:
    """The names in its runs, which are alike but for names, and what stands between the runs in the place of a name."""
    at = Run(passage.left, passage.right, 0)
    for run in (*passage.runs, Run(passage.left_end, passage.right_end, 0)):
        ends = at.left + at.size, at.right + at.size
        yield from _between(left, right, (ends[0], run.left), (ends[1], run.right))
        inside = max(0, ends[0] - run.left, ends[1] - run.right)  # a run may start a little inside the last one
        for i in left.masked(run.left + inside, run.left + run.size):
            yield from _names(left, right, i, run.right + i - run.left)
        at = run


def _between(left: Paper, right: Paper, one: Pair, other: Pair) -> Iterator[Swapped]:
    if one[0] >= one[1] or other[0] >= other[1]:
        return
    for step in Levenshtein.opcodes(left.content[slice(*one)], right.content[slice(*other)]):
        i, j = one[0] + step.src_start, other[0] + step.dest_start
        if step.tag == "replace":
            yield from _half_seen(left, right, (i, one[0] + step.src_end), (j, other[0] + step.dest_end))
        elif step.tag == "equal":
            for n in range(step.src_end - step.src_start):
                if i + n in left.masks:
                    yield from _names(left, right, i + n, j + n)


def _printed(paper: Paper, index: int) -> str:
    return paper.folded[paper.at[index] : paper.end(index)]


def _length(paper: Paper, start: int, end: int) -> int:
    """Characters as printed, without what stands between them."""
    masked = (paper.masks[index][1] for index in range(start, end) if index in paper.masks)
    return end - start + sum(span.end - span.start - 1 for span in masked)


def _names(left: Paper, right: Paper, i: int, j: int) -> Iterator[Swapped]:
    one, other = _printed(left, i), _printed(right, j)
    if "".join(one.split()) != "".join(other.split()):
        yield Swapped(left.masks[i][0], one, other)


def _half_seen(left: Paper, right: Paper, one: Pair, other: Pair) -> Iterator[Swapped]:
    """A name that only one of the papers shows to be a name stands against the words in its place."""
    for paper, index, end in ((left, *one), (right, *other)):
        if end - index == 1 and index in paper.masks:
            words = [p.folded[p.at[a] : p.end(b - 1)] for p, (a, b) in ((left, one), (right, other))]
            if max(map(len, words)) <= _NAME and paper.masks[index][0] not in ("date", "figure"):
                yield Swapped(paper.masks[index][0], words[0], words[1])
            return


def _spans(left: Paper, right: Paper, alike: Iterable[Pair]) -> Iterator[tuple[Span, Span]]:
    """Neighbours joined, over the punctuation that both have."""
    start: Pair | None = None
    end = (0, 0)
    for i, j in alike:
        at = (left.at[i], right.at[j])
        between = left.folded[end[0] : at[0]] == right.folded[end[1] : at[1]]
        if start is None or not (between and at[0] - end[0] <= _RUN):
            if start is not None and end[0] - start[0] >= _RUN:
                yield Span(start[0], end[0]), Span(start[1], end[1])
            start = at
        end = (left.end(i), right.end(j))
    if start is not None and end[0] - start[0] >= _RUN:
        yield Span(start[0], end[0]), Span(start[1], end[1])


def even(swaps: Counter[Swapped]) -> list[Swapped]:
    """Names that were swapped more than once, and mostly for the same one: what a copier's find-and-replace leaves."""
    times = {one: n for one, n in swaps.items() if one.kind not in ("date", "figure")}
    total: Counter[str] = Counter()
    for one, n in times.items():
        total[one.left] += n
    return [one for one, n in times.items() if n > 1 and 2 * n > total[one.left]]
