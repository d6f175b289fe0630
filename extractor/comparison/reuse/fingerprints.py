"""Winnowed fingerprints (Schleimer, Wilkerson and Aiken, 2003) of papers, and which papers share them.

Of every WINDOW neighbouring runs of GRAM characters the one of the least hash is kept, so that two papers which share
GRAM + WINDOW - 1 characters in a row share a fingerprint. A fingerprint of many bodies or reports is the genre's.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from zlib import crc32

from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.rulefile import ReuseRules

GRAM = 8
WINDOW = 6
_EVIDENCE = 1.0  # the least weight of a pair that is looked at: one fingerprint that nobody else has weighs 1


@dataclass(frozen=True)
class Prints:
    """Of one paper: parallel hashes and the places in its content."""

    hashes: array[int]
    places: array[int]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.hashes, self.places, strict=True)


@dataclass(frozen=True)
class Shared:
    """`common` hashes are the genre's, `telling` ones those that some papers have together; `pairs` have such."""

    common: frozenset[int]
    telling: frozenset[int]
    pairs: Sequence[tuple[int, int]]


def winnow(content: str) -> Prints:
    raw = memoryview(content.encode("utf-32-le"))
    step = 4 * GRAM
    marked = [crc32(raw[i : i + step]) << 32 | i // 4 for i in range(0, len(raw) - step + 1, 4)]
    kept = (
        sorted({min(marked[i : i + WINDOW]) & 0xFFFFFFFF for i in range(max(1, len(marked) - WINDOW + 1))})
        if marked
        else []
    )
    return Prints(array("I", [marked[i] >> 32 for i in kept]), array("I", kept))


def shared(papers: Sequence[Paper], prints: Sequence[Prints], rules: ReuseRules) -> Shared:
    bodies = sorted({paper.body for paper in papers})
    number = {body: i for i, body in enumerate(bodies)}
    owner = [number[paper.body] for paper in papers]
    most_bodies, most_papers = rules.common.bodies.of(len(bodies)), rules.common.reports.of(len(papers))
    common: set[int] = set()
    telling: set[int] = set()
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one, group in groupby(_postings(prints), key=lambda posting: posting >> 32):
        holders = [posting & 0xFFFFFFFF for posting in group]
        if len(holders) == 1:
            continue
        owners = len({owner[i] for i in holders})
        if owners > most_bodies or len(holders) > most_papers:
            common.add(one)
            continue
        telling.add(one)
        for pair in combinations(holders, 2):
            weights[pair] += 1 / max(1, owners - 1)
    return Shared(
        frozenset(common), frozenset(telling), sorted(pair for pair, weight in weights.items() if weight >= _EVIDENCE)
    )


def _postings(prints: Sequence[Prints]) -> list[int]:
    """hash << 32 | paper, each once, in order."""
    return sorted({one << 32 | i for i, each in enumerate(prints) for one in set(each.hashes)})


def silence(paper: Paper, prints: Prints, common: frozenset[int]) -> None:
    """What is the genre's counts nothing from now on."""
    for one, place in prints:
        if one in common:
            paper.counts[place : place + GRAM] = bytes(GRAM)
