"""Problems (问题) of a rectification report: headings that state one, and rows of a table of problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

import regex

from extractor.finders.problems import grids
from extractor.finders.problems.grids import outside
from extractor.finders.problems.labels import Field, fields, label_of
from extractor.finders.problems.particulars import ENDS, TABLE, with_fields
from extractor.finders.problems.rectification import (
    defective,
    front_of,
    names_genre,
    printed,
    reports,
    section_state,
    state_of,
)
from extractor.found import Date, Heading, Problem
from extractor.rules import Rules
from extractor.signed import signed
from extractor.source import Line
from extractor.text import Span, Text

_WORD = regex.compile(r"(?<!等|等(?:突出|主要|具体|典型|共性|严重))(?:的问题|问题)$")  # 不作为等突出[问题] stays
_ABOUT = regex.compile(r"(?:关于|针对|对于)(?:“(?P<quoted>[^“”]+)”|(?P<words>.+))")
_QUOTED = regex.compile(r"“[^“”]{2,}”")
_FIRST = ("一是", "首先")
_NUMBER = regex.compile(
    r"(?:(?:任务|措施|问题)?(?:序号|编号)\s*[:：]?\s*)?[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[)）][:：]?|[、.．]|(?<=号.{1,5})[:：])\s*"
)


def find(
    text: Text,
    headings: Sequence[Heading],
    dates: Sequence[Date],
    lines: Sequence[Line],
    rules: Rules,
    *,
    title: str = "",
) -> tuple[Problem, ...]:
    """Every problem in document order; none in a text that is no rectification report."""
    if not reports(title, text, headings, rules):
        return ()
    tables = grids.grids(text, lines)
    cells = sorted(span for grid in tables for span in grid.values())
    found = list(_stated(text, headings, dates, cells, rules))
    found += _tabled(text, headings, dates, tables, rules)
    found = found or list(_implied(text, headings, dates, rules))
    day = signed(text, dates, cells)
    return tuple(sorted((_dated(problem, day) for problem in found), key=lambda problem: problem.span))


def _dated(problem: Problem, day: Date | None) -> Problem:
    """A state is true on the day that its fields name, else on the one that the report is signed with."""
    return replace(problem, as_of=day.value) if day and problem.state and problem.as_of is None else problem


def marked(text: Text, headings: Sequence[Heading], problems: Sequence[Problem], rules: Rules) -> tuple[Heading, ...]:
    """The headings, with the kind `problem` for those whose title turned out to state one; its words are the title.

    Sentences below them that nothing stands under are measures and no headings: they go into the body above.
    """
    spans = [problem.span for problem in problems]
    found = [
        replace(heading, kind="problem", title=_statement(heading.title))
        if any(heading.span.start <= span.start and span.end <= heading.body.start for span in spans)
        else heading
        for heading in headings
    ]
    return tuple(_without_items(text, found, rules) if problems else found)


def _without_items(text: Text, headings: Sequence[Heading], rules: Rules) -> Iterator[Heading]:
    """1.关于…的问题。1.制定办法。2.补齐台账。 in one line: what is numbered below the problem are its measures."""
    at = 0
    while at < len(headings):
        heading = headings[at]
        below = _below(headings, at)
        several = len(below) > 1 or (bool(below) and _listing(text, heading, rules))
        items = several and all(_is_item(text, after, heading, rules) for after in below)
        yield replace(heading, body=Span(heading.body.start, below[-1].body.end)) if items else heading
        at += 1 + len(below) * items


def _below(headings: Sequence[Heading], at: int) -> list[Heading]:
    level = headings[at].level
    return list(takewhile(lambda after: after.level > level, headings[at + 1 :]))


def _listing(text: Text, heading: Heading, rules: Rules) -> bool:
    """Does the body end in a field of measures, so that what is numbered next goes on with it? 落实举措:(1)…⏎(2)…。"""
    given = fields(text, heading.body, rules) if heading.kind == "problem" else []
    return bool(given) and given[-1].kind in ("measures", "plans")


def _is_item(text: Text, heading: Heading, above: Heading, rules: Rules) -> bool:
    """A numbered sentence with nothing behind it but fields of what it stands under."""
    stop = next((field.label.start for field in fields(text, heading.body, rules)), heading.body.end)
    bare = not text.folded[heading.span.end : stop].strip("。;, \n")
    ended = text.folded[heading.span.end : heading.span.end + 1] in ("。", ";")
    return bare and ended and bool(heading.marker) and heading.kind == "section" and heading.level == above.level + 1


def _stated(
    text: Text, headings: Sequence[Heading], dates: Sequence[Date], tables: Sequence[Span], rules: Rules
) -> Iterator[Problem]:
    """Problem headings, headings that have the fields of a problem, and labelled problems in the text itself."""
    front = [f for span in outside(tables, front_of(text, headings)) for f in fields(text, span, rules)]
    yield from _labelled(text, front, dates, 1, None, rules)
    open_: list[tuple[int, str]] = []
    for i, heading in enumerate(headings):
        while open_ and open_[-1][0] >= heading.level:
            open_.pop()
        above = open_[-1][1] if open_ else None
        given = list(_under(text, headings, i, tables, rules))
        if heading.kind == "problem":
            given += _beside(headings, i, rules)
        if heading.kind == "problem" or (above is None and _has_fields(given) and not names_genre(heading, rules)):
            span = title_span(text, heading)
            stated = Problem(span, heading.rule, heading.level, above)
            yield _in_section(with_fields(stated, text, given, dates, rules, heading.body), headings[:i], rules)
            open_.append((heading.level, printed(text, span)))
        elif above is None and _opens_form(headings, i, rules):
            own = Field(heading.body, heading.rule, "problem", heading.span)
            yield from _labelled(text, [own, *_beside(headings, i, rules)], dates, heading.level, None, rules)
        elif above is None:
            yield from _labelled(text, _own(given, heading), dates, heading.level + 1, above, rules)


def _implied(text: Text, headings: Sequence[Heading], dates: Sequence[Date], rules: Rules) -> Iterator[Problem]:
    """Headings without any mark of a problem, where most of one level say what was wrong: 一、未及时办理竣工结算."""
    leaves = [
        (i, h)
        for i, (h, below) in enumerate(pairwise([*headings, None]))
        if h and not (below and below.level > h.level)
    ]
    for level in sorted({heading.level for heading in headings}):
        here = [(i, heading) for i, heading in leaves if heading.level == level]
        bad = [(i, h) for i, h in here if defective(h.title, rules) or _WORD.search(h.title)]
        if len(bad) > 1 and len(bad) >= len(here) / 2:
            for i, heading in bad:
                stated = Problem(title_span(text, heading), heading.rule, level)
                given = fields(text, heading.body, rules)
                yield _in_section(with_fields(stated, text, given, dates, rules, heading.body), headings[:i], rules)


def _labelled(
    text: Text, given: Sequence[Field], dates: Sequence[Date], level: int, parent: str | None, rules: Rules
) -> Iterator[Problem]:
    """Problems that a label names (反馈问题：…), each with the fields up to the next."""
    starts = [i for i, field in enumerate(given) if field.kind == "problem"]
    for i, stop in pairwise([*starts, len(given)]):
        span = _stripped(text, given[i].span)
        alone = stop == i + 1 and text.folded.startswith(_FIRST, span.start)  # 存在的主要问题:一是…二是…
        if span.start < span.end and not alone:
            yield with_fields(Problem(span, given[i].rule, level, parent), text, given[i:stop], dates, rules)


def _has_fields(given: Sequence[Field]) -> bool:
    """An item with 责任单位 or 整改时限 and 整改情况 below it, or with measures and a state, tells of a problem."""
    kinds = {field.kind for field in given}
    told = kinds & {"responsible", "deadline"} and kinds & {"measures", "state"}
    return "problem" not in kinds and bool(told or {"measures", "state"} <= kinds)


def _opens_form(headings: Sequence[Heading], i: int, rules: Rules) -> bool:
    """Is a heading with nothing below it the first label of a form? 一、整改任务 二、整改时限 三、责任单位"""
    label = label_of(headings[i].title, rules)
    return label is not None and label.kind == "problem" and _has_fields(_beside(headings, i, rules))


def _beside(headings: Sequence[Heading], i: int, rules: Rules) -> list[Field]:
    """The labels that follow heading `i` on its own level, up to a heading that is none or names the next problem."""
    level = headings[i].level
    found: list[Field] = []
    for after in headings[i + 1 :]:
        rule = label_of(after.title, rules) if after.level == level and after.kind == "section" else None
        if after.level < level or (after.level == level and (rule is None or rule.kind == "problem")):
            break
        if rule:
            found.append(Field(after.body, rule.id, rule.kind, after.span))
    return found


def _in_section(problem: Problem, before: Sequence[Heading], rules: Rules) -> Problem:
    """The problem with the state that the nearest section above it names, if it has none: 二、已完成整改的问题"""
    level = problem.level
    for heading in reversed(before) if problem.progress is None else ():
        if heading.level < level:
            level = heading.level
            if progress := section_state(heading.title, rules):
                return replace(problem, progress=progress, state=state_of(progress, rules))
    return problem


def _own(given: Sequence[Field], heading: Heading) -> list[Field]:
    return [field for field in given if heading.body.holds(field.label)]


def _statement(title: str) -> str:
    """What a title says was wrong: 关于“台账不全”问题 → 台账不全."""
    words = _WORD.sub("", title)
    about = _ABOUT.fullmatch(words)
    return str(about["quoted"] or about["words"]) if about else words


def title_span(text: Text, heading: Heading) -> Span:
    """Where the words of the title, without 关于 and a closing 问题, stand in the heading, whatever blanks and line ends print
    has put in."""
    title = _statement(heading.title)
    if not title:
        return heading.span
    end = max(heading.span.end, heading.body.start)
    at = text.raw.find(title, heading.span.start, end)
    if at >= 0:
        return Span(at, at + len(title))
    letters = regex.compile(r"\s*".join(regex.escape(char) for char in title if not char.isspace()))
    match = letters.search(text.raw, heading.span.start, end)
    return Span(*match.span()) if match else heading.span


def _under(text: Text, headings: Sequence[Heading], i: int, tables: Sequence[Span], rules: Rules) -> Iterator[Field]:
    """The fields below heading `i`: labels in its text, and headings below it that are labels."""
    for span in outside(tables, headings[i].body):
        yield from fields(text, span, rules)
    for below in headings[i + 1 :]:
        rule = label_of(below.title, rules)
        if below.level <= headings[i].level or below.kind == "problem" or (headings[i].kind == "section" and not rule):
            return
        if rule:
            yield Field(below.body, rule.id, rule.kind, below.span)
        for span in outside(tables, below.body):
            yield from fields(text, span, rules)


def _tabled(
    text: Text,
    headings: Sequence[Heading],
    dates: Sequence[Date],
    tables: Sequence[grids.Grid],
    rules: Rules,
) -> Iterator[Problem]:
    """A row's last problem cell is its problem; one to the left of it (突出问题 | 具体问题) is what that is a part of."""
    for grid in tables:
        parent: Problem | None = None
        for entry in grids.entries(text, grid, rules):
            stated = [_stripped(text, span) for span in entry.cells.get("problem", ())]
            if not stated:
                continue
            level = 1 + max((h.level for h in headings if h.span.start <= stated[0].start), default=0)
            if len(stated) > 1 and (parent is None or parent.span != stated[0]):
                parent = Problem(stated[0], TABLE, level)
                yield parent
            above = parent if parent and len(stated) > 1 else None
            problem = Problem(stated[-1], TABLE, level + bool(above), printed(text, above.span) if above else None)
            yield with_fields(problem, text, _cells(entry), dates, rules)


def _cells(entry: grids.Entry) -> list[Field]:
    return [Field(span, TABLE, kind, entry.headers[span]) for kind, spans in entry.cells.items() for span in spans]


def _stripped(text: Text, span: Span) -> Span:
    """A cell's words without its number, its closing stop, and the quotes around all of it."""
    printed = text.raw[span.start : span.end]
    start = len(printed) - len(printed.lstrip())
    number = _NUMBER.match(printed, start)
    start = number.end() if number else start
    end = max(start, len(printed.rstrip(ENDS)))
    if _QUOTED.fullmatch(printed, start, end):
        start, end = start + 1, len(printed[: end - 1].rstrip(ENDS))
    return Span(span.start + start, span.start + end)
