"""Dates: find without context, then resolve in document order.

The rules find mentions; `resolve` walks them with a context that remembers the dates before. A later date without
a year takes it from the nearest *event* (rules with `anchors`), never from the year of a paper or a meeting. What
今年 means is the document's own year, for which the `[[clue]]` rules are asked in order.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import regex

from extractor import edtf
from extractor.finders.dates.calendar import MAKES, UNKNOWN, Context, shift, year_of
from extractor.finders.dates.rulefile import DateRules, Mention
from extractor.found import Bound, Date, Found
from extractor.rules import Rules
from extractor.text import Span, Text, fold
from extractor.text import taken as overlaps

HEAD, TAIL = 600, 400  # characters of a document in which clues "head" and "tail" are looked for
TITLE = 80  # a 《 farther back than this does not open a title
_SECTION = regex.compile("\n *[一二三四五六七八九十]{1,3}、")


class Dates(NamedTuple):
    dates: tuple[Date, ...]
    year: int | None  # the document's own year: what 今年 means


class Resolved(NamedTuple):
    """View offsets, the rule or the join that made it, and the value."""

    start: int
    end: int
    rule: str
    value: str
    bound: Bound | None


def find(
    text: Text, rules: Rules, reference_date: str | None = None, *,
    title: str = "", hints: Mapping[str, str] | None = None, taken: Sequence[Span] = (),
) -> Dates:  # fmt: skip
    """The calendar expressions of one document, in order. `taken` spans (heading markers) hold none.

    Raises ValueError for a `reference_date` that is no year, month or day ("2023", "2023-06", "2023-06-30").
    """
    kit, view = rules.of(DateRules), text.view
    reference = edtf.check(reference_date) if reference_date else ""
    mentions = [
        mention
        for mention in kit.mentions(view.text)
        if not overlaps(taken, view.span(mention.start, mention.end)) and not kit.refused(view.text, mention)
    ]
    year = reference[:4] or own_year(kit, view.text, mentions, title, hints or {})
    context = begin(kit, year, reference)
    dates = tuple(
        Date(view.span(hit.start, hit.end), hit.rule, hit.value, hit.bound)
        for hit in resolve(view.text, mentions, kit, context)
    )
    return Dates(dates, int(year) if year else None)


def begin(kit: DateRules, year: str | None, reference: str) -> Context:
    """The context at the head of a document; `reference` is its own date, as far as it is known."""
    month = reference[5:7]
    own = year or UNKNOWN
    return Context(
        {"document": kit.years.document, "nearest": kit.years.nearest},
        {"document": kit.months.document, "nearest": kit.months.nearest},
        year=own, month=(own, month) if month else None,
    )  # fmt: skip


def resolve(text: str, mentions: Iterable[Mention], kit: DateRules, context: Context) -> Iterator[Resolved]:
    """Values in document order; a mention that is no day of the calendar, or asks for what is not known, is none."""
    queue = deque(mentions)
    before: Resolved | None = None
    while queue:
        mention = queue.popleft()
        between = text[before.end if before else 0 : mention.start]
        if "\n" in between:
            context.next_line()
            if _SECTION.search(between):
                context.next_section()
        hit = _range(text, mention, queue[0], kit, context) if queue else None
        if hit:
            queue.popleft()
        else:
            dated = before and not before.value.startswith("P")
            shared = dated and not mention.dated and kit.listed(between)
            hit = _single(text, mention, kit, _near(context, before.value) if before and shared else context)
        if hit is None:
            continue
        if not _in_title(text, hit.start):
            context.remember(hit.value, event=mention.rule.anchors and not _no_event(hit, context))
        if mention.rule.heads:
            context.over = context.anchor
        yield hit
        before = hit


def _no_event(hit: Resolved, context: Context) -> bool:
    """A start that lies back (2019年以来), or what ends after the document's year: 2024年6月底前 in a report of 2023."""
    ends_later = hit.value.rpartition("/")[2][:4] > context.year
    return hit.bound == "since" or (ends_later and (hit.bound == "until" or "/" in hit.value))


