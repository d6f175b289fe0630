"""What a rectification report (整改报告) looks like: its title, and its fields (责任单位：…, 整改时限：…).

Both finders of such reports, problems and measures, read them through this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import regex

from extractor.found import Found, Heading
from extractor.rules import Regex, Rule, RuleFile, Rules, compiled, scan
from extractor.text import Span, Text

LEAD = 600  # characters at the head of a text in which it says what it is, if its title does not
SHARE = 0.3  # of the highest headings
SHORT = 2  # a label of so few characters (时限, 问题) is one at the head of a line only

FieldKind = Literal["problem", "responsible", "deadline", "state", "measures", "plans", "aside"]


class Sign(Rule):
    """Words of a title, a heading or the lead that show the genre; those of place `against` outweigh them."""

    place: Literal["title", "heading", "lead", "against"]
    pattern: Regex


class FieldRule(Rule):
    """Labels of one kind of field. An `aside` field (整改目标, 联系人) is only known for where it ends another."""

    kind: FieldKind
    labels: tuple[str, ...]


class State(Rule):
    """Words that name how far the work is."""

    pattern: Regex


class ProblemRules(RuleFile):
    file: ClassVar[str] = "problems"

    sign: tuple[Sign, ...] = ()
    field: tuple[FieldRule, ...] = ()
    state: tuple[State, ...] = ()

    @cached_property
    def labels(self) -> dict[str, FieldRule]:
        return {label: rule for rule in self.field for label in rule.labels}

    @cached_property
    def opening(self) -> regex.Pattern[str]:
        """What opens a field: 责任单位:  【整改措施】  (1)整改时限:  整改情况(已完成):  or a label on a line of its own."""
        longest = sorted(self.labels, key=lambda label: -len(label))
        words = "|".join(("" if len(label) > SHORT else "^") + regex.escape(label) for label in longest)
        return compiled(
            rf"(?P<open>[【\[]|^\(?[一二三四五六七八九十\d]{{1,2}}[)、.])?(?P<label>{words})"
            r"(?:\((?P<note>[^()\n]{1,20})\))?(?P<close>[】\]]:?|:|(?=\n|\Z))"
        )


@dataclass(frozen=True, slots=True)
class Field(Found):
    """`span` is what stands after the label; `note` what the label holds in brackets: 整改情况（已完成）：…"""

    kind: FieldKind
    label: Span
    note: Span | None = None


def reports(title: str, text: Text, headings: Sequence[Heading], rules: Rules) -> bool:
    """Is this a report on rectification? The title decides, then the headings, then the words before them."""
    signs = rules.of(ProblemRules).sign

    def shown(words: str, place: str) -> bool:
        return any(sign.place == place and sign.pattern.search(words) for sign in signs)

    plain = Text.of(0, title).view.text
    if shown(plain, "against"):
        return False
    if shown(plain, "title"):
        return True
    top = min((heading.level for heading in headings), default=0)
    highest = [Text.of(0, heading.title).view.text for heading in headings if heading.level == top]
    if highest and sum(shown(words, "heading") for words in highest) / len(highest) >= SHARE:
        return True
    return shown(text.view.text[:LEAD], "lead")


def kind_of(words: str, rules: Rules) -> FieldRule | None:
    """The rule whose label a table's header or a heading is, give or take a few characters: 整改进展情况(6月底)."""
    known = rules.of(ProblemRules).labels
    plain = Text.of(0, words).view.text.replace("\n", "").rstrip(":")
    held = [label for label in known if label in plain and len(plain) <= len(label) + 6]
    return known[max(held, key=len)] if held else None


def fields(text: Text, within: Span, rules: Rules) -> list[Field]:
    """The labelled fields in `within`, each up to the next."""
    known, pattern = rules.of(ProblemRules).labels, rules.of(ProblemRules).opening
    view = text.view
    start, end = view.index(within.start), view.index(within.end)
    hits = [m for m in scan(pattern, view.text, start, end) if m["close"] or _alone(m, view.text, start)]
    found = []
    for i, match in enumerate(hits):
        stop = hits[i + 1].start() if i + 1 < len(hits) else end
        value = _stripped(view.text, match.end(), stop)
        rule = known[match["label"]]
        note = view.span(*match.span("note")) if match["note"] else None
        found.append(Field(view.span(*value), rule.id, rule.kind, view.span(*match.span()), note))
    return found


def _alone(match: regex.Match[str], words: str, start: int) -> bool:
    """A label without a colon must be a line of its own."""
    return match.start() == start or words[match.start() - 1] == "\n"


def _stripped(words: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the blanks at both ends."""
    while start < end and words[start] in " \n":
        start += 1
    while start < end and words[end - 1] in " \n":
        end -= 1
    return start, end


def state(text: Text, span: Span, rules: Rules) -> Found | None:
    """The words at the head of `span`, up to a stop, that name how far the work is."""
    view = text.view
    start, end = view.index(span.start), view.index(span.end)
    for rule in rules.of(ProblemRules).state:
        match = rule.pattern.match(view.text, start, end)
        if match and (match.end() == end or view.text[match.end()] in "。;,\n("):
            return Found(view.span(*match.span()), rule.id)
    return None


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """For rulecheck: the signs that a text shows, the fields in it, and the states at their heads."""
    whole = Text.of(0, text)
    signs = [
        Found(whole.view.span(*match.span()), sign.id)
        for sign in rules.of(ProblemRules).sign
        for match in scan(sign.pattern, whole.view.text)
    ]
    labelled = fields(whole, Span(0, len(whole)), rules)
    return [*signs, *labelled, *(named for field in labelled if (named := state(whole, field.span, rules)))]
