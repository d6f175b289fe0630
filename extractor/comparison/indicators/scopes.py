"""What the words about a figure say of its time: achieved in the year, summed over a period, or planned.

A report looks back and then ahead, so a section has the scope of its heading, or else that of the section before, until
a paragraph opens with other words; in a clause the last word before the figure decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractor.comparison.indicators.rulefile import IndicatorRules, ScopeRule, SectionScope
from extractor.comparison.records import Scope
from extractor.records import Document, Heading

_OPENING = 30  # characters of a sentence that are its opening
_BRIEF = 8  # what a paragraph may say before its opening sentence: 各位代表!
_SENTENCE = regex.compile(r"[^。!?;\n]++")
_MARK = regex.compile(r"^[-—\s]*(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、)?")
_YEAR = regex.compile(r"(?:19|20)\d\d(?=年)")
_AGAINST = regex.compile(r"[比较与]((?:19|20)\d\d)年(?:相比)?")
_PLAN = regex.compile(r"“十([一二三四五六七八九]?)五”")
_PLANS = "一二三四五六七八九"


class Sentence(NamedTuple):
    """`scope` is what holds at its beginning; `backward` says that its section looks back."""

    start: int
    end: int
    scope: SectionScope
    backward: bool
    heading: str


class _Spoken(NamedTuple):
    """A scope that words have set, at a heading of `level`."""

    scope: SectionScope
    level: int


class Years(NamedTuple):
    """The year that a paper calls 今年, and the one that it plans, which is a later one in a 总结."""

    now: int | None
    planned: int | None


def years(document: Document, headings: Sequence[Heading], rules: IndicatorRules) -> Years:
    now = document.year
    if now is None:
        return Years(None, None)
    titles = [heading.title for heading in headings]
    ahead = any(f"{now + 1}年" in title or rules.shapes["ahead"].search(title) for title in titles)
    return Years(now, now + 1 if ahead or rules.shapes["looks-back"].search(document.title) else now)


def sentences(
    text: str, document: Document, headings: Sequence[Heading], starts: Sequence[int], rules: IndicatorRules
) -> Iterator[Sentence]:
    """The sentences of a document; `text` is what offsets count in, `starts` where the headings begin in it."""
    when = years(document, headings, rules)
    open_: list[_Spoken] = [_Spoken(of_title(document.title, rules), 0)]
    paragraph: SectionScope | None = None
    title, looks_back = "", False
    at = 0
    for match in _SENTENCE.finditer(text):
        start = match.start()
        if text[start - 1 : start] == "\n":
            paragraph = None
        spoken = False
        while at < len(headings) and starts[at] <= start + 4:
            title, paragraph = headings[at].title, None
            spoken = _enter(open_, headings[at], when, rules)
            looks_back = looks_back or (spoken and open_[-1].scope in ("achieved", "period"))
            at += 1
        said = None if spoken else _opening(match.group(), open_[-1].scope, when.planned, rules)
        if said and open_[-1].scope != "target" and _opens(text, start):
            open_[-1] = open_[-1]._replace(scope=said)
        elif said:
            paragraph = said
        scope = paragraph or open_[-1].scope
        yield Sentence(start, match.end(), scope, looks_back and scope != "target", title)


def _enter(open_: list[_Spoken], heading: Heading, when: Years, rules: IndicatorRules) -> bool:
    """Close the sections that `heading` ends; open one if its words say a scope."""
    level = heading.level
    while len(open_) > 1 and open_[-1].level >= level:
        closed = open_.pop()
        if closed.level == 1:
            open_[-1] = open_[-1]._replace(scope=closed.scope)  # an unspoken part goes on as the one before
    found = _found("heading", heading.title, rules) if level < 4 else None
    if found is None or (found.weak and open_[-1].scope != "achieved"):
        return False
    open_.append(_Spoken(_dated(found.scope, heading.title.replace("今年", f"{when.now}年"), when.planned), level))
    return True


def _opens(text: str, start: int) -> bool:
    """Does a paragraph open here, or has it only been addressed (各位代表!)?"""
    return start - (text.rfind("\n", 0, start) + 1) <= _BRIEF


def _opening(sentence: str, scope: SectionScope, year: int | None, rules: IndicatorRules) -> SectionScope | None:
    opening = _MARK.sub("", sentence[: 2 * _OPENING])[:_OPENING]
    found = _found("opening", opening, rules)
    if found is None:
        return None
    said = _dated(found.scope, opening, year)
    return None if found.weak and scope == "target" else said


def _dated(scope: SectionScope, words: str, year: int | None) -> SectionScope:
    """A five-year plan that has not begun in the report's year is planned (“十五五” in 2026), a year before it is past;
    what is held against the year before (比2022年) is of the year."""
    against = _AGAINST.fullmatch(words)
    if against and year and int(against[1]) >= year - 2:
        return "achieved"
    named = _YEAR.findall(words)
    if scope == "target" and year and named and max(map(int, named)) < year:
        return "achieved"
    plan = _PLAN.search(words)
    begins = 2001 + 5 * (_PLANS.find(plan[1]) + 1 if plan[1] else 0) if plan else None
    return "target" if scope == "period" and begins and year and begins >= year else scope


def _found(place: str, text: str, rules: IndicatorRules) -> ScopeRule | None:
    """The first rule of the file whose pattern is in the text."""
    if place not in rules.spoken or not rules.spoken[place].search(text):
        return None
    return next((rule for rule in rules.scope if rule.place == place and rule.pattern.search(text)), None)


@cache
def _last_year(year: int) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![比较自从由到至]){year - 1}年(?!以来|起)")


def of_title(title: str, rules: IndicatorRules) -> Scope:
    found = _found("title", title, rules)
    return found.scope if found and found.scope != "none" else "achieved"


class Cue(NamedTuple):
    """Words of a sentence that say a scope, and where they stand."""

    start: int
    end: int
    scope: SectionScope
    yields: bool = False


def cues(text: str, sentence: Sentence, year: int | None, rules: IndicatorRules) -> list[Cue]:
    """All of a sentence, in the order of their ends."""
    found: list[Cue] = []
    if year:
        told = _last_year(year).finditer(text, sentence.start, sentence.end)
        found = [Cue(match.start(), match.end(), "achieved") for match in told]  # 2022年产量达到900吨
    if "clause" in rules.spoken and rules.spoken["clause"].search(text, sentence.start, sentence.end):
        found += [
            Cue(match.start(), match.end(), _dated(rule.scope, match.group(), year), rule.yields)
            for rule in rules.scope
            if rule.place == "clause" and not (rule.weak and sentence.backward)
            for match in rule.pattern.finditer(text, sentence.start, sentence.end)
        ]
    return sorted(found, key=lambda cue: cue.end)


def carried(text: str, sentence: Sentence, last: Sentence | None, told: Sequence[Cue]) -> list[Cue]:
    """The year with which the sentence before opens, where only a semicolon parts them: 2022年,收入9亿元;|支出8亿元.

    None where that compares with years long past: 2007年,产值比2002年增长66%;|收入增长1.7倍.
    """
    compares = any(cue.scope == "period" and _AGAINST.match(text, cue.start) for cue in told)
    if last is None or compares or text[sentence.start - 1 : sentence.start] != ";":
        return []
    opens = told and told[0].scope == "achieved" and told[0].start <= last.start + 2
    return [told[0]._replace(start=sentence.start, end=sentence.start)] if opens else []


def of_clause(sentence: Sentence, told: Sequence[Cue], start: int, at: int) -> SectionScope:
    """The scope of a figure at `at`, whose clause begins at `start`.

    A period's words are of their clause alone, unless the sentence opens with them (近三年,能耗下降9%,排放减少8%).
    """
    if sentence.scope == "target":
        return "target"
    before = [
        cue
        for cue in told
        if cue.end <= at and (cue.scope != "period" or cue.start >= start or _opens_with(sentence, cue))
    ]
    if not before:
        return sentence.scope
    said = [cue.scope for cue in before if not cue.yields]
    return said[-1] if before[-1].yields and "achieved" in said else before[-1].scope


def _opens_with(sentence: Sentence, cue: Cue) -> bool:
    return cue.start == sentence.start and not cue.yields
