"""What a rectification report (整改报告) looks like: its title, and its fields (责任单位：…, 整改时限：…).

Both finders of such reports, problems and measures, read them through this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

import regex

from extractor.found import Found, Heading, Mode
from extractor.found import State as Progress
from extractor.rules import Regex, Rule, RuleFile, Rules, scan
from extractor.text import Span, Text

LEAD = 600  # characters at the head of a text in which it says what it is, if its title does not
SHARE = 0.3  # of the highest headings
SHORT = 2  # a label of so few characters (时限, 问题) is one at the head of a line only
STATE = 30  # a field of more characters than a state takes (整改完成情况：…) tells what was done

FieldKind = Literal["problem", "responsible", "deadline", "state", "measures", "plans", "aside"]

_BRACKETS = ("【", "[")
_OPEN = regex.compile(r"(?:[【\[]|\(?[一二三四五六七八九十\d]{1,2}[)、.])?")
_CLOSE = regex.compile(r"[:】\]\n]|\Z")
_BEFORE = '\n。;!?:”’"】])'  # what a label stands after
_PROSE: frozenset[FieldKind] = frozenset(
    {"problem", "measures", "plans", "state", "aside"}
)  # labels that prose uses too
_BRACKET = regex.compile(r"[】\]]")
_NOTE = regex.compile(r"\(([^()\n]{1,20})\)")


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


class StateReading(Rule):
    """Which of the four states the words of progress name."""

    pattern: Regex
    means: Progress


class ModeReading(Rule):
    """Which type of rectification the words of a deadline or a type name."""

    pattern: Regex
    means: Mode


class Defect(Rule):
    """Words by which a title says that something was wrong."""

    pattern: Regex


class ProblemRules(RuleFile):
    file: ClassVar[str] = "problems"

    sign: tuple[Sign, ...] = ()
    field: tuple[FieldRule, ...] = ()
    subject: Regex = regex.compile("")  # what may stand before the words of a state
    state: tuple[State, ...] = ()
    reading: tuple[StateReading, ...] = ()
    mode: tuple[ModeReading, ...] = ()
    defect: tuple[Defect, ...] = ()

    @cached_property
    def labels(self) -> dict[str, FieldRule]:
        return {label: rule for rule in self.field for label in rule.labels}

    @cached_property
    def sizes(self) -> list[int]:
        """The lengths of labels, the longest first."""
        return sorted({len(label) for label in self.labels}, reverse=True)


@dataclass(frozen=True, slots=True)
class Field(Found):
    """`span` is what stands after the label; `note` what the label holds in brackets: 整改情况（已完成）：…"""

    kind: FieldKind
    label: Span
    note: Span | None = None


class _Hit(NamedTuple):
    """View offsets of a label with what opens and closes it, and of its note."""

    start: int
    end: int
    note: tuple[int, int] | None
    rule: FieldRule


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


def printed(text: Text, span: Span) -> str:
    """A problem's words as print has them, in one line."""
    return text.raw[span.start : span.end].replace("\n", "")


def front_of(text: Text, headings: Sequence[Heading]) -> Span:
    """What stands before the first heading."""
    return Span(0, headings[0].span.start if headings else len(text))


def label_of(words: str, rules: Rules) -> FieldRule | None:
    """The rule of which `words`, a heading's title, are a label."""
    return rules.of(ProblemRules).labels.get(Text.of(0, words).view.text)


def kind_of(words: str, rules: Rules) -> FieldRule | None:
    """The rule whose label a table's header holds, with a few characters beside it: 整改进展情况(6月底)."""
    known = rules.of(ProblemRules).labels
    plain = Text.of(0, words).view.text.replace("\n", "").rstrip(":")
    held = [label for label in known if label in plain and len(plain) <= len(label) + 6]
    return known[max(held, key=len)] if held else None


def fields(text: Text, within: Span, rules: Rules) -> list[Field]:
    """The labelled fields in `within`, each up to the next: 责任单位:…  【整改措施】…  (1)整改时限:…  整改情况(已完成):…"""
    known, view = rules.of(ProblemRules), text.view
    start, end = view.index(within.start), view.index(within.end)
    labels = (_label(view.text, close, start, known) for close in scan(_CLOSE, view.text, start, end))
    hits = [hit for hit in labels if hit and (hit.rule.kind not in _PROSE or _apart(text, hit.start, start))]
    found = []
    for i, hit in enumerate(hits):
        stop = hits[i + 1].start if i + 1 < len(hits) else end
        stop = _closed(view.text, hit, start, stop)
        value = _stripped(view.text, hit.end, stop)
        note = view.span(*hit.note) if hit.note else None
        found.append(Field(view.span(*value), hit.rule.id, hit.rule.kind, view.span(hit.start, hit.end), note))
    return found


