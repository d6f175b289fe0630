"""What `rules/measures.toml` holds, and the patterns made of it once per rule file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Literal

import regex

from extractor.found import Status
from extractor.rules import Regex, Rule, RuleFile, RuleModel, compiled


class Marker(Rule):
    """One style of numbering the items of a body; `n` is the number. A `paragraph` style opens a paragraph only."""

    pattern: Regex
    paragraph: bool = False


class Wording(Rule):
    pattern: Regex


class Verbs(Rule):
    """Verbs; entries may be small patterns (了(?=[^解])). Those of `compounds` also name bodies (督查组, 组织部)."""

    verbs: tuple[str, ...]
    compounds: bool = False


class Cue(Rule):
    """Words that say how far a measure is; `first`: only where no verb stands before them."""

    pattern: Regex
    status: Status
    first: bool = False


class SectionRule(Rule):
    """Titles of sections on what comes next (plans), or that only say what was wrong (findings)."""

    pattern: Regex
    kind: Literal["plans", "findings"]


class Maker(Rule):
    """Verbs that make a paper or a body. `quoted`: only what stands in 《》; `form`: no 的 in what 形成 made;
    `needs`: words that the rest of the sentence must hold."""

    pattern: Regex
    quoted: bool = False
    form: bool = False
    needs: Regex | None = None


class Account(Verbs):
    units: tuple[str, ...]


class TitleWords(RuleModel):
    """How a title without 《》 ends (see the comments in the rule file)."""

    papers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    links: str = ""
    follows: str = ""
    generic: Regex = regex.compile(r"(?!)")
    refused: Regex = regex.compile(r"(?!)")


class MeasureRules(RuleFile):
    file: ClassVar[str] = "measures"

    marker: tuple[Marker, ...] = ()
    closer: tuple[Wording, ...] = ()
    idle: tuple[Wording, ...] = ()
    tails: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    act: tuple[Verbs, ...] = ()
    cue: tuple[Cue, ...] = ()
    opening: tuple[Wording, ...] = ()
    section: tuple[SectionRule, ...] = ()
    maker: tuple[Maker, ...] = ()
    made: tuple[Wording, ...] = ()
    title: TitleWords = TitleWords()
    recover: tuple[Verbs, ...] = ()
    owed: tuple[Wording, ...] = ()
    unpaying: tuple[str, ...] = ()
    unpaid: Regex = regex.compile(r"(?!)")  # behind a sum: it has not come back
    chain: Regex = regex.compile(r"(?!)")  # between two verbs of one sum
    part: Regex = regex.compile(r"(?!)")  # between two sums: the later is a part of the earlier
    rest: Regex = regex.compile(r"(?!)")  # between a verb and a sum: this is another sum
    account: tuple[Account, ...] = ()
    actor: tuple[Wording, ...] = ()
    thens: tuple[str, ...] = ()
    findings: Regex = regex.compile(r"(?!)")  # verbs of those who found the problems
    plan: Regex = regex.compile(r"(?!)")  # titles of papers whose measures are all promised

    @cached_property
    def acts(self) -> regex.Pattern[str]:
        """Any verb of an act that is not part of a noun: 督查, but not the one of 督查组."""
        return self.verbs(self.act)

    def verbs(self, rules: Iterable[Verbs]) -> regex.Pattern[str]:
        rules = tuple(rules)
        kinds = [
            (_any(verb for rule in rules if rule.compounds is compounds for verb in rule.verbs), tails)
            for compounds, tails in ((False, self.tails), (True, (*self.tails, *self.bodies)))
        ]
        return compiled("|".join(f"(?:{verbs})(?!{_any(tails, escape=False)})" for verbs, tails in kinds))

    @cached_property
    def recovering(self) -> regex.Pattern[str]:
        """Verbs of money that came back, several in a row taken together; `owed` where it has yet to come."""
        owed = _union(rule.pattern.pattern for rule in self.owed)
        return compiled(rf"(?P<owed>{owed})?{self.repaying}(?:(?:{self.chain.pattern}){self.repaying})*")

    @cached_property
    def repaying(self) -> str:
        return rf"(?P<act>{_any(verb for rule in self.recover for verb in rule.verbs)})(?!{_any(self.unpaying)})"

    @cached_property
    def accounting(self) -> regex.Pattern[str]:
        return compiled(rf"(?P<owed>(?!))?(?P<act>{_any(verb for rule in self.account for verb in rule.verbs)})")

    @cached_property
    def counted(self) -> frozenset[str]:
        """The units in which people held to account are counted."""
        return frozenset(unit for rule in self.account for unit in rule.units)

    @cached_property
    def acting(self) -> regex.Pattern[str]:
        """A body, or several, with a verb or what goes before one behind it."""
        body = rf"[^,。;:!?《》“”\d\n]{{0,24}}?(?:{_union(rule.pattern.pattern for rule in self.actor)})"
        then = _any(self.thens, escape=False)
        return compiled(rf"(?P<actor>{body}(?:[、和及与]{body}){{0,6}}?)(?=,?(?:{then})|{self.acts.pattern})")

    @cached_property
    def describing(self) -> regex.Pattern[str]:
        """A verb that only tells of what follows: 巡察组[反馈的]18个问题已整改, 审计局[向我局反馈的]问题已整改."""
        verb = rf"(?:{self.acts.pattern}|{self.findings.pattern})+了?的(?!同时)"
        found = rf"(?:{self.findings.pattern})了?(?:意见|问题)"  # but 县局[研究提出]了处理意见 acts
        return compiled(rf"(?:已|均|先后|所|共|集中|向[^,。;\d]{{1,12}}?)*(?:{verb}|{found})")

    @cached_property
    def closing(self) -> regex.Pattern[str]:
        return compiled(_union(rule.pattern.pattern for rule in self.closer))

    @cached_property
    def closers(self) -> regex.Pattern[str]:
        """The noun that closes a title, with what may follow it. A noun of one character needs a stop after it."""
        nouns = (*self.title.papers, *self.title.bodies)
        long = _any([noun for noun in nouns if len(noun) > 1])
        short = _any([noun for noun in nouns if len(noun) == 1])
        start = _union(self.title.starters)
        return compiled(
            rf"(?P<long>{long})(?=[”’\"」]?(?:\([^()]*\))?(?:{self.title.links}|{start}|{self.title.follows}|《))"
            rf"|(?:{short})(?=[,;。、\n]|$)"
        )

    @cached_property
    def openings(self) -> regex.Pattern[str]:
        return compiled(_union(rule.pattern.pattern for rule in self.opening))

    @cached_property
    def starts(self) -> regex.Pattern[str]:
        return compiled(_union(self.title.starters))

    @cached_property
    def linking(self) -> regex.Pattern[str]:
        return compiled(self.title.links)


def _union(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)"


def _any(words: Iterable[str], escape: bool = True) -> str:
    """The longest first; words that hold a bracket are small patterns already."""
    longest = sorted(words, key=lambda word: -len(word))
    return "|".join(word if "(" in word or not escape else regex.escape(word) for word in longest) or "(?!)"
