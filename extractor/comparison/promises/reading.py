"""The sentences of a report, each known to speak of what was done or of what is planned, and the promises in them."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import regex

from extractor import edtf
from extractor.comparison.indicators import figures, scopes
from extractor.comparison.indicators.figures import Figure
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.comparison.promises.rulefile import PromiseRules
from extractor.comparison.similar import bare
from extractor.records import Date, Heading, Measure, Quantity, Report, Span
from extractor.rules import Rules
from extractor.text import View, fold

_CLAUSE = regex.compile(r"[^,;:]+")
_TITLED = regex.compile(r"《([^《》]++)》")
_WORDS = regex.compile(r"\p{Han}{2}")
_YEAR = regex.compile(r"(?<!\d)20\d\d(?=年)")
_JOINT = regex.compile("[、和及与]")
_REST = regex.compile("等.*$")
_DAY = len("2023-05-01")
_INTO = 4  # characters of a heading's number, after which its own sentence begins
_NAME = 4  # characters that a name must have at least, to be known again


Dated = TypeVar("Dated", Date, Quantity)


class Sentence(NamedTuple):
    """`ahead` says that it speaks of what is planned; `text` is folded, one character to one, `plain` its letters.

    `under` are the titles of the headings that it stands under.
    """

    span: Span
    text: str
    plain: str
    ahead: bool
    under: str
    measure: Measure | None
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]


class Read(NamedTuple):
    report: Report
    doc: int
    year: int
    sentences: list[Sentence]
    figures: list[Figure]


class Planned(NamedTuple):
    """A promise: a figure to reach, or works to start or `finish` that have names, or a measure to take."""

    span: Span
    sentence: Sentence
    figure: Figure | None = None
    names: tuple[str, ...] = ()
    finish: bool = False


def read(report: Report, doc: int, year: int, rules: Rules) -> Read:
    table = rules.of(IndicatorRules)
    found = [one for one in figures.read(report, doc, table) if not one.table]
    return Read(report, doc, year, list(_sentences(report, doc, table)), found)


def _sentences(report: Report, doc: int, rules: IndicatorRules) -> Iterator[Sentence]:
    document = report.documents[doc]
    folded = fold(document.text)
    view = View(folded)
    headings = [heading for heading in report.headings if heading.doc == doc]
    starts = [view.index(heading.span.start) for heading in headings]
    titles = _titles(headings)
    measures = [measure for measure in report.measures if measure.doc == doc]
    dates = [date for date in report.dates if date.doc == doc]
    quantities = [quantity for quantity in report.quantities if quantity.doc == doc]
    told = _told(dates)
    budget = scopes.of_title(document.title, rules) == "target"  # its sums are laid side by side, not promised
    for one in scopes.sentences(view.text, document, headings, starts, rules):
        start, end = view.span(one.start, one.end)
        if one.scope == "none" or any(heading.span.start <= start and end <= heading.span.end for heading in headings):
            continue
        span = Span(start=start, end=end)
        measure = next((m for m in measures if m.span.start < end and start < m.span.end), None)
        within = tuple(_within(dates, span))
        ahead = one.scope == "target" and not budget
        planned = measure.status == "planned" and not _past(within, told) if measure else ahead
        text, under = folded[start:end], titles[bisect_right(starts, one.start + _INTO)]
        yield Sentence(span, text, bare(text), planned, under, measure, within, tuple(_within(quantities, span)))


def _titles(headings: Sequence[Heading]) -> list[str]:
    """Before the first heading none; after each its title and those of the headings over it."""
    found, open_ = [""], list[Heading]()
    for heading in headings:
        open_ = [*(over for over in open_ if over.level < heading.level), heading]
        found.append("\n".join(fold(over.title) for over in open_))
    return found


def _within(records: Sequence[Dated], span: Span) -> Sequence[Dated]:
    """The records, in order, that begin in a span."""
    first, last = (bisect_left(records, at, key=lambda one: one.span.start) for at in (span.start, span.end))
    return records[first:last]


def _past(dates: Sequence[Date], told: datetime.date | None) -> bool:
    """Was it before the report (2023年5月，完成… in one of November), though it stands among plans?"""
    return bool(dates) and all(
        date.bound is None and (last := latest(date)) and told and last <= told for date in dates
    )


def _told(dates: Sequence[Date]) -> datetime.date | None:
    """The day that a report is signed with: its last whole day."""
    return next((latest(date) for date in reversed(dates) if date.bound is None and len(date.value) == _DAY), None)


def latest(date: Date) -> datetime.date | None:
    """The last day that a date can mean."""
    return edtf.bounds(date.value).latest


def planned(read: Read, end: int, rules: PromiseRules) -> list[Planned]:
    """What a report promises to be done by the year `end`."""
    found: list[Planned] = []
    seen: set[object] = set()
    for sentence in read.sentences:
        if not sentence.ahead or _not_due(sentence, read.year, end, rules):
            continue
        promises = _of_measure(sentence, rules) if sentence.measure else _of_clauses(sentence, read, rules)
        for one in promises:
            key = (one.figure.plain, one.figure.kind, one.figure.value) if one.figure else one.names or sentence.plain
            if key not in seen:
                seen.add(key)
                found.append(one)
    return found


def _not_due(sentence: Sentence, start: int, end: int, rules: PromiseRules) -> bool:
    """Is it for later years? Under 今后五年目标和2022年重点工作 only what itself says 2022年 is not."""
    days = [day for day in map(latest, sentence.dates) if day]
    if rules.says("later", sentence.text) or any(day.year > end for day in days):
        return True
    nearer = [one for one in (sentence.text, *sentence.under.splitlines()) if not rules.says("later", one)]
    named = [int(year) for one in nearer for year in _YEAR.findall(one)]
    return rules.says("later", sentence.under) and not any(start <= year <= end for year in named)


def _of_measure(sentence: Sentence, rules: PromiseRules) -> Iterator[Planned]:
    """A planned measure that can be held to its word: it has a day, makes a document, or finishes a work."""
    titles = _TITLED.findall(sentence.text)
    if (sentence.dates or titles) and not rules.says("recurring", sentence.text):
        yield Planned(sentence.span, sentence, names=tuple(titles), finish=True)


def _of_clauses(sentence: Sentence, read: Read, rules: PromiseRules) -> Iterator[Planned]:
    last: Planned | None = None
    for clause in _CLAUSE.finditer(sentence.text):
        if (last and rules.says("attribute", clause.group())) or rules.says("stated", clause.group()):
            continue
        start, end = sentence.span.start + clause.start(), sentence.span.start + clause.end()
        counted = [one for one in read.figures if start <= one.quantity.span.start < end and one.scope == "target"]
        if counted:
            for one in _of_figures(counted, sentence, Span(start=start, end=end), rules):
                last = one
                yield one
        elif named := _of_work(clause.group(), Span(start=start, end=end), sentence, rules):
            last = named
            yield named


def _of_figures(figures: Sequence[Figure], sentence: Sentence, clause: Span, rules: PromiseRules) -> Iterator[Planned]:
    """The figures of a clause, each with its words: 改造老旧小区12个、供水管网35公里.

    Of those without a joint between them the last is what is promised: 对10类群体发放贷款80亿元.
    """
    text, at = sentence.text, sentence.span.start
    start = clause.start
    for i, figure in enumerate(figures):
        end = clause.end
        if i + 1 < len(figures):
            follower = figures[i + 1].quantity.span.start
            joint = next(_JOINT.finditer(text, figure.quantity.span.end - at, follower - at), None)
            if joint is None:
                continue
            end = at + joint.start()
        words = text[start - at : end - at]
        start += len(words) - len(words.lstrip("、和及与 \n"))
        if not _WORDS.search(words) and i and figure.quantity.dimension == "percent":
            start = clause.start  # 城乡居民收入分别增长6%|和7%
        if _WORDS.search(text[start - at : end - at]) and not rules.says("hollow", figure.plain):
            yield Planned(Span(start=start, end=end), sentence, figure=figure)
        start = end


def _of_work(clause: str, span: Span, sentence: Sentence, rules: PromiseRules) -> Planned | None:
    """A work with a name, which the clause begins or ends by saying that it will be started or finished."""
    bounds = rules.patterns["act"].sub("", clause)
    finish, start = (rules.edges(table, bounds) for table in ("finish", "start"))
    names = _works(clause, rules)
    if not (finish or start) or rules.says("recurring", clause) or not names:
        return None
    return Planned(span, sentence, names=names, finish=finish)


def _works(clause: str, rules: PromiseRules) -> tuple[str, ...]:
    """What its works are called: 《县城更新办法》; 沙南高速、青石大桥等."""
    listed = _TITLED.findall(clause)
    if not listed:
        listed = [rules.named(_REST.sub("", one)) for one in clause.split("、")]
        if min(map(len, listed)) < _NAME:
            listed = [rules.named(clause)]
    return tuple(name for name in listed if len(name) >= _NAME and not rules.says("hollow", name))