def _closed(words: str, hit: _Hit, start: int, stop: int) -> int:
    """Where a field ends that stands within brackets: 【完成情况:已完成】 …。(责任领导:…;完成时限:…)"""
    if words[hit.start] in _BRACKETS and words[hit.end - 1] == ":":
        closed = _BRACKET.search(words, hit.end, stop)
        return closed.start() if closed else stop
    opened = words.rfind("(", max(start, words.rfind("\n", start, hit.start)), hit.start)
    closing = words.find(")", hit.end, stop)
    if opened < 0 or closing < 0 or ")" in words[opened : hit.start] or "(" in words[hit.end : closing]:
        return stop
    return closing


def _apart(text: Text, at: int, start: int) -> bool:
    """Does a label at view offset `at` stand after a stop or a blank? 各单位落实整改措施:… says it in a sentence."""
    return at == start or text.view.text[at - 1] in _BEFORE or text.raw[text.view.offset(at) - 1].isspace()


def _label(words: str, close: regex.Match[str], start: int, rules: ProblemRules) -> _Hit | None:
    """The longest label that ends where `close` begins. A short one, or one without a colon, must head its line."""
    at = close.start()
    noted = _NOTE.fullmatch(words, words.rfind("(", start, at), at) if words[at - 1 : at] == ")" else None
    end = noted.start() if noted else at
    size = next((n for n in rules.sizes if end - n >= start and words[end - n : end] in rules.labels), None)
    if size is None:
        return None
    low = max(start, words.rfind("\n", start, end) + 1)
    heads = _OPEN.fullmatch(words, low, end - size) is not None
    if not heads and (size <= SHORT or close.group() in ("", "\n")):
        return None
    bracket = end - size > start and words[end - size - 1] in _BRACKETS
    first = low if heads else end - size - bracket
    return _Hit(first, close.end(), noted.span(1) if noted else None, rules.labels[words[end - size : end]])


def _stripped(words: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the blanks at both ends."""
    while start < end and words[start] in " \n:":
        start += 1
    while start < end and words[end - 1] in " \n":
        end -= 1
    return start, end


def state(text: Text, span: Span, rules: Rules) -> Found | None:
    """The words at the head of `span`, up to a stop, that name how far the work is: 已完成; (正在整改); 该问题已整改。"""
    known, view = rules.of(ProblemRules), text.view
    start, end = view.index(span.start), view.index(span.end)
    start = _stripped(view.text, start, end)[0]
    start += view.text.startswith("(", start, end)
    subject = known.subject.match(view.text, start, end)
    for rule in known.state:
        match = rule.pattern.match(view.text, subject.end() if subject else start, end)
        if match and (match.end() == end or view.text[match.end()] in "。;,\n()"):
            return Found(view.span(*match.span()), rule.id)
    return None


def state_of(words: str, rules: Rules) -> Progress | None:
    """`words` of progress as one of the four states."""
    plain = Text.of(0, words).view.text
    return next((rule.means for rule in rules.of(ProblemRules).reading if rule.pattern.search(plain)), None)


def mode_of(words: str, rules: Rules) -> Mode | None:
    """The type of rectification that `words` name first: 立行立改,长期坚持 is immediate."""
    plain = Text.of(0, words).view.text
    hits = [
        (match.start(), rule.means) for rule in rules.of(ProblemRules).mode if (match := rule.pattern.search(plain))
    ]
    return min(hits, default=(0, None))[1]


def defective(title: str, rules: Rules) -> bool:
    """Does a heading's title say that something was wrong?"""
    plain = Text.of(0, title).view.text
    return any(rule.pattern.search(plain) for rule in rules.of(ProblemRules).defect)


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """For rulecheck: the signs and defects that a text shows, its fields, and the states at their heads."""
    whole = Text.of(0, text)
    known = rules.of(ProblemRules)
    worded: tuple[Sign | StateReading | ModeReading | Defect, ...] = (
        *known.sign, *known.reading, *known.mode, *known.defect,
    )  # fmt: skip
    patterns = [(rule.pattern, rule.id) for rule in worded]
    signs = [
        Found(whole.view.span(*match.span()), name)
        for pattern, name in patterns
        for match in scan(pattern, whole.view.text)
    ]
    labelled = fields(whole, Span(0, len(whole)), rules)
    return [*signs, *labelled, *(named for field in labelled if (named := state(whole, field.span, rules)))]
