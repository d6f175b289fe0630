"""The reports of a comparison, and where words of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from extractor.comparison.records import Compared, Place
from extractor.placing import pieces
from extractor.records import Document, Report, Span

_SENTENCE = regex.compile(r"[^\n。！？；;]*+[。！？；;]?+”?+")
LONGEST_QUOTE = 300


class Given(NamedTuple):
    """A report and the path that it is known by. `chosen`: given by itself, not found in a folder or an archive."""

    file: str
    report: Report
    chosen: bool = True


class Library:
    """All that is compared; `report` and `doc` are indices, as in the records of a comparison."""

    def __init__(self, given: Sequence[Given]) -> None:
        self.given = given
        self.reports = tuple(one.report for one in given)

    def document(self, report: int, doc: int) -> Document:
        return self.reports[report].documents[doc]

    def place(self, report: int, doc: int, span: Span) -> Place:
        document = self.document(report, doc)
        return Place(
            report=report, doc=doc, text=document.text[span.start : span.end], span=span,
            source=pieces(document.runs, span.start, span.end), quote=sentence(document.text, span),
        )  # fmt: skip

    @cached_property
    def compared(self) -> tuple[Compared, ...]:
        return tuple(
            Compared(
                file=file,
                format=report.source.format,
                sha256=report.source.sha256,
                title=report.documents[0].title if report.documents else "",
                issuer=report.documents[0].issuer if report.documents else None,
            )
            for file, report, _ in self.given
        )


def sentence(text: str, span: Span) -> str:
    """The sentences (or the line) that hold `span`, cut to LONGEST_QUOTE."""
    line = text.rfind("\n", 0, span.start) + 1
    start = max(line, *(text.rfind(stop, line, span.start) + 1 for stop in "。！？；;"))
    found = _SENTENCE.match(text, max(span.end - 1, start))
    end = found.end() if found else span.end
    return text[start : max(end, span.end)].strip()[:LONGEST_QUOTE]
