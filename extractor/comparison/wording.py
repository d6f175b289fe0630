"""Wordings of reports as data: an entry of a rule file with the words, as patterns, that say something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import regex

from extractor.found import Found
from extractor.rules import Rule, RuleFile, Rules, compiled
from extractor.text import Span, fold


class Wording(Rule):
    """`words` are patterns over folded text."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        return compiled("|".join(self.words))


def anyone(entries: Iterable[Wording]) -> regex.Pattern[str]:
    """A pattern for the words of all entries; for no entries one that matches nothing."""
    return compiled("|".join(entry.pattern.pattern for entry in entries) or "(?!)")


class Wordings(RuleFile):
    """A rule file whose tables are wordings: what it is asked for is a table by its name."""

    @cached_property
    def patterns(self) -> Mapping[str, regex.Pattern[str]]:
        """Table → the words of all its entries."""
        tables = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: anyone(entries) for name, entries in tables.items() if isinstance(entries, tuple)}

    def says(self, table: str, text: str) -> bool:
        """Are there words of this table in the (folded) text?"""
        return self.patterns[table].search(text) is not None


def trial(kind: type[RuleFile]) -> Callable[[Rules, str, Mapping[str, object]], Iterable[Found]]:
    """What runs an example of a file of wordings: claims the words of every entry."""

    def claims(rules: Rules, text: str, given: Mapping[str, object]) -> Iterator[Found]:
        for entry in rules.of(kind).entries():
            if isinstance(entry, Wording):
                for found in entry.pattern.finditer(fold(text)):
                    yield Found(Span(*found.span()), entry.id)

    return claims
