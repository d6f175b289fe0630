"""Is a report the same as another, in another format? And which of the two is read."""

from __future__ import annotations

import regex
from rapidfuzz import fuzz

from extractor.comparison.library import Library
from extractor.comparison.naming import SeriesRules
from extractor.rules import Rules
from extractor.text import fold

_WORDS = regex.compile(r"[^\p{Han}]+")
_FIGURES = regex.compile(r"\d+")
ALIKE, ALIKE_SCAN = 98.0, 90.0  # percent of the characters; a scan is misread here and there


def same(library: Library, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two documents (report, doc) have the same words and, where neither is a scan, the same figures?"""
    left, right = (fold(library.document(*at).text) for at in (one, other))
    scanned = _scanned(library, one) or _scanned(library, other)
    if not scanned and sorted(_FIGURES.findall(left)) != sorted(_FIGURES.findall(right)):
        return False
    least = ALIKE_SCAN if scanned else ALIKE
    return bool(fuzz.ratio(_WORDS.sub("", left), _WORDS.sub("", right), score_cutoff=least))


def rank(library: Library, at: tuple[int, int], rules: Rules) -> tuple[int, int, str]:
    """The lowest is taken: the order of formats in series.toml, then the longer text, then the path."""
    order = rules.of(SeriesRules).prefer
    source = library.reports[at[0]].source
    format = "scan" if _scanned(library, at) else source.format
    place = order.index(format) if format in order else len(order)
    return place, -len(library.document(*at).text), library.given[at[0]].file


def _scanned(library: Library, at: tuple[int, int]) -> bool:
    return any(run.ocr is not None for run in library.document(*at).runs)
