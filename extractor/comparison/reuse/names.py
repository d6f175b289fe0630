"""Names of bodies, people and places in a text, found where their surroundings tell, then wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from extractor.comparison.reuse.rulefile import NameKind, ReuseRules
from extractor.rules import scan
from extractor.text import Span
from extractor.words import frequencies

_OFTEN = 800  # of a word that is no rare name: 石桥 779, 工业 26775


class Name(NamedTuple):
    span: Span
    kind: NameKind
    rule: str


def find(folded: str, rules: ReuseRules) -> list[Name]:
    """In order, none overlapping another; the longer of two that start together."""
    seen: dict[str, tuple[NameKind, str]] = {}
    found: list[Name] = []
    for rule, pattern in rules.name_patterns:
        for match in scan(pattern, folded):
            if rule.stem and match["stem"] not in rules.places and _ordinary(match["stem"]):
                continue
            found.append(Name(Span(*match.span()), rule.kind, rule.id))
            if rule.stem:
                seen.setdefault(match["stem"], (rule.kind, rule.id))
            elif rule.kind == "person":
                seen.setdefault(match[0], (rule.kind, rule.id))
    return list(apart([*found, *_again(folded, seen)]))


def _ordinary(stem: str) -> bool:
    """Does it hold a word that is no name's? 示范|区, 推动城|乡"""
    return any(times > _OFTEN for times in frequencies(stem).values())


def _again(folded: str, seen: dict[str, tuple[NameKind, str]]) -> Iterator[Name]:
    if seen:
        again = regex.compile("|".join(map(regex.escape, sorted(seen, key=lambda name: (-len(name), name)))))
        yield from (Name(Span(*match.span()), *seen[match[0]]) for match in again.finditer(folded))


def apart(names: Iterable[Name]) -> Iterator[Name]:
    end = 0
    for name in sorted(names, key=lambda name: (name.span.start, -name.span.end)):
        if name.span.start >= end:
            yield name
            end = name.span.end
