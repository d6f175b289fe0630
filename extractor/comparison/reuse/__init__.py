"""Reuse (照抄): passages that were copied from an earlier report or from another body's, and reports under other names.

papers: the characters of each document, names, dates and figures masked → fingerprints → pairs that share some which
are not the genre's → runs of like characters → passages, or the whole. Only pairs that share fingerprints are looked
at, so that the time grows with the text and with what was copied, not with the square of the reports.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter

from extractor.comparison.library import Library
from extractor.comparison.records import Reuse, Swap
from extractor.comparison.reuse import fingerprints, pairs, paper, passages, repeated
from extractor.comparison.reuse.align import Swapped
from extractor.comparison.reuse.pairs import Finding, Part
from extractor.comparison.reuse.rulefile import ReuseRules
from extractor.fingerprints import fingerprint
from extractor.records import Span
from extractor.rules import Rules


def find(library: Library, rules: Rules) -> tuple[Reuse, ...]:
    """Whole reports first, then the longest passages. A report that is there twice is compared once."""
    known = rules.of(ReuseRules)
    papers = [
        paper.read(report, i, doc, known)
        for i, report in enumerate(library.reports)
        for doc in range(len(report.documents))
    ]
    papers.sort(key=lambda one: one.order)
    prints = [fingerprints.winnow(one.content) for one in papers]
    kept = repeated.once(papers, prints, known)
    papers, prints = [papers[i] for i in kept], [prints[i] for i in kept]
    shared = fingerprints.shared(papers, prints, known)
    for one, its in zip(papers, prints, strict=True):
        fingerprints.silence(one, its, shared.common)
    seeds = [passages.seeds(its, shared.telling) for its in prints]
    found: list[Part] = []
    for left, group in groupby(shared.pairs, key=itemgetter(0)):
        places = passages.places(seeds[left])
        for _, right in group:
            if papers[left].report != papers[right].report:
                found += pairs.compare(papers[left], papers[right], places, seeds[right], known)
    return tuple(_record(library, one, known) for one in sorted(pairs.nearest(found, known), key=pairs.place))


def _record(library: Library, found: Finding, rules: ReuseRules) -> Reuse:
    left, right = (
        library.place(one.report, one.doc, Span(start=span.start, end=span.end))
        for one, span in ((found.left, found.left_span), (found.right, found.right_span))
    )
    sources = (library.reports[place.report].source.sha256 for place in (left, right))
    return Reuse(
        kind=found.kind,
        left=left,
        right=right,
        similarity=round(found.similarity, 3),
        shared=tuple(
            (Span(start=one.start, end=one.end), Span(start=other.start, end=other.end)) for one, other in found.shared
        ),
        swaps=_swaps(found.swaps, rules.swaps.shown),
        fingerprint=fingerprint(found.kind, *sources, left.text, right.text),
    )


def _swaps(swaps: Counter[Swapped], shown: int) -> tuple[Swap, ...]:
    """Names first, and what was swapped most often."""
    ranked = sorted(swaps.items(), key=lambda item: (item[0].kind in ("date", "figure"), -item[1], item[0]))
    return tuple(Swap(kind=one.kind, left=one.left, right=one.right, times=n) for one, n in ranked[:shown])
