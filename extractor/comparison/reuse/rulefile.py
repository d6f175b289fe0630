"""rules/reuse.toml, typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal

import regex

from extractor.errors import RuleError
from extractor.rules import Regex, Rule, RuleFile, RuleModel, compiled

NameKind = Literal["body", "person", "place"]
Kind = Literal["body", "person", "place", "date", "figure"]  # that of a Swap


class Lengths(RuleModel):
    """Characters that count, but for `gap`, which is any characters between two runs of one passage."""

    clause: int = 12
    passage: int = 40
    whole: int = 300
    gap: int = 30


class Shares(RuleModel):
    """Of the characters that count, 0 to 1: of a passage, of a whole report, of one whose names were swapped evenly,
    of a report that is there twice, and of one that is there twice under one title."""

    passage: float = 0.5
    whole: float = 0.5
    renamed: float = 0.35
    twice: float = 0.85
    titled: float = 0.3


class Limit(RuleModel):
    """How many may have a wording before it is nobody's own: a share of all, within bounds."""

    share: float = 0.1
    least: int = 4
    most: int = 60

    def of(self, total: int) -> int:
        return max(self.least, min(self.most, int(self.share * total)))


class Common(RuleModel):
    bodies: Limit = Limit()
    reports: Limit = Limit()


class Swaps(RuleModel):
    """`names` that were swapped evenly are evidence; no more than `shown` are listed for a pair of reports."""

    names: int = 3
    shown: int = 60


class Idle(Rule):
    """Words of the genre and quoted ones: to have them in common is no reuse. `reach` is what goes with them."""

    pattern: Regex
    reach: Literal["words", "clause", "sentence"] = "words"


class NameRule(Rule):
    """`stem`: the group `stem` of the pattern is a name too, wherever it stands."""

    kind: NameKind
    pattern: str
    stem: bool = False


class ReuseRules(RuleFile):
    file: ClassVar[str] = "reuse"

    lengths: Lengths = Lengths()
    shares: Shares = Shares()
    common: Common = Common()
    swaps: Swaps = Swaps()
    idle: tuple[Idle, ...] = ()
    slots: Mapping[str, str] = {}
    places: frozenset[str] = frozenset()
    names: tuple[NameRule, ...] = ()

    @cached_property
    def name_patterns(self) -> Sequence[tuple[NameRule, regex.Pattern[str]]]:
        return tuple((rule, self._compiled(rule)) for rule in self.names)

    def _compiled(self, rule: NameRule) -> regex.Pattern[str]:
        try:
            return compiled(rule.pattern, self.slots)
        except ValueError as error:
            raise RuleError("reuse.toml", rule.id, str(error)) from None
