"""What each heading rule claims in a text of its own: the ground on which its examples are checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from extractor.found import Found
from extractor.outline.contents import closed
from extractor.outline.markers import candidates
from extractor.outline.paragraphs import paragraphs
from extractor.outline.rulefile import HeadingRules
from extractor.outline.titles import title
from extractor.rules import Rules, compiled, scan
from extractor.text import Text

__all__ = ["HeadingRules", "trial"]


@dataclass(frozen=True, slots=True)
class Claim(Found):
    """A marker with its value, a title with its kind, or words."""

    value: int | None = None
    title: str = ""
    kind: str = ""


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Claim]:
    """Everything that the heading rules claim in `text`; what a whole document decides is left out."""
    own, whole = rules.of(HeadingRules), Text.of(0, text)
    return [*_markers(whole, own), *_titles(whole, own), *_words(whole, own)]


def _markers(text: Text, rules: HeadingRules) -> Iterator[Claim]:
    for marker in candidates(text.view, closed(text, paragraphs(text, ()), rules), rules):
        yield Claim(text.view.span(marker.start, marker.end), marker.style.partition("/")[0], value=marker.value)


def _titles(text: Text, rules: HeadingRules) -> Iterator[Claim]:
    view = text.view
    markers = candidates(view, closed(text, paragraphs(text, ()), rules), rules)
    for marker, after in zip_longest(markers, markers[1:]):
        named = title(view, marker, after.start if after else len(view), rules, rules.says("answers", view.text))
        if named:
            words = view.span(named.start, named.end)
            yield Claim(
                view.span(marker.end, named.body), named.rule, title=text.raw[words.start : words.end], kind=named.kind
            )


def _words(text: Text, rules: HeadingRules) -> Iterator[Claim]:
    for _, table in rules.tables():
        for rule in table:
            for match in scan(compiled(rule.pattern, rules.slots), text.view.text):
                yield Claim(text.view.span(*match.span()), rule.id)
