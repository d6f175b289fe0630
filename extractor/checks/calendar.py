"""Dates that cannot be: off the calendar, after the report's own date, a start after its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Date, Outcome
from extractor.signed import DAY, signed
from extractor.text import Span, fold


def off_calendar(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """2月30日, 13月: print that no calendar has."""
    for match in rule.patterns["day"].finditer(ground.text.folded):
        year = int(match["year"] or 2000)  # without a year, 2月29日 is given the benefit of the doubt
        try:
            date(year, int(match["month"]), int(match["day"] or 1))
        except ValueError:
            yield made(rule, "broken", [Span(*match.span())], match[0], "无此日期")


def after_report(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """A day on which something is said to have been done, later than the day that the report is signed with."""
    own = signed(ground.text, ground.dates, ground.cells)
    if own is None:
        return
    acts = [
        d
        for d in ground.dates
        if DAY.fullmatch(d.value) and d is not own and d.bound is None and not _planned(rule, ground, d)
    ]
    late = [d for d in acts if d.value > own.value]
    for act in late:
        stated, found = ground.words(act.span), ground.words(own.span)
        yield made(rule, "broken", [act.span, own.span], stated, found, f"{act.value} > {own.value}")
    if acts and not late:
        last = max(acts, key=lambda d: d.value)
        stated, found = ground.words(own.span), ground.words(last.span)
        yield made(rule, "holds", [own.span, last.span], stated, found, f"{last.value} ≤ {own.value}")


def _planned(rule: CheckRule, ground: Ground, found: Date) -> bool:
    """Does the clause speak of the future, or of a time limit?"""
    clause = ground.around(found.span, "。;,\n")
    said = [ground.words(clause), *map(fold, ground.beside(found.span))]
    return any(rule.patterns["planned"].search(words) for words in said)


def ranges(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """A range that starts after it ends."""
    for found in ground.dates:
        start, slash, end = found.value.partition("/")
        printed = rule.patterns["spans"].search(ground.words(found.span))  # not 2023年第一季度, which cannot be wrong
        if slash and printed and "X" not in found.value and ".." not in found.value:
            outcome: Outcome = "broken" if start[: len(end)] > end[: len(start)] else "holds"
            sign = ">" if outcome == "broken" else "≤"
            yield made(
                rule, outcome, [found.span], ground.words(found.span), f"{start} {sign} {end}", f"{start} {sign} {end}"
            )
