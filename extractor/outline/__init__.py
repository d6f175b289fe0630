"""Headings: markers → solve (all markers of a document at once) → titles."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.found import Heading, Outline
from extractor.outline.markers import candidates
from extractor.outline.rulefile import HeadingRules
from extractor.outline.solve import Node, solve
from extractor.outline.titles import Title, title
from extractor.outline.weigh import weigh
from extractor.rules import Rules
from extractor.source import Draft, Line
from extractor.text import Span, Text


def build(draft: Draft, lines: Sequence[Line], rules: Rules) -> Outline:
    """The heading tree of one document and its title."""
    text, own = draft.text, rules.of(HeadingRules)
    view = text.view.text
    markers = candidates(view, own)
    nodes = solve(weigh(view, markers, own))
    return Outline("", None, tuple(_headings(text, nodes, own)))


def _headings(text: Text, nodes: Sequence[Node], rules: HeadingRules) -> list[Heading]:
    view = text.view
    answers = rules.answering(view.text)
    found = []
    for i, node in enumerate(nodes):
        limit = nodes[i + 1].marker.start if i + 1 < len(nodes) else len(view)
        named = title(view.text, node.marker, limit, rules, answers)
        if named or node.marker.bare:
            found.append(_heading(text, node, named, limit))
    return found


def _heading(text: Text, node: Node, named: Title | None, limit: int) -> Heading:
    marker, view = node.marker, text.view
    mark = view.span(marker.start, marker.end)
    words = view.span(named.start, named.end) if named else Span(mark.end, mark.end)
    return Heading(
        span=Span(mark.start, words.end),
        rule=named.rule if named else marker.style,
        marker=text.folded[mark.start : mark.end],
        value=marker.value,
        level=node.level,
        title=text.raw[words.start : words.end],
        kind=named.kind if named else "section",
        body=view.span(named.body if named else marker.end, limit),
        repaired=f"{marker.value}." if node.repaired else None,
    )
