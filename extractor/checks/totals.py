"""Totals that a report states against what it lists: problems against its heading tree, titles against 等N项."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Heading, Outcome, Quantity
from extractor.text import Span

NEAR = 6  # characters between the numbers of one statement: 5个方面、17项问题，43个具体问题


def problems(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """三方面17项43个问题: the last number is all problem headings, each one before it a layer further up."""
    for statement in _statements(rule, ground):
        layers = _layers(ground)
        for quantity, layer in zip(reversed(statement), layers or [[]] * len(statement), strict=False):
            yield _total(rule, ground, quantity, layer, exact=quantity is not statement[-1])


def _statements(rule: CheckRule, ground: Ground) -> Iterator[list[Quantity]]:
    """Runs of neighbouring counts of problems in a sentence that speaks of this report's findings."""
    for paragraph in ground.paragraphs:
        for sentence in ground.sentences(paragraph):
            if not rule.patterns["speaks"].search(ground.words(sentence)):
                continue
            run: list[Quantity] = []
            for quantity in ground.counted(sentence):
                if run and quantity.span.start - run[-1].span.end > NEAR:
                    if _counts_problems(rule, run[-1]):
                        yield run
                    run = []
                if quantity.dimension == "count" and isinstance(quantity.value, int):
                    run.append(quantity)
            if run and _counts_problems(rule, run[-1]):
                yield run


def _counts_problems(rule: CheckRule, quantity: Quantity) -> bool:
    return bool(rule.patterns["counted"].fullmatch(quantity.noun or ""))


def _layers(ground: Ground) -> list[list[Heading]]:
    """All problem headings, then their roots where problems nest, then the sections above, layer by layer."""
    everything = [h for h in ground.headings if h.kind == "problem"]
    if not everything:
        return []
    parent = _parents(ground.headings)
    roots = [h for h in everything if (up := parent.get(h.span)) is None or up.kind != "problem"]
    layers = [everything] if len(roots) == len(everything) else [everything, roots]
    layer: Sequence[Heading] = roots
    while above := list(dict.fromkeys(up for h in layer if (up := parent.get(h.span)))):
        layers.append(above)
        layer = above
    return layers


def _parents(headings: Sequence[Heading]) -> dict[Span, Heading]:
    found: dict[Span, Heading] = {}
    path: list[Heading] = []
    for heading in headings:
        while path and path[-1].level >= heading.level:
            path.pop()
        if path:
            found[heading.span] = path[-1]
        path.append(heading)
    return found


def _total(rule: CheckRule, ground: Ground, quantity: Quantity, layer: list[Heading], exact: bool) -> Check:
    stated = ground.words(quantity.span)
    places = [quantity.span, *(h.span for h in layer)]
    if not layer:
        return made(rule, "cannot_tell", places, stated, "0")
    counts = {len(layer)} if exact else {len(layer), len(_leaves(layer))}
    outcome: Outcome = "holds" if quantity.value in counts else "broken"
    sign = "=" if outcome == "holds" else "≠"
    found = quantity.value if outcome == "holds" else len(layer)
    return made(rule, outcome, places, stated, str(found), f"{quantity.value} {sign} {found}")


def _leaves(layer: list[Heading]) -> list[Heading]:
    inner = {a.span for a, b in pairwise(layer) if b.level > a.level}
    return [h for h in layer if h.span not in inner]


def listed(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """《甲》《乙》等5项制度: more titles than stated are wrong, as many hold; fewer cannot tell, for 等 may stand for more."""
    for paragraph in ground.paragraphs:
        for sentence in ground.sentences(paragraph):
            for quantity in ground.counted(sentence):
                before = Span(sentence.start, quantity.span.start)
                match = rule.patterns["list"].search(ground.words(before))
                if match and isinstance(quantity.value, int) and quantity.dimension == "count":
                    yield _listed(rule, ground, quantity, match.captures("title"), before.start + match.start())


def _listed(rule: CheckRule, ground: Ground, quantity: Quantity, titles: list[str], start: int) -> Check:
    count, value = len(titles), quantity.value
    assert isinstance(value, int)
    outcome: Outcome = "holds" if count == value else "broken" if count > value else "cannot_tell"
    sign = {"holds": "=", "broken": "<", "cannot_tell": ">"}[outcome]
    places = [quantity.span, Span(start, quantity.span.start)]
    return made(rule, outcome, places, ground.words(quantity.span), str(count), f"{value} {sign} {count}")
