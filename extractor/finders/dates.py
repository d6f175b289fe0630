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

from extractor import edtf
from extractor.finders.calendar import MAKES, UNKNOWN, Context, shift, year_of
from extractor.finders.daterules import DateRules, Mention
from extractor.found import Bound, Date, Found
from extractor.rules import Rules
from extractor.text import Span, Text, fold
from extractor.text import taken as overlaps

HEAD, TAIL = 600, 400  # characters of a document in which clues "head" and "tail" are looked for
TITLE = 80  # a 《 farther back than this does not open a title


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
    """The calendar expressions of one document, in order. `taken` spans (heading markers) hold none."""
    kit, view = rules.of(DateRules), text.view
    mentions = [
        mention
        for mention in kit.mentions(view.text)
        if not overlaps(taken, view.span(mention.start, mention.end)) and not kit.refused(view.text, mention)
    ]
    year = (reference_date or "")[:4] or own_year(kit, view.text, mentions, title, hints or {})
    context = begin(kit, year, reference_date)
    dates = tuple(
        Date(view.span(hit.start, hit.end), hit.rule, hit.value, hit.bound)
        for hit in resolve(view.text, mentions, kit, context)
    )
    return Dates(dates, int(year) if year else None)


def begin(kit: DateRules, year: str | None, reference_date: str | None) -> Context:
    """The context at the head of a document; `reference_date` is its own date, as far as it is known."""
    month = (reference_date or "")[5:7]
    own = year or UNKNOWN
    return Context(
        {"document": kit.years.document, "nearest": kit.years.nearest},
        {"document": kit.months.document, "nearest": kit.months.nearest},
        year=own, month=(own, month) if month else None,
    )  # fmt: skip


def resolve(text: str, mentions: Iterable[Mention], kit: DateRules, context: Context) -> Iterator[Resolved]:
    """Values in document order; a mention that is no day of the calendar, or asks for what is not known, is none."""
    queue = deque(mentions)
    while queue:
        mention = queue.popleft()
        if queue and kit.joined(text, mention, queue[0]) and (value := _range(mention, queue[0], context)):
            last = queue.popleft()
            remember(context, value, event=last.rule.anchors and not _in_title(text, mention.start))
            yield Resolved(mention.start, last.end, kit.join.id, value, None)
        elif value := _value(mention, context):
            rule = kit.bounded(text, mention.start, mention.end)
            bound = rule.value if rule and _takes_bound(value) else None
            in_title = _in_title(text, mention.start)
            if not in_title:
                remember(context, value, event=mention.rule.anchors and bound != "since")
            yield Resolved(mention.start, mention.end, mention.rule.id, value, bound)


def remember(context: Context, value: str, event: bool) -> None:
    """Later dates without a year or a month take it from this one."""
    year, _, month = value.rpartition("/")[2][:7].partition("-")
    if value.startswith("P"):
        return
    context.nearest = year
    if month and (not month.isdigit() or int(month) <= 12):
        context.last = (year, month)
    if event:
        context.anchor = (year, month or "XX")


def _value(mention: Mention, context: Context) -> str | None:
    try:
        return MAKES[mention.rule.make](mention.parts, context)
    except ValueError:
        return None


def _range(first: Mention, second: Mention, context: Context) -> str | None:
    """From the first to the second; the end without a year takes it from the other, a step on where months run back."""
    lead, other = (second, first) if _dated(second) and not _dated(first) else (first, second)
    known = _value(lead, context)
    if known is None or known.startswith("P"):
        return None
    for by in (0, 1 if lead is first else -1):
        year = shift(known[:4], by)
        near = replace(context, anchor=(year, "XX"), nearest=year, last=(year, known[5:7]))
        value = _value(other, near)
        ends = (known, value) if lead is first else (value, known)
        try:
            return edtf.span(*ends) if all(ends) else None
        except ValueError:
            continue
    return None


def _dated(mention: Mention) -> bool:
    return bool({"year", "word", "month_word", "plan"} & mention.parts.keys())


def _takes_bound(value: str) -> bool:
    return not value.startswith("P")


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
    reference = given.get("reference")
    year = str(given.get("year") or (reference or "")[:4]) or None
    context = begin(kit, year, reference)
    if "anchor" in given:
        remember(context, given["anchor"], event=True)
    claims: list[Found] = []
    kept = []
    for mention in kit.mentions(view.text):
        if refusal := kit.refused(view.text, mention):
            claims.append(Found(view.span(mention.start, mention.end), refusal.id))
        else:
            kept.append(mention)
    for clue in kit.clue:
        claims += [Date(view.span(*span), clue.id, year) for span, year in kit.told(clue, view.text)]
    for hit in resolve(view.text, kept, kit, context):
        span = view.span(hit.start, hit.end)
        claims.append(Date(span, hit.rule, hit.value, hit.bound))
        if rule := kit.bounded(view.text, hit.start, hit.end):
            claims.append(Date(span, rule.id, hit.value, hit.bound))
    return claims
