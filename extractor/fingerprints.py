"""A name for a record that is the same as long as its words and their sentence are, wherever they stand in the file.

A person's verdict on a record is kept under it. Kind, words, the sentence around them (in a table: the labels of the
cell) and a count of those that are alike make it, all folded and without blanks; neither offsets nor rule nor value, so
that it outlives a better rule: who keeps a verdict keeps the value that was judged beside it. Checks bring their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

import regex

from extractor.records import Record, Report
from extractor.text import fold

KINDS = ("headings", "dates", "quantities", "problems", "measures")
_STOP = regex.compile(r"[。！？!?；;\n]")


def fingerprint(*words: object) -> str:
    """16 hexadecimal digits, the same for the same words in the same order."""
    return sha256("\0".join(map(str, words)).encode()).hexdigest()[:16]


def fingerprints(report: Report) -> dict[str, tuple[str, ...]]:
    """By kind of record, parallel to the report's list of it: 16 hexadecimal digits each."""
    contexts = _Contexts(report)
    own = {kind: tuple(_named(kind, getattr(report, kind), contexts)) for kind in KINDS}
    return own | {"checks": tuple(check.fingerprint for check in report.checks)}


def _named(kind: str, records: Sequence[Record], contexts: _Contexts) -> Iterator[str]:
    seen: Counter[tuple[str, ...]] = Counter()
    for record in records:
        key = (kind, _plain(record.text), contexts.of(record))
        seen[key] += 1
        yield fingerprint(*key, seen[key])


class _Contexts:
    """The words that a record stands in."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.texts = [document.text for document in report.documents]
        self.stops = [[match.start() for match in _STOP.finditer(text)] for text in self.texts]

    def of(self, record: Record) -> str:
        cell = getattr(record, "cell", None)
        if cell is not None and cell.table < len(self.report.tables):
            labels = self.report.tables[cell.table].labels[cell.row][cell.column]
            if labels:
                return _plain("/".join((*labels.row, *labels.column)))
        return _plain(self.sentence(record))

    def sentence(self, record: Record) -> str:
        """From the stop before the record to the one after it."""
        stops = self.stops[record.doc]
        before = bisect_left(stops, record.span.start)
        after = bisect_right(stops, record.span.end - 1)
        start = stops[before - 1] + 1 if before else 0
        return self.texts[record.doc][start : stops[after] if after < len(stops) else None]


def _plain(words: str) -> str:
    return "".join(fold(words).split())
