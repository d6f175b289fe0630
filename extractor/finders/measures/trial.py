"""Runs an example of `rules/measures.toml`: what each of its rules claims in a text taken for one body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.finders.measures import items, outputs, sums
from extractor.finders.measures.items import Item
from extractor.finders.measures.rulefile import MeasureRules
from extractor.found import Found, Quantity
from extractor.rules import Rules, compiled, scan
from extractor.text import Text

_COUNTED = compiled(r"\d+(?:\.\d+)?(?:(?P<money>万?元)|(?P<unit>人次|人|名|件|项))")


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """Items, sentences that are none, verbs, cues, titles of sections, titles made, sums, bodies."""
    known, whole = rules.of(MeasureRules), Text.of(0, text)
    view = whole.view
    spans = list(_words(view.text, known))
    for item in items.cut(view.text, 0, len(view), known):
        spans += _item(view.text, item, known)
    return [*(Found(view.span(start, end), rule) for start, end, rule in spans), *_sums(whole, known)]


def _words(said: str, known: MeasureRules) -> Iterator[tuple[int, int, str]]:
    named = [(rule.pattern, rule.id) for rule in known.cue] + [(rule.pattern, rule.id) for rule in known.section]
    for pattern, name in named:
        yield from ((*match.span(), name) for match in scan(pattern, said))
    for owed in known.owed:
        pattern = compiled(rf"(?:{owed.pattern.pattern})(?={known.repaying})")
        yield from ((*match.span(), owed.id) for match in scan(pattern, said))
    for verbs in known.act:
        yield from ((*match.span(), verbs.id) for match in scan(known.verbs([verbs]), said))


def _item(said: str, item: Item, known: MeasureRules) -> Iterator[tuple[int, int, str]]:
    span = (item.start, item.end)
    yield (*span, item.rule)
    yield from ((*m.span(), rule.id) for rule in known.opening if (m := rule.pattern.match(said, *span)))
    if item.rule == "sentence":
        yield from ((*span, rule.id) for rule in known.closer if rule.pattern.match(said, *span))
        dull = items.idle(said, item, known)
        yield from ((*span, rule.id) for rule in (dull,) if rule)
    yield from ((made.start, made.end, made.rule) for made in outputs.outputs(said, *span, known))
    who = sums.actor(said, *span, known)
    yield from ((*who, rule.id) for rule in known.actor if who)


def _sums(whole: Text, known: MeasureRules) -> Iterator[Found]:
    counted = [
        Quantity(whole.view.span(*m.span()), "trial", 0, m["unit"], "money" if m["money"] else "count")
        for m in _COUNTED.finditer(whole.view.text)
    ]
    every = range(len(counted))
    for rule in known.recover:
        yield from (Found(counted[one.quantity].span, rule.id) for one in sums.recovered(whole, counted, every, known))
    for rule in known.account:
        yield from (
            Found(counted[one.quantity].span, rule.id) for one in sums.accountable(whole, counted, every, known)
        )