def _single(text: str, mention: Mention, kit: DateRules, context: Context) -> Resolved | None:
    value = _value(mention, context)
    if value is None:
        return None
    rule = None if value.startswith("P") else kit.bounded(text, mention.start, mention.end)
    return Resolved(mention.start, mention.end, mention.rule.id, value, rule.value if rule else None)


def _value(mention: Mention, context: Context) -> str | None:
    try:
        value = MAKES[mention.rule.make](mention.parts, context)
        return value and edtf.check(value)
    except ValueError:
        return None


def _range(text: str, first: Mention, second: Mention, kit: DateRules, context: Context) -> Resolved | None:
    """From the first to the second; the end without a year takes it from the other, a step on where months run back."""
    if not kit.joined(text, first, second):
        return None
    lead, other = (second, first) if second.dated and not first.dated else (first, second)
    known = _value(lead, context)
    if known is None or known.startswith("P"):
        return None
    for by in (0, 1 if lead is first else -1):
        value = _value(other, _near(context, known, by))
        start, end = (known, value) if lead is first else (value, known)
        try:
            if start and end:
                return Resolved(first.start, second.end, kit.join.id, edtf.span(start, end), None)
        except ValueError:
            continue
    return None


def _near(context: Context, value: str, years: int = 0) -> Context:
    """The context right beside another date, whose year is shared, or `years` on from there."""
    year, month = shift(value[:4], years), value[5:7]
    return replace(context, anchor=(year, "XX"), here=True, nearest=year, last=(year, month) if month else context.last)


def _in_title(text: str, at: int) -> bool:
    """Inside 《》?"""
    start = max(0, at - TITLE)
    return text.rfind("《", start, at) > text.rfind("》", start, at)


def own_year(
    kit: DateRules, text: str, mentions: Sequence[Mention], title: str, hints: Mapping[str, str]
) -> str | None:
    """The year that the best clue tells, else the one in which most events of the text lie, the latest of them."""
    places = {
        "title": fold(title or hints.get("title", "")), "date": hints.get("date", ""),
        "head": text[:HEAD], "tail": text[-TAIL:], "any": text,
    }  # fmt: skip
    for clue in kit.clue:
        for _, year in kit.told(clue, places[clue.where]):
            return year
    events = (mention.parts["year"] for mention in mentions if mention.rule.anchors and "year" in mention.parts)
    years = Counter(found for surface in events if (found := year_of(surface)).isdigit())
    return max(years, key=lambda year: (years[year], year), default=None)


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """All that the rules claim in `text`: dates, and under their own ids the joins, bounds, refusals and clues."""
    kit, view = rules.of(DateRules), Text.of(0, text).view
    reference = given.get("reference", "")
    year = str(given.get("year") or reference[:4]) or None
    context = begin(kit, year, reference)
    if "anchor" in given:
        context.remember(given["anchor"], event=True)
    claims: list[Found] = []
    kept = []
    for mention in kit.mentions(view.text):
        if refusal := kit.refused(view.text, mention):
            claims.append(Found(view.span(mention.start, mention.end), refusal.id))
        else:
            kept.append(mention)
    for clue in kit.clue:
        claims += [Date(view.span(*span), clue.id, year) for span, year in kit.told(clue, view.text)]
    before = 0
    for hit in resolve(view.text, kept, kit, context):
        span = view.span(hit.start, hit.end)
        claims.append(Date(span, hit.rule, hit.value, hit.bound))
        if before and kit.listed(view.text[before : hit.start]):
            claims.append(Date(span, kit.listing.id, hit.value, hit.bound))
        if rule := kit.bounded(view.text, hit.start, hit.end):
            claims.append(Date(span, rule.id, hit.value, hit.bound))
        before = hit.end
    return claims
