"""A document as it is compared: its characters without punctuation, each name, date and figure one MASK.

So "2021年9月底前，岚溪县" and "2022年6月底前,青川县" are the same characters, however the two were set. `at` leads
back to the text. What counts (`counts`) are the characters that a writer chose: no mask, no heading, no formula.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import regex

from extractor.comparison.reuse import names
from extractor.comparison.reuse.rulefile import Kind, ReuseRules
from extractor.found import Found
from extractor.records import Report
from extractor.rules import scan
from extractor.text import Span, between, fold

MASK = "_"
_CONTENT = regex.compile(r"[\p{Han}A-Za-z]+|(?P<figure>[\d〇][\d〇.,%]*)")
_STOPS = {"words": "", "clause": ",。;!?\n", "sentence": "。;\n"}
_UNDATED = regex.compile(r"[\d〇年度\s]+")


@dataclass(frozen=True)
class Paper:
    """`masks` leads from the index of a MASK to the words it stands for; `counts` has a 1 for what counts."""

    report: int
    doc: int
    folded: str
    title: str
    body: str
    year: int | None
    day: str
    content: str
    at: array[int]
    masks: dict[int, tuple[Kind, Span]]
    counts: bytearray

    @cached_property
    def order(self) -> tuple[int, str, int, int]:
        """The earlier paper first; one without a year last."""
        return (self.year or 9999, self.day, self.report, self.doc)

    @cached_property
    def weights(self) -> array[int]:
        return array("I", accumulate(self.counts, initial=0))

    def weight(self, start: int, end: int) -> int:
        return self.weights[end] - self.weights[start]

    @cached_property
    def _masked(self) -> list[int]:
        return sorted(self.masks)

    def masked(self, start: int, end: int) -> list[int]:
        """Indices of the masks in [start, end)."""
        return self._masked[bisect_left(self._masked, start) : bisect_left(self._masked, end)]

    @property
    def total(self) -> int:
        return self.weights[-1]

    def before(self, index: int) -> str:
        """The punctuation and blanks before the character at `index`."""
        return self.folded[self.end(index - 1) if index else 0 : self.at[index]]

    def breaks(self, index: int) -> bool:
        """Does a clause, a line or the text end before the character at `index`?"""
        if index <= 0 or index >= len(self.content):
            return index in (0, len(self.content))
        return bool(self.before(index).strip(" "))

    def end(self, index: int) -> int:
        """Where in the text the character at `index` ends."""
        return self.masks[index][1].end if index in self.masks else self.at[index] + 1


def read(report: Report, index: int, doc: int, rules: ReuseRules) -> Paper:
    document = report.documents[doc]
    folded = fold(document.text)
    named = names.find(folded, rules)
    hidden = _hidden(report, doc, named)
    content, at, masks = _content(folded, hidden)
    counts = bytearray(character != MASK for character in content)
    for span in _idle(report, doc, folded, rules):
        _silence(counts, at, span)
    return Paper(
        index, doc, folded, "".join(fold(document.title).split()), _body(document.title, document.issuer, rules, index),
        document.year, _day(report, doc), content, at, masks, counts,
    )  # fmt: skip


def _hidden(report: Report, doc: int, named: Sequence[names.Name]) -> list[tuple[Kind, Span]]:
    """In order, none overlapping: what the report found to be a date or a quantity goes before a name."""
    found: list[tuple[int, Kind, Span]] = [
        (0, "date", Span(r.span.start, r.span.end)) for r in report.dates if r.doc == doc
    ]
    found += [(1, "figure", Span(r.span.start, r.span.end)) for r in report.quantities if r.doc == doc]
    found += [(2, name.kind, name.span) for name in named]
    kept: list[tuple[Kind, Span]] = []
    for _, kind, span in sorted(found, key=lambda item: (item[2].start, item[0], -item[2].end)):
        if not kept or span.start >= kept[-1][1].end:
            kept.append((kind, span))
    return kept


def _content(folded: str, hidden: Sequence[tuple[Kind, Span]]) -> tuple[str, array[int], dict[int, tuple[Kind, Span]]]:
    parts: list[str] = []
    at = array("I")
    masks: dict[int, tuple[Kind, Span]] = {}

    def mask(kind: Kind, span: Span) -> None:
        masks[len(at)] = (kind, span)
        parts.append(MASK)
        at.append(span.start)

    last = 0
    for hide in (*hidden, None):
        for match in _CONTENT.finditer(folded, last, hide[1].start if hide else len(folded)):
            if match["figure"]:
                mask("figure", Span(*match.span()))
            else:
                parts.append(match[0])
                at.extend(range(*match.span()))
        if hide:
            mask(*hide)
            last = hide[1].end
    return "".join(parts), at, masks


def _idle(report: Report, doc: int, folded: str, rules: ReuseRules) -> Iterator[Span]:
    """What says nothing of its writer: headings, problems (the inspectors' words), formulas, quoted names."""
    for record in (*report.headings, *report.problems):
        if record.doc == doc:
            yield Span(record.span.start, record.span.end)
    yield from (found.span for found in formulas(folded, rules))


def formulas(folded: str, rules: ReuseRules) -> Iterator[Found]:
    """Rule by rule; those that reach over a clause claim it once."""
    for rule in rules.idle:
        end = 0
        for match in scan(rule.pattern, folded):
            if match.start() >= end:
                stops = _STOPS[rule.reach]
                span = between(folded, match.start(), match.end(), stops) if stops else Span(*match.span())
                end = span.end
                yield Found(span, rule.id)


def _silence(counts: bytearray, at: array[int], span: Span) -> None:
    start, end = bisect_left(at, span.start), bisect_left(at, span.end)
    counts[start:end] = bytes(end - start)


def _body(title: str, issuer: str | None, rules: ReuseRules, index: int) -> str:
    """Whose paper it is: the first names in its title, else its issuer, else the title without the year."""
    folded = fold(title)
    named = [name.span for name in names.find(folded, rules) if name.kind != "person"]
    for i, span in enumerate(named):
        if i + 1 == len(named) or named[i + 1].start != span.end:
            return folded[named[0].start : span.end]
    return issuer or _UNDATED.sub("", folded) or str(index)


def _day(report: Report, doc: int) -> str:
    """The last full date of a document, which is the one it is signed with, if any."""
    days = [date.value for date in report.dates if date.doc == doc and len(date.value) == len("2020-01-01")]
    return days[-1] if days else ""
