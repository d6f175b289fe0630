"""Totals that a report states against what it lists: problems against its heading tree, titles against 等N项."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.checks.ground import CheckRule, Ground, made
from extractor.found import Check, Heading, Outcome, Quantity
from extractor.text import Span

NEAR = 6  # characters between the numbers of one statement: 5个方面、17项问题，43个具体问题


def problems(rule: CheckRule, ground: Ground) -> Iterator[Check]:
    """三方面17项43个问题: from the last number up, each counts a layer of the heading tree.

    Where the finest layer lies is not said: 3个方面7项问题 may leave the parts of the 7 uncounted. So the reading is
    taken under which most of the numbers fit, the deepest of them.
    """
    layers = _layers(ground)
    for statement, own in _statements(rule, ground):
        numbers = list(reversed(statement))
        if not own:
            yield from (made(rule, "not_applicable", [q.span], ground.words(q.span), "") for q in numbers)
            continue
        if not layers:
            yield from (_total(rule, ground, quantity, []) for quantity in numbers)
            continue
        depth = max(range(len(layers)), key=lambda start: (_fitting(numbers, layers[start:]), -start))
        for quantity, layer in zip(numbers, layers[depth:], strict=False):
            yield _total(rule, ground, quantity, layer)


def _fitting(numbers: list[Quantity], layers: list[list[Heading]]) -> int:
    return sum(quantity.value == len(layer) for quantity, layer in zip(numbers, layers, strict=False))


def _statements(rule: CheckRule, ground: Ground) -> Iterator[tuple[list[Quantity], bool]]:
    """Runs of neighbouring counts of problems in a sentence on what was found, and whether it was found here.

    Beside the problems of this report others are named (另移交立行立改问题4个), which it need not list.
    """
    for paragraph in ground.paragraphs:
        for sentence in ground.sentences(paragraph):
            if not rule.patterns["speaks"].search(ground.words(sentence)):
                continue
            for run in _runs(ground, sentence):
                noun = run[-1].noun or ""
                if rule.patterns["counted"].fullmatch(noun):
                    before = ground.words(Span(sentence.start, run[0].span.start))
                    yield run, not rule.patterns["others"].search(before)
                elif noun.endswith("问题"):
                    yield run, False


def _runs(ground: Ground, sentence: Span) -> Iterator[list[Quantity]]:
    """Counts that stand together: 三方面, 17项, 43个; one of nothing (问题3个，已完成2个) is no part of them."""
    run: list[Quantity] = []
    for quantity in ground.counted(sentence):
        if quantity.dimension != "count" or not isinstance(quantity.value, int):
            continue
        if run and (quantity.span.start - run[-1].span.end > NEAR or not quantity.noun):
            yield run
            run = []
        run.append(quantity)
    if run:
        yield run


def _layers(ground: Ground) -> list[list[Heading]]:
    """All problem headings; where they nest, their roots; then the sections above, layer by layer."""
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


def _total(rule: CheckRule, ground: Ground, quantity: Quantity, layer: list[Heading]) -> Check:
    stated = ground.words(quantity.span)
    places = [quantity.span, *(h.span for h in layer)]
    if not layer:
        return made(rule, "cannot_tell", places, stated, "0")
    outcome: Outcome = "holds" if quantity.value == len(layer) else "broken"
    sign = "=" if outcome == "holds" else "≠"
    return made(rule, outcome, places, stated, str(len(layer)), f"{quantity.value} {sign} {len(layer)}")


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
