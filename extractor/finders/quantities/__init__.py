"""Quantities: numeral and unit, then modifier and noun from the same clause.

One scan finds the numerals in all their forms. What follows decides: the longest unit or word of the lexicon; then
the `never` rules refuse ordinals, set phrases and the like. All offsets are the view's until the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

import regex

from extractor.finders import nouns
from extractor.finders.nouns.place import REACH
from extractor.finders.nouns.rulefile import NounRules
from extractor.finders.quantities.amounts import Amount
from extractor.finders.quantities.forms import MAKERS
from extractor.finders.quantities.modifiers import Modifier
from extractor.finders.quantities.rulefile import QuantityRules
from extractor.found import Found, Quantity
from extractor.rules import TIMEOUT, Rules
from extractor.rules import scan as matches
from extractor.text import Span, Text

__all__ = ["QuantityRules", "find", "trial"]

_STOP = re.compile(r"[;。!?\n】,:](?<!\d[,:](?=\d))")
_JOINT = regex.compile("[、和与及]|以及")


# What opens an item stands before its noun: 二是安装智能水表2万只, 1.投资600万元建成泵站.
_ITEM = regex.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[是要]|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳]|\d{1,2}[.、](?!\d))"
)

FAR = 2 * REACH  # characters from an amount to another that may share its noun
_BLOT = "\ufffc"  # stands for a character that a date or a marker has taken


class Refusal(NamedTuple):
    """What a `never` or a word kept from being a quantity."""

    start: int
    end: int
    rule: str


def find(text: Text, rules: Rules, *, taken: Sequence[Span] = (), cells: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of one document, in order.

    `taken` spans (markers, dates) hold none; one of `cells` is one where it holds a bare number.
    """
    table, view = rules.of(QuantityRules), text.view
    hidden = _places(text, taken)
    free = _hidden(view.text, hidden)
    amounts = _amounts(scan(table, free), in_cells(table, free, _places(text, cells)))
    than = rules.of(NounRules).compares  # 赤字比上年|预算减少3亿元
    ends = sorted(end for start, end in hidden if not view.text.endswith(than, 0, start))
    return tuple(
        _quantity(text, amount, modifier, _noun(view.text, clause, amount, members, ends, rules))
        for clause, members in _clauses(view.text, amounts)
        for amount, modifier in _modified(table, view.text, clause, members)
    )


