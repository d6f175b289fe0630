"""Headings: markers and leads → solve (all of a document at once) → titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extractor.found import Heading, Outline
from extractor.outline.contents import closed
from extractor.outline.leads import leads
from extractor.outline.markers import candidates, numbered_as
from extractor.outline.name import name
from extractor.outline.paragraphs import paragraphs
from extractor.outline.rulefile import HeadingRules
from extractor.outline.solve import Node, solve
from extractor.outline.titles import Title, title
from extractor.outline.weigh import weigh
from extractor.rules import Rules
from extractor.source import Draft, Line
from extractor.text import Span, Text, View

HEAD = 600  # what a paper is about is said in so many of its first characters


def build(draft: Draft, lines: Sequence[Line], rules: Rules) -> Outline:
    """The heading tree of one document and its title."""
    text, own = draft.text, rules.of(HeadingRules)
    view = text.view.text
    parts = closed(text, paragraphs(text, lines), own)
    marked = candidates(text.view, parts, own)
    called, at = name(view, parts, {marker.start for marker in marked}, draft.hints, own)
    start = at.end if at else 0
    numbered = weigh(view, [marker for marker in marked if marker.start >= start], own)
    free = [part for part in parts if part.start >= start]
    nodes = solve(sorted([*numbered, *leads(view, free, numbered, own)], key=lambda m: m.start))
    span = text.view.span(*at) if at else None
    words = text.raw[span.start : span.end].replace("\n", "") if span else called
    return Outline(words, span, tuple(_headings(text, nodes, own)))


def _headings(text: Text, nodes: Sequence[Node], rules: HeadingRules) -> Iterator[Heading]:
    """The nodes that have a title; what stood below one without moves up."""
    kept = _titled(text.view, nodes, rules)
    above: list[int] = []
    for (node, named), after in zip_longest(kept, kept[1:]):
        above = [*(level for level in above if level < node.level), node.level]
        limit = after[0].marker.start if after else len(text.view)
        yield _heading(text, node, named, len(above), limit)


def _titled(view: View, nodes: Sequence[Node], rules: HeadingRules) -> list[tuple[Node, Title | None]]:
    answers = rules.says("answers", view.text[:HEAD])
    found = []
    for node, after in zip_longest(nodes, nodes[1:]):
        named = title(view, node.marker, after.marker.start if after else len(view), rules, answers)
        if named or node.marker.bare:
            found.append((node, named))
    return found


def _heading(text: Text, node: Node, named: Title | None, level: int, limit: int) -> Heading:
    """`limit` is where the next heading begins in the view."""
    marker, view = node.marker, text.view
    mark = view.span(marker.start, marker.end)
    words = view.span(named.start, named.end) if named else Span(mark.end, mark.end)
    return Heading(
        span=Span(mark.start, words.end),
        rule=named.rule if named else marker.style,
        marker=text.folded[mark.start : mark.end],
        value=marker.value,
        level=level,
        title=text.raw[words.start : words.end],
        kind=named.kind if named else "section",
        body=view.span(named.body if named else marker.end, limit),
        repaired=numbered_as(node.repaired, marker.value) if node.repaired and marker.value else None,
    )
