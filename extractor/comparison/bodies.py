"""`rules/bodies.toml`: the register of bodies. A printed name → which body it is, whatever it was called that year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import regex
from pydantic import model_validator

from extractor.found import Found
from extractor.rules import TIMEOUT, Regex, Rule, RuleFile, Rules, compiled
from extractor.text import View, fold


class Body(NamedTuple):
    """A body: its `name` as it is spelled in full, and what is the same for all its names through the years.

    `id` is that of the register for the body that carries its work on today, `was` that for the name itself; both
    None where the register does not know it, and `place` and `rest` then empty.
    """

    name: str
    place: str = ""
    id: str | None = None
    was: str | None = None
    rest: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.place, self.id, self.rest) if self.id else ("", "", self.name)


class SpellingRule(Rule):
    pattern: Regex
    name: str


class BodyRule(Rule):
    """A body of the register; `since` and `until` are the years of its name."""

    names: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    successor: str | None = None
    part: bool = False


class BodyRules(RuleFile):
    file: ClassVar[str] = "bodies"

    forms: tuple[str, ...]
    place: str
    nation: Regex
    bare: Regex
    level: Regex
    spelling: tuple[SpellingRule, ...] = ()
    body: tuple[BodyRule, ...] = ()

    @model_validator(mode="after")
    def _successors_lead_on(self) -> BodyRules:
        for rule in self.body:
            seen = {rule.id}
            while rule.successor:
                if rule.successor not in self.known:
                    raise ValueError(f"{rule.id!r}: no body has the id {rule.successor!r} of its successor")
                rule = self.known[rule.successor]
                if rule.id in seen:
                    raise ValueError(f"{rule.id!r} comes after itself")
                seen.add(rule.id)
        return self

    @cached_property
    def known(self) -> Mapping[str, BodyRule]:
        return {rule.id: rule for rule in self.body}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """A name without its place → the id of its body; of two bodies with one name the first has it."""
        found: dict[str, str] = {}
        for rule in self.body:
            for name in (*rule.names, *(stem + form for stem in rule.stems for form in self.forms)):
                found.setdefault(name, rule.id)
        return found

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        names = "|".join(map(regex.escape, sorted(self.names, key=lambda name: (-len(name), name))))
        return compiled(rf"(?P<place>{self.place})(?P<name>{names})(?P<rest>.*)")

    def line(self, id: str) -> Iterator[BodyRule]:
        """The body and its successors."""
        rule: BodyRule | None = self.known[id]
        while rule:
            yield rule
            rule = self.known[rule.successor] if rule.successor else None


def spelled(name: str, rules: BodyRules) -> str:
    """“中共临溪县水务局党组” → 临溪县水务局."""
    for rule in rules.spelling:
        name = rule.pattern.sub(rule.name, name, count=1, timeout=TIMEOUT)
    return name


def known(name: str, rules: Rules) -> Body:
    """Which body has this name; the name is folded, as it was printed."""
    kit = rules.of(BodyRules)
    name = spelled(name, kit)
    match = kit.pattern.fullmatch(name, timeout=TIMEOUT)
    if match:
        was = kit.names[match["name"]]
        place = "" if kit.nation.fullmatch(match["place"]) else match["place"]
        *_, now = kit.line(was)
        return Body(name, place, now.id, was, match["rest"])
    if kit.bare.fullmatch(name, timeout=TIMEOUT) and "government" in kit.known:
        return Body(name, name, "government", "government")
    return Body(name)


def merged(body: Body, rules: Rules) -> bool:
    """Was it, or one of its successors, merged into another body rather than renamed?"""
    kit = rules.of(BodyRules)
    return body.was is not None and any(rule.part for rule in kit.line(body.was))


def shortened(short: Body, full: Body, rules: Rules) -> bool:
    """Is `short` the name of `full` without (a part of) its place: 县水务局, 普陀区财政局?"""
    if short.id:
        same = (short.id, short.rest) == (full.id, full.rest)
        return same and short.place != full.place and bool(short.place) and full.place.endswith(short.place)
    cut = full.name.removesuffix(short.name)
    level = rules.of(BodyRules).level
    return not full.id and "" != cut != full.name and any(map(level.fullmatch, (short.name[0], cut[-1])))


def placed_as(short: Body, full: Body) -> Body:
    """`short` at the place of `full`, under the name that it has itself: 县国土资源局, 临溪县自然资源局 → 临溪县国土资源局."""
    if not short.id:
        return full
    return short._replace(name=full.place + short.name.removeprefix(short.place), place=full.place)


@dataclass(frozen=True, slots=True)
class Named(Found):
    """A name that the register knows, or a spelling of it: what an example may ask for."""

    name: str
    now: str | None = None
    place: str = ""


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterator[Named]:
    """The text is a name: every spelling that changes it, and the body that has it."""
    kit, view = rules.of(BodyRules), View(fold(text))
    for rule in kit.spelling:
        match = rule.pattern.search(view.text, timeout=TIMEOUT)
        if match:
            yield Named(view.span(*match.span()), rule.id, rule.pattern.sub(rule.name, view.text, count=1))
    body = known(view.text, rules)
    if body.was:
        yield Named(view.span(0, len(view)), body.was, body.name, body.id, body.place)
