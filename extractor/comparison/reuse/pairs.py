"""What two papers share: the whole, or passages of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.comparison.records import Copied
from extractor.comparison.reuse import align, passages
from extractor.comparison.reuse.align import Swapped
from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.passages import Passage, Seeds
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


def compare(left: Paper, right: Paper, seeds: Seeds, others: Seeds, rules: ReuseRules) -> list[Finding]:
    """One finding for a report that is copied as a whole, else one for each passage that is long enough."""
    found = passages.find(left, right, seeds, others, rules)
    whole = _whole(left, right, found, rules)
    return [whole] if whole else _parts(left, right, found, rules)


def _dense(passage: Passage, rules: ReuseRules) -> bool:
    alike = sum(run.size for run in passage.runs)
    longest = max(passage.left_end - passage.left, passage.right_end - passage.right)
    return alike >= rules.shares.passage * longest


def _parts(left: Paper, right: Paper, found: Iterable[Passage], rules: ReuseRules) -> list[Finding]:
    telling = (passages.trimmed(left, right, one) for one in found if one.weight >= rules.lengths.passage)
    parts = [_part(left, right, one) for one in telling if _dense(one, rules)]
    return [one for one in parts if one.similarity >= rules.shares.passage]


def _part(left: Paper, right: Paper, passage: Passage) -> Finding:
    passage = passages.whole_clauses(left, right, passage)
    aligned = align.align(left, right, passage)
    return Finding(
        "exact" if aligned.like == aligned.size else "near", left, right,
        _span(left, passage.left, passage.left_end), _span(right, passage.right, passage.right_end),
        aligned.like / aligned.size, passage.weight, aligned.shared, Counter(aligned.swapped),
    )  # fmt: skip


def _span(paper: Paper, start: int, end: int) -> Span:
    """With the bracket that opens it and the stop that closes it."""
    first, last = paper.at[start], paper.end(end - 1)
    opens, closes = paper.folded[first - 1 : first], paper.folded[last : last + 1]
    return Span(first - (opens != "" and opens in "(“‘《"), last + (closes != "" and closes in "。;!?)”’》"))


def _whole(left: Paper, right: Paper, found: Sequence[Passage], rules: ReuseRules) -> Finding | None:
    smaller = min(left.total, right.total)
    if smaller < rules.lengths.whole:
        return None
    weight = min(
        _covered(left, ((one.left, one.left_end) for one in found)),
        _covered(right, ((one.right, one.right_end) for one in found)),
    )
    if weight < rules.shares.renamed * smaller:
        return None
    aligned = [align.align(left, right, one) for one in found]
    swaps = Counter(swap for one in aligned for swap in one.swapped)
    renamed = align.even(swaps) if left.body != right.body else []
    if weight < rules.shares.whole * smaller and len(renamed) < rules.swaps.names:
        return None
    same = all(one.like == one.size for one in aligned) and left.folded == right.folded
    return Finding(
        "disguised" if renamed else "exact" if same else "near", left, right,
        Span(0, len(left.folded)), Span(0, len(right.folded)),
        min(1.0, weight / smaller), weight, tuple(pair for one in aligned for pair in one.shared), swaps,
    )  # fmt: skip


def _covered(paper: Paper, stretches: Iterable[tuple[int, int]]) -> int:
    """Characters that count in the stretches, each once."""
    total = reached = 0
    for start, end in sorted(stretches):
        total += paper.weight(max(start, reached), max(end, reached))
        reached = max(reached, end)
    return total


def nearest(found: Iterable[Finding]) -> list[Finding]:
    """Each passage of a report from one source only: the longest, and of equal ones the latest."""
    kept: list[Finding] = []
    taken: dict[tuple[int, int], list[Span]] = {}
    for one in sorted(found, key=_rank):
        spans = taken.setdefault((one.right.report, one.right.doc), [])
        if (
            one.kind == "disguised"
            or sum(_overlap(span, one.right_span) for span in spans) * 2 < one.right_span.end - one.right_span.start
        ):
            kept.append(one)
            spans.append(one.right_span)
    return kept


def _rank(one: Finding) -> tuple[object, ...]:
    year, day, report, doc = one.left.order
    return (one.kind != "disguised", -one.weight, -year, day, report, doc, one.right.order, one.right_span)


def place(one: Finding) -> tuple[object, ...]:
    """Reports under other names first, then what is longest."""
    return (one.kind != "disguised", -one.weight, one.right.order, one.right_span, one.left.order, one.left_span)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
