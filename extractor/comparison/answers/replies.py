"""What a report answers with: the problems that it states, else its headings and the measures under them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.comparison.answers.rulefile import AnswerRules
from extractor.comparison.library import Library
from extractor.comparison.stated import stated
from extractor.records import Measure, Report, Span
from extractor.text import fold

_LEAD = regex.compile(r"[^。;:,\n]*")


class Reply(NamedTuple):
    """`restated` says that `words` state the problem again; headings and measures say what was done about it.

    `said` is what a finding is looked for in: of a heading not all that stands in the chapter under it.
    """

    span: Span
    words: str
    measures: tuple[Measure, ...]
    restated: bool
    leads: str = ""

    @property
    def said(self) -> str:
        return self.leads or self.text

    @property
    def text(self) -> str:
        return "\n".join((self.words, *(fold(measure.text) for measure in self.measures)))


def read(library: Library, report: int, doc: int, rules: AnswerRules) -> list[Reply]:
    """In the order of the document."""
    problems = stated(library, library.document(report, doc).year or 0, report, doc)
    if problems:
        return [Reply(one.problem.span, fold(one.words), one.measures, True) for one in problems]
    return list(_of_headings(library.reports[report], doc, rules))


def _of_headings(report: Report, doc: int, rules: AnswerRules) -> Iterator[Reply]:
    headings = [heading for heading in report.headings if heading.doc == doc]
    measures = [measure for measure in report.measures if measure.doc == doc]
    apart = 0  # the level of the chapter that answers nothing, 0 in one that does
    for i, heading in enumerate(headings):
        if not apart or heading.level <= apart:
            apart = heading.level if rules.says("apart", fold(heading.title)) else 0
        if apart:
            continue
        end = next((one.span.start for one in headings[i + 1 :] if one.level <= heading.level), None)
        under = [
            one for one in measures if one.span.start >= heading.span.start and (end is None or one.span.start < end)
        ]
        own = [one for one in under if heading.body.start <= one.span.start < heading.body.end]
        leads = "\n".join((fold(heading.title), *map(_lead, own)))
        yield Reply(heading.span, fold(heading.title), tuple(under), False, leads)
        yield from (Reply(one.span, _lead(one), (one,), False) for one in own)


def _lead(measure: Measure) -> str:
    """What a measure is about: the first clause of a numbered one, else the whole sentence."""
    words = fold(measure.text)
    lead = _LEAD.match(words) if measure.marker else None
    return lead.group() if lead else words
