"""What the words about a figure say of its time: achieved in the year, summed over a period, or planned.

A section has the scope that its heading says, until the opening of a sentence says another; in a clause the last word
before the figure decides. What is there by the end of a period (达到, 占比) was achieved in its last year too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.comparison.indicators.rulefile import IndicatorRules, ScopeRule, SectionScope
from extractor.comparison.records import Scope
from extractor.records import Document, Heading

_OPENING = 30  # characters of a sentence that are its opening
_SENTENCE = regex.compile(r"[^。!?;\n]++")


class Sentence(NamedTuple):
    """`scope` is what holds at its beginning; `backward` says that its section looks back."""

    start: int
    end: int
    scope: SectionScope
    backward: bool
    heading: str


class _Section(NamedTuple):
    start: int
    scope: SectionScope | None
    title: str
    level: int


def sentences(text: str, document: Document, headings: Sequence[Heading], starts: Sequence[int],
              rules: IndicatorRules) -> Iterator[Sentence]:  # fmt: skip
    """The sentences of a document; `text` is what offsets count in, `starts` where the headings begin in it."""
    default: SectionScope = of_title(document.title, rules)
    sections = list(_sections(headings, starts, rules))
    open_: list[_Section] = []
    state: SectionScope = default
    section: SectionScope = default
    at = 0
    for match in _SENTENCE.finditer(text):
        while at < len(sections) and sections[at].start <= match.start() + 4:
            open_ = [*(one for one in open_ if one.level < sections[at].level), sections[at]]
            scope = next((one.scope for one in reversed(open_) if one.scope), default)
            if sections[at].scope or (scope == "target") != (section == "target"):
                state = scope
            section = scope
            at += 1
        opening = _found("opening", match.group()[:_OPENING], rules)
        if opening and section != "none" and not (section == "target" and opening.scope != "target" and len(open_) > 1):
            state = opening.scope
        yield Sentence(
            match.start(), match.end(), state, section in ("achieved", "period") and bool(open_),
            open_[-1].title if open_ else "",
        )  # fmt: skip


def _sections(headings: Sequence[Heading], starts: Sequence[int], rules: IndicatorRules) -> Iterator[_Section]:
    for heading, start in zip(headings, starts, strict=True):
        found = _found("heading", heading.title, rules) if heading.marker and heading.level < 3 else None
        yield _Section(start, found.scope if found else None, heading.title, heading.level)


def _found(place: str, text: str, rules: IndicatorRules) -> ScopeRule | None:
    """The rule that the text speaks by: the last of an opening, the first of the file for a title."""
    said = [(rule, match) for rule in rules.scope if rule.place == place and (match := rule.pattern.search(text))]
    if not said:
        return None
    return max(said, key=lambda one: one[1].start())[0] if place == "opening" else said[0][0]


def of_title(title: str, rules: IndicatorRules) -> Scope:
    found = _found("title", title, rules)
    return found.scope if found and found.scope != "none" else "achieved"


def of_clause(text: str, start: int, at: int, sentence: Sentence, rules: IndicatorRules) -> SectionScope:
    """The scope of a figure at `at`, whose clause begins at `start`."""
    last, scope = -1, sentence.scope
    for rule in rules.scope:
        if rule.place != "clause" or (rule.weak and sentence.backward):
            continue
        begin = start if rule.scope != "target" else sentence.start
        for match in rule.pattern.finditer(text, begin, at):
            if match.end() > last:
                last, scope = match.end(), rule.scope
    return "target" if sentence.scope == "target" else scope
