"""What two papers share: the whole, or passages of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.comparison.records import Copied
from extractor.comparison.reuse import align, passages
from extractor.comparison.reuse.align import Swapped
from extractor.comparison.reuse.fingerprints import Prints
from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.passages import Passage, Places
from extractor.comparison.reuse.rulefile import ReuseRules
from extractor.text import Span


@dataclass(frozen=True)
class Finding:
    """What will be a record; `weight` orders findings: the characters that are shared and count."""

    kind: Copied
    left: Paper
    right: Paper
    left_span: Span
    right_span: Span
    similarity: float
    weight: int
    shared: tuple[tuple[Span, Span], ...]
    swaps: Counter[Swapped] = field(default_factory=Counter)


class Part(NamedTuple):
    """Passages that may be a finding: one, or those of a `whole` report, which is then so similar.

    They are aligned, character by character, only where no nearer source has them.
    """

    left: Paper
    right: Paper
    left_span: Span
    right_span: Span
    weight: int
    passages: tuple[Passage, ...]
    whole: float | None = None
    disguised: bool = False


def compare(left: Paper, right: Paper, places: Places, others: Prints, rules: ReuseRules) -> list[Part]:
    """One part for a report that is copied as a whole, else the passages that are long enough."""
    found = passages.find(left, right, places, others, rules)
    whole = _whole(left, right, found, rules)
    return [whole] if whole else list(_parts(left, right, found, rules))


def _dense(passage: Passage, rules: ReuseRules) -> bool:
    alike = sum(run.size for run in passage.runs)
    longest = max(passage.left_end - passage.left, passage.right_end - passage.right)
    return alike >= rules.shares.passage * longest


def _parts(left: Paper, right: Paper, found: Iterable[Passage], rules: ReuseRules) -> Iterator[Part]:
    telling = (passages.trimmed(left, right, one) for one in found if one.weight >= rules.lengths.passage)
    for one in telling:
        if _dense(one, rules):
            whole = passages.whole_clauses(left, right, one)
            spans = _span(left, whole.left, whole.left_end), _span(right, whole.right, whole.right_end)
            yield Part(left, right, *spans, whole.weight, (whole,))


def _aligned(part: Part, rules: ReuseRules) -> Finding | None:
    """None where too much of a passage was changed."""
    aligned = [align.align(part.left, part.right, one) for one in part.passages]
    like, size = sum(one.like for one in aligned), sum(one.size for one in aligned)
    if part.whole is None and like < rules.shares.passage * size:
        return None
    same = like == size and (part.whole is None or part.left.folded == part.right.folded)
    return Finding(
        "disguised" if part.disguised else "exact" if same else "near", part.left, part.right, part.left_span,
        part.right_span, like / size if part.whole is None else part.whole, part.weight,
        tuple(pair for one in aligned for pair in one.shared), Counter(swap for one in aligned for swap in one.swapped),
    )  # fmt: skip


def _span(paper: Paper, start: int, end: int) -> Span:
    """With the bracket that opens it and the stop that closes it."""
    first, last = paper.at[start], paper.end(end - 1)
    opens, closes = paper.folded[first - 1 : first], paper.folded[last : last + 1]
    return Span(first - (opens != "" and opens in "(“‘《"), last + (closes != "" and closes in "。;!?)”’》"))


def _whole(left: Paper, right: Paper, found: Sequence[Passage], rules: ReuseRules) -> Part | None:
    smaller = min(left.total, right.total)
    if smaller < rules.lengths.whole:
        return None
    weight = min(
        _covered(left, ((one.left, one.left_end) for one in found)),
        _covered(right, ((one.right, one.right_end) for one in found)),
    )
    if weight < rules.shares.renamed * smaller:
        return None
    swaps = Counter(swap for one in found for swap in align.swapped(left, right, one))
    renamed = align.even(swaps) if left.body != right.body else []
    if weight < rules.shares.whole * smaller and len(renamed) < rules.swaps.names:
        return None
    spans = Span(0, len(left.folded)), Span(0, len(right.folded))
    return Part(left, right, *spans, weight, tuple(found), min(1.0, weight / smaller), bool(renamed))


def _covered(paper: Paper, stretches: Iterable[tuple[int, int]]) -> int:
    """Characters that count in the stretches, each once."""
    total = reached = 0
    for start, end in sorted(stretches):
        total += paper.weight(max(start, reached), max(end, reached))
        reached = max(reached, end)
    return total


def nearest(found: Iterable[Part], rules: ReuseRules) -> list[Finding]:
    """Each passage of a report from one source only: the longest, and of equal ones the latest."""
    kept: list[Finding] = []
    taken: dict[tuple[int, int], list[Span]] = {}
    for one in sorted(found, key=_rank):
        spans = taken.setdefault((one.right.report, one.right.doc), [])
        overlap = sum(_overlap(span, one.right_span) for span in spans)
        told = overlap * 2 >= one.right_span.end - one.right_span.start and not one.disguised
        finding = None if told else _aligned(one, rules)
        if finding:
            kept.append(finding)
            spans.append(one.right_span)
    return kept


def _rank(one: Part) -> tuple[object, ...]:
    year, day, report, doc = one.left.order
    return (not one.disguised, -one.weight, -year, day, report, doc, one.right.order, one.right_span)


def place(one: Finding) -> tuple[object, ...]:
    """Reports under other names first, then what is longest."""
    return (one.kind != "disguised", -one.weight, one.right.order, one.right_span, one.left.order, one.left_span)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
