"""One report that was given more than once: in two formats, or by two sites that cut and set it in their own ways.

Of a series every difference must be told (`comparison/twins.py`); here copies of one report may only not pass for reuse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from zlib import crc32

import regex

from extractor.comparison.reuse.fingerprints import Prints
from extractor.comparison.reuse.paper import Paper
from extractor.comparison.reuse.rulefile import ReuseRules

_CLAUSE = regex.compile(r"[\p{Han}A-Za-z\d]{6,}")
_SKETCH = 4  # least fingerprints by which texts that are nearly the same meet


def once(papers: Sequence[Paper], prints: Sequence[Prints], rules: ReuseRules) -> list[int]:
    """Indices of the papers without those that an earlier one is already."""
    kept: list[int] = []
    met: defaultdict[Hashable, list[int]] = defaultdict(list)
    clauses = cache(lambda i: frozenset(crc32(m[0].encode()) for m in _CLAUSE.finditer(papers[i].folded)))
    for i, paper in enumerate(papers):
        keys = list(_keys(paper, prints[i]))
        before = sorted({j for key in keys for j in met[key]})
        if any(_same(paper, papers[j], clauses(i), clauses(j), rules) for j in before):
            continue
        kept.append(i)
        for key in keys:
            met[key].append(i)
    return kept


def _keys(paper: Paper, prints: Prints) -> Iterator[Hashable]:
    if paper.title:
        yield paper.title, paper.year
    yield from sorted(set(prints.hashes))[:_SKETCH]


def _same(one: Paper, other: Paper, mine: frozenset[int], theirs: frozenset[int], rules: ReuseRules) -> bool:
    """Names are not masked here: a copy under another name has other clauses, and another body or year."""
    if one.report == other.report or (one.year and other.year and one.year != other.year) or not (mine and theirs):
        return False
    both = len(mine & theirs)
    if one.title and one.title == other.title and both >= rules.shares.titled * min(len(mine), len(theirs)):
        return True
    return both >= rules.shares.twice * max(len(mine), len(theirs))
