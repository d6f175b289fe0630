"""Passages of two papers: a shared fingerprint grows to the longest run of like characters, near runs join to a passage."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.comparison.reuse.fingerprints import GRAM, Prints
from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.rulefile import ReuseRules

_REPEATS = 4  # a wording that stands more often in one paper seeds no run
_SNAP = 8  # characters to the end of a clause over which a passage is made whole

Places = Mapping[int, Sequence[int]]  # fingerprint → where it stands in a paper


class Run(NamedTuple):
    """`size` like characters from `left` of one paper's content and `right` of the other's."""

    left: int
    right: int
    size: int


class Passage(NamedTuple):
    """Characters [left, left_end) of one paper and [right, right_end) of another; `weight` of them are shared and count."""

    left: int
    left_end: int
    right: int
    right_end: int
    weight: int
    runs: tuple[Run, ...]


def seeds(prints: Prints, telling: frozenset[int]) -> Prints:
    """The fingerprints of a paper that others have too, and that are not the genre's."""
    times = Counter(one for one in prints.hashes if one in telling)
    kept = [(one, place) for one, place in prints if 0 < times[one] <= _REPEATS]
    return Prints(array("I", [one for one, _ in kept]), array("I", [place for _, place in kept]))


def places(seeds: Prints) -> Places:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, place in seeds:
        found[one].append(place)
    return dict(found)


def find(left: Paper, right: Paper, places: Places, others: Prints, rules: ReuseRules) -> tuple[Passage, ...]:
    """Passages of at least a clause, in the order of `left`, whose seeds stand at `places`."""
    meetings = [(place, other) for one, other in others if one in places for place in places[one]]
    chains = (
        _passage(left, right, chain)
        for chain in _chains(_runs(left.content, right.content, meetings), rules.lengths.gap)
    )
    return tuple(passage for passage in chains if passage.weight >= rules.lengths.clause)


def _runs(left: str, right: str, meetings: Iterable[tuple[int, int]]) -> list[Run]:
    """Each meeting grown as far as both texts are alike, in order."""
    reached: dict[int, int] = {}  # diagonal → where its last run ends
    runs = []
    for i, j in sorted(meetings):
        if i < reached.get(i - j, 0) or left[i : i + GRAM] != right[j : j + GRAM]:
            continue
        back = ahead = 0
        while i - back > 0 and j - back > 0 and left[i - back - 1] == right[j - back - 1]:
            back += 1
        while i + ahead < len(left) and j + ahead < len(right) and left[i + ahead] == right[j + ahead]:
            ahead += 1
        reached[i - j] = i + ahead
        runs.append(Run(i - back, j - back, back + ahead))
    return sorted(runs)


def _chains(runs: Sequence[Run], gap: int) -> list[list[Run]]:
    """Runs that follow each other in both papers at no more than `gap`; a run belongs to the nearest chain."""
    chains: list[list[Run]] = []
    open_ = 0  # chains before this one ended too far back
    for run in runs:
        while open_ < len(chains) and chains[open_][-1].left + chains[open_][-1].size + gap < run.left:
            open_ += 1
        near = [chain for chain in chains[open_:] if _follows(chain[-1], run, gap)]
        if near:
            min(near, key=lambda chain: run.right - chain[-1].right).append(run)
        else:
            chains.append([run])
    return chains


def _follows(last: Run, run: Run, gap: int) -> bool:
    """A run may start a little inside the last one: 问题整改|整改问题."""
    ahead_left, ahead_right = run.left - last.left - last.size, run.right - last.right - last.size
    return all(-min(GRAM, last.size - 1) <= ahead <= gap for ahead in (ahead_left, ahead_right))


def _passage(left: Paper, right: Paper, runs: Sequence[Run]) -> Passage:
    weight = min(
        sum(left.weight(run.left, run.left + run.size) for run in runs),
        sum(right.weight(run.right, run.right + run.size) for run in runs),
    )
    return Passage(
        runs[0].left,
        max(run.left + run.size for run in runs),
        runs[0].right,
        max(run.right + run.size for run in runs),
        weight,
        tuple(runs),
    )


def trimmed(left: Paper, right: Paper, passage: Passage) -> Passage:
    """Without headings and formulas at either end; those at the head of the first line stay with it."""
    counted = [
        [n for n in range(run.size) if left.counts[run.left + n] and right.counts[run.right + n]]
        for run in passage.runs
    ]
    telling = [i for i, found in enumerate(counted) if found]
    if not telling:
        return passage
    runs = list(passage.runs[: telling[-1] + 1])
    runs[-1] = runs[-1]._replace(size=counted[telling[-1]][-1] + 1)
    runs = runs[telling[0] :]
    cut, first = counted[telling[0]][0], runs[0]
    while cut and not (_new_line(left, first.left + cut) or _new_line(right, first.right + cut)):
        cut -= 1
    runs[0] = Run(first.left + cut, first.right + cut, first.size - cut)
    return _passage(left, right, runs)


def _new_line(paper: Paper, index: int) -> bool:
    return "\n" in paper.before(index)


def whole_clauses(left: Paper, right: Paper, passage: Passage) -> Passage:
    """The passage from the head of a clause to the end of one: over a few more characters, else without a few."""
    first, last = passage.runs[0], passage.runs[-1]
    backward, forward = range(0, -_SNAP - 1, -1), range(_SNAP + 1)
    heads = _break(left, first.left, backward), _break(right, first.right, backward)
    ends = _break(left, passage.left_end, forward), _break(right, passage.right_end, forward)
    if None in heads:
        heads = _inside(left, right, first, range(first.size))
    if None in ends:
        ends = _inside(left, right, last, range(last.size, 0, -1))
    return passage._replace(left=heads[0] or 0, right=heads[1] or 0, left_end=ends[0] or 0, right_end=ends[1] or 0)


def _break(paper: Paper, index: int, steps: range) -> int | None:
    """The first place at which a clause ends."""
    return next((index + step for step in steps if paper.breaks(index + step)), None)


def _inside(left: Paper, right: Paper, run: Run, steps: range) -> tuple[int, int]:
    """The first of `steps` into the run at which a clause ends in both papers, else the end of the run itself."""
    met = (n for n in steps if left.breaks(run.left + n) and right.breaks(run.right + n))
    step = next(met, steps[0])
    return run.left + step, run.right + step
