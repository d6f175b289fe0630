"""The findings of a feedback: its problem records, else the items of its chapter on problems, else those of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.comparison.answers.rulefile import AnswerRules
from extractor.records import Heading, Report, Span
from extractor.text import fold

_PARAGRAPH = regex.compile(r"[^\n]+")
_FIGURE = regex.compile(r"\d")
_SENTENCE = regex.compile(r"[^。\n]+")
_POINT = regex.compile(r"[^。;\n]+")
CLAUSE = regex.compile(r"[^,;]+")
_EDGES = " \n。;,:、"


class Finding(NamedTuple):
    """`topic` is the heading over it, or the first clause of those that stand together between semicolons."""

    span: Span
    text: str
    topic: str


def read(report: Report, doc: int, rules: AnswerRules, defect: regex.Pattern[str]) -> list[Finding]:
    """In the order of the document. `defect` are words that say that something is wanting."""
    text = fold(report.documents[doc].text)
    problems = [problem for problem in report.problems if problem.doc == doc]
    over = {problem.parent for problem in problems}
    if problems:
        return [
            Finding(problem.span, fold(problem.text), problem.parent or "")
            for problem in problems
            if problem.text not in over
        ]
    headings = [heading for heading in report.headings if heading.doc == doc]
    spans = _chapters(headings, len(text), rules)
    found = [one for span in spans for one in _of_chapter(text, span, headings, rules, defect)]
    return found or list(_of_lead(text, rules, defect))


def _chapters(headings: Sequence[Heading], end: int, rules: AnswerRules) -> Iterator[Span]:
    """From a heading that announces problems to the next one that is not under it."""
    last = 0
    for i, heading in enumerate(headings):
        if heading.span.start >= last and rules.says("chapter", fold(heading.title)):
            last = next((other.span.start for other in headings[i + 1 :] if other.level <= heading.level), end)
            yield Span(start=heading.span.end, end=last)


def _of_chapter(
    text: str, chapter: Span, headings: Sequence[Heading], rules: AnswerRules, defect: regex.Pattern[str]
) -> Iterator[Finding]:
    """What stands under each heading; the heading itself where nothing does, or nothing but its details."""
    inside = [heading for heading in headings if chapter.start <= heading.span.start < chapter.end]
    opening = Span(start=chapter.start, end=inside[0].span.start if inside else chapter.end)
    yield from _numbered(text, opening, "", rules) or _plain(text, opening, "", rules)
    for i, heading in enumerate(inside):
        title = fold(heading.title)
        points = _numbered(text, heading.body, title, rules)
        if not points:
            points = _plain(text, heading.body, title, rules)
            states = defect.search(title) is not None  # and its body tells the case: 3个项目未编入预算
            points = [point for point in points if not (states and _FIGURE.search(point.text))]
        yield from points
        leaf = i + 1 == len(inside) or inside[i + 1].level <= heading.level
        if leaf and not points:
            yield Finding(_trimmed(text, heading.span.start + len(heading.marker), heading.span.end), title, "")


def _numbered(text: str, body: Span, topic: str, rules: AnswerRules) -> list[Finding]:
    """一是…；二是…, each up to its first stop."""
    marks = rules.patterns["item"].finditer(text, body.start, body.end)
    return list(_points(text, (mark.end() for mark in marks), body.end, topic, rules))


def _plain(text: str, body: Span, topic: str, rules: AnswerRules) -> list[Finding]:
    """Its sentences."""
    points = _POINT.finditer(text, body.start, body.end)
    return list(_points(text, (point.start() for point in points), body.end, topic, rules))


def _points(text: str, starts: Iterable[int], end: int, topic: str, rules: AnswerRules) -> Iterator[Finding]:
    """From each start to the next stop, where that is no detail."""
    for start in starts:
        point = _POINT.match(text, start, end)
        span = _trimmed(text, start, point.end()) if point else Span(start=start, end=start)
        words = text[span.start : span.end]
        if words and not rules.says("detail", words):
            yield Finding(span, words, topic)


def _of_lead(text: str, rules: AnswerRules, defect: regex.Pattern[str]) -> Iterator[Finding]:
    """巡视发现了一些问题，主要是：…: what is numbered after it in its paragraph, else the clauses of its sentence."""
    for paragraph in _PARAGRAPH.finditer(text):
        lead = rules.patterns["lead"].search(text, paragraph.start(), paragraph.end())
        if lead:
            numbered = _numbered(text, Span(start=lead.end(), end=paragraph.end()), "", rules)
            sentence = _SENTENCE.match(text, lead.end(), paragraph.end())
            end = sentence.end() if sentence else lead.end()
            yield from numbered if len(numbered) > 1 else _clauses(text, Span(start=lead.end(), end=end), defect)


def _clauses(text: str, sentence: Span, defect: regex.Pattern[str]) -> Iterator[Finding]:
    """Clauses, each up to a word of what is wanting."""
    start, topic = sentence.start, ""
    for clause in CLAUSE.finditer(text, sentence.start, sentence.end):
        ends = text[clause.end() : clause.end() + 1] == ";"
        if ends or defect.search(clause.group()):
            span = _trimmed(text, start, clause.end())
            words = text[span.start : span.end]
            yield Finding(span, words, topic)
            start, topic = clause.end(), "" if ends else topic or words


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(
        start=start + len(words) - len(words.lstrip(_EDGES)),
        end=max(start, end - len(words) + len(words.rstrip(_EDGES))),
    )
