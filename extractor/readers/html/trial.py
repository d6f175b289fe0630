"""Runs an example of `rules/html.toml`: the characters of a page that each rule takes, in its markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.found import Found
from extractor.readers.html import heads, laid_out, lines
from extractor.readers.html.rulefile import HtmlRules
from extractor.readers.html.tree import TEXT, Page, parse
from extractor.readers.raw import Raw
from extractor.rules import Rules
from extractor.text import Span


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterator[Found]:
    """What stands in the containers that were chosen or left out, and the hints."""
    file = rules.of(HtmlRules)
    page = parse(Raw("example", b""), text)
    chosen, tables = laid_out(page, file)
    places = _places(page, text)
    for i, name in [*chosen.starts.items(), *chosen.dropped.items()]:
        inside = [places[j] for j in range(i, page.nodes[i].end) if j in places]
        if inside:
            yield Found(Span(inside[0].start, inside[-1].end), name)
    read, _ = lines.read(page, chosen, tables)
    for rule, value in heads.found(page, read, file):
        yield Found(Span(text.index(value), text.index(value) + len(value)), rule.id)


def _places(page: Page, text: str) -> dict[int, Span]:
    """Where the runs of characters stand in the markup; an example has no entities."""
    found: dict[int, Span] = {}
    at = 0
    for i, node in enumerate(page.nodes):
        words = node.text.strip()
        if node.tag == TEXT and words and words in text[at:]:
            at = text.index(words, at)
            found[i] = Span(at, at + len(words))
            at += len(words)
    return found
