"""`rules/headings.toml` as typed rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Literal

import regex

from extractor.rules import TIMEOUT, Rule, RuleFile, compiled, expand


class StyleRule(Rule):
    """How a marker is printed. `rank` is the usual order of styles in an official paper; it breaks ties only.

    `head` markers count only at the head of a line. `bare` ones (第三条) need no title of their own; `label` ones
    (问题一:) open a problem, whose statement is the title.
    """

    rank: int
    marker: str
    head: bool = False
    bare: bool = False
    label: bool = False


class WordsRule(Rule):
    """Words that say something about the place where they stand; `pattern` claims them."""

    pattern: str


class TitleRule(Rule):
    """Where a title ends: matched right after the marker, up to the next marker at most.

    `context` ones hold only in a paper that answers findings, `label` ones only after a marker that is a label.
    """

    pattern: str
    kind: Literal["section", "problem"] = "section"
    context: bool = False
    label: bool = False


class HeadingRules(RuleFile):
    """`refusal` claims what only looks like a marker, `plain` what shows that a sentence is body and no title."""

    file: ClassVar[str] = "headings"

    slots: Mapping[str, str] = {}
    style: tuple[StyleRule, ...] = ()
    refusal: tuple[WordsRule, ...] = ()
    plain: tuple[WordsRule, ...] = ()
    title: tuple[TitleRule, ...] = ()
    name: tuple[WordsRule, ...] = ()
    answers: tuple[WordsRule, ...] = ()

    @cached_property
    def markers(self) -> regex.Pattern[str]:
        """All styles at once; the name of the group that matched is s and the style's index."""
        parts = [f"(?P<s{i}>{_filled(rule.marker, self.slots, rule.head)})" for i, rule in enumerate(self.style)]
        return compiled("|".join(parts))

    @cached_property
    def refusals(self) -> regex.Pattern[str]:
        return self._any(self.refusal)

    @cached_property
    def plains(self) -> regex.Pattern[str]:
        return self._any(self.plain)

    @cached_property
    def titles(self) -> tuple[tuple[TitleRule, regex.Pattern[str]], ...]:
        return tuple((rule, compiled(rule.pattern, self.slots)) for rule in self.title)

    def _any(self, rules: tuple[WordsRule, ...]) -> regex.Pattern[str]:
        return compiled("|".join(f"(?:{rule.pattern})" for rule in rules) or "(?!)", self.slots)

    def plainly(self, sentence: str) -> bool:
        """Is a sentence body, not a title?"""
        return self.plains.search(sentence, timeout=TIMEOUT) is not None

    def answering(self, view: str) -> bool:
        """Does the paper answer findings? Its first words say so."""
        return self._any(self.answers).search(view, 0, 600, timeout=TIMEOUT) is not None

    def quoted(self, view: str, start: int, end: int) -> bool:
        """Does a problem stand there?"""
        return any(
            pattern.match(view, start, end, timeout=TIMEOUT)
            for rule, pattern in self.titles
            if rule.kind == "problem" and not rule.label
        )


def _filled(pattern: str, slots: Mapping[str, str], head: bool) -> str:
    return f"^(?:{expand(pattern, slots)})" if head else expand(pattern, slots)