def _places(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Spans of the text → spans of its view."""
    return [Span(text.view.index(span.start), text.view.index(span.end)) for span in spans]


def _amounts(*found: Iterable[Amount | Refusal]) -> list[Amount]:
    return sorted((one for some in found for one in some if isinstance(one, Amount)), key=lambda one: one.start)


def _noun(
    text: str, clause: Span, amount: Amount, members: Sequence[Amount], ends: Sequence[int], rules: Rules
) -> str | None:
    """The noun after the last marker or date before the amount (上半年水费收缴率达88%), else in the whole clause
    (水费收缴率上半年达88%)."""
    low, high = (bisect_left(members, amount.start + far, key=lambda other: other.start) for far in (-FAR, FAR))
    others = [(other.start, other.end) for other in members[low:high] if other is not amount]
    item = _ITEM.match(text, clause.start, amount.start)
    last = bisect_right(ends, amount.start) - 1
    start = max(item.end() if item else clause.start, ends[last] if last >= 0 else 0)
    for low in dict.fromkeys((start, item.end() if item else clause.start)):
        inside = [other for other in others if other[0] >= low]
        found = nouns.find(
            text, (low, clause.end), (amount.start, amount.end), amount.unit, amount.dimension, inside, rules
        )
        if found:
            return found
    return None


def _hidden(text: str, spans: Sequence[Span]) -> str:
    """The text with the characters of `spans` blotted out, so that 10种 after the marker 3. is no 3.10."""
    parts, last = [], 0
    for start, end in sorted(spans):
        parts += [text[last:start], _BLOT * (end - max(start, last))]
        last = max(last, end)
    return "".join([*parts, text[last:]])


def scan(table: QuantityRules, text: str) -> Iterator[Amount | Refusal]:
    """Every amount in the text, and every refusal."""
    at = 0
    for match in matches(table.scanner, text):
        if match.start() < at:
            continue  # inside the amount before
        for found in _read(table, text, match):
            yield found
            at = max(at, found.end)


def in_cells(table: QuantityRules, text: str, cells: Sequence[Span]) -> Iterator[Amount]:
    """The cells that are a bare number."""
    for start, end in cells:
        for form, pattern in table.cells:
            match = pattern.fullmatch(text, start, end, timeout=TIMEOUT)
            amount = MAKERS[form.make](table, text, form, match) if match else None
            if amount and not (amount.unit is None and text[amount.end - 1] in "万亿"):
                yield amount


def _read(table: QuantityRules, text: str, match: regex.Match[str]) -> Iterator[Amount | Refusal]:
    """The amount of a match, or what refuses it."""
    form = table.form_of(match)
    amount = MAKERS[form.make](table, text, form, match)
    if amount:
        yield (None if form.unit else _refused(table, text, amount)) or amount


def _refused(table: QuantityRules, text: str, amount: Amount) -> Refusal | None:
    start = amount.start
    for phrase, at, never in table.phrases.get(text[start : start + 2], ()):
        if text.startswith(phrase, start - at) and start >= at:
            return Refusal(start - at, start - at + len(phrase), never.id)
    refusals = table.refusals(amount.dimension)
    match = refusals.any.match(text, start, timeout=TIMEOUT)
    if match is None:
        return None
    never = next(never for never, pattern in refusals.each if pattern.match(text, start))
    return Refusal(match.start(), match.end(), never.id)


def _clauses(text: str, amounts: Sequence[Amount]) -> Iterator[tuple[Span, list[Amount]]]:
    """The clauses that hold amounts, each with its own."""
    stops = [match.span() for match in _STOP.finditer(text)]
    ends = [end for _, end in stops]
    for i, members in groupby(amounts, key=lambda amount: bisect_right(ends, amount.start)):
        yield Span(ends[i - 1] if i else 0, stops[i][0] if i < len(stops) else len(text)), list(members)


def _modified(
    table: QuantityRules, text: str, clause: Span, members: Sequence[Amount]
) -> Iterator[tuple[Amount, Modifier | None]]:
    """The amounts of a clause, each with the rule of its modifier (分别超过|6%、7%: both)."""
    since, leading = clause.start, None
    for amount in members:
        start = amount.start - table.fronted(text, amount.start)
        modifier = table.modifiers.of(text, start, amount.end, since, amount.inside)
        if not modifier and leading and _JOINT.fullmatch(text, since, amount.start):
            modifier = leading
        else:
            beside = modifier and modifier.reach == "beside" and text.endswith(modifier.before, since, amount.start)
            leading = modifier if beside and "分别" in text[since : amount.start] else None
        yield amount, modifier
        since = amount.end


def _quantity(text: Text, amount: Amount, modifier: Modifier | None, noun: str | None = None) -> Quantity:
    return Quantity(
        span=text.view.span(amount.start, amount.end), rule=amount.rule, value=amount.value, unit=amount.unit,
        dimension=amount.dimension, modifier=modifier.value if modifier else None, noun=noun,
    )  # fmt: skip


def trial(rules: Rules, string: str, given: Mapping[str, Any]) -> list[Found]:
    """All quantities under their own rule and again under their modifier's, and all refusals.

    `given.cell`: the whole text is a cell of a table.
    """
    text, table = Text.of(0, string), rules.of(QuantityRules)
    everything = list(scan(table, text.view.text))
    cells = [Span(0, len(text.view))] if given.get("cell") else []
    claimed: list[Found] = [Found(text.view.span(f.start, f.end), f.rule) for f in everything if isinstance(f, Refusal)]
    for clause, members in _clauses(text.view.text, _amounts(everything, in_cells(table, text.view.text, cells))):
        for amount, modifier in _modified(table, text.view.text, clause, members):
            quantity = _quantity(text, amount, modifier)
            claimed += [quantity, replace(quantity, rule=modifier.id)] if modifier else [quantity]
    return claimed
