"""`rules/noise.toml` as typed rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal

import regex
from pydantic import model_validator

from extractor.rules import Rule, RuleFile, compiled, expand

Scope = Literal["text", "line", "block", "run", "page"]


class PatternRule(Rule):
    pattern: str


class NoiseRule(PatternRule):
    """Noise of one kind. `scope` says where its pattern is looked for:

    - `text`: anywhere; `line`: one or several whole lines;
    - `block`: the pattern names labels (标题, 发布机构); lines that hold `label:` are noise where `min_run` labels
      stand together. A named group round a label hands its value on as that hint;
    - `run`: a counter `n` at the head of lines that go on in the middle of a sentence, counting up by one;
    - `page`: whole lines with a number `n` that counts up by one, a page of text between one and the next.

    `keep` are the groups handed on as hints; `splits`: a new document begins after it; `joins`: the line break
    beside it is none, unless a sentence ends there.
    """

    scope: Scope
    keep: tuple[Literal["title", "issuer", "date"], ...] = ()
    splits: bool = False
    joins: bool = False
    min_run: int = 3


class JoinRule(PatternRule):
    """A line break in the middle of a sentence. The pattern is matched against two lines: `\\n` between lines,
    `\\n\\n` where a blank line stands, and a tab before an indented line."""


class SplitRule(PatternRule):
    """A document that begins without noise before it: at group `title` of the pattern."""


class WrapRule(Rule):
    """Text wrapped at a fixed width: `share` of at least `min_lines` lines are within `slack` columns of it (a
    Chinese character has two), and hardly any line is wider."""

    min_lines: int
    share: float
    slack: int
    narrowest: int
    widest: int


class RepeatRule(Rule):
    """A page scraped more than once: `min_sentences` in a row come again, and they are `share` of all before."""

    min_sentences: int
    share: float


class TitleRule(Rule):
    """A page's title holds the paper's: parts between `separator` that look like a `site` are not it."""

    separator: str
    site: str
    suffix: str


class NoiseRules(RuleFile):
    file: ClassVar[str] = "noise"

    slots: Mapping[str, str] = {}
    noise: tuple[NoiseRule, ...] = ()
    join: tuple[JoinRule, ...] = ()
    split: tuple[SplitRule, ...] = ()
    wrap: WrapRule | None = None
    repeat: RepeatRule | None = None
    title: TitleRule | None = None

    @model_validator(mode="after")
    def _compile(self) -> NoiseRules:
        for rule in (*self.noise, *self.join, *self.split):
            try:
                compiled(rule.pattern, self.slots)
            except ValueError as error:
                raise ValueError(f"{rule.id}: {error}") from None
        return self

    def of_scope(self, scope: Scope) -> tuple[NoiseRule, ...]:
        return tuple(rule for rule in self.noise if rule.scope == scope)

    def pattern(self, rule: NoiseRule, form: str = "{}") -> regex.Pattern[str]:
        """A rule's pattern put into `form`."""
        return compiled(form.replace("{}", f"(?:{expand(rule.pattern, self.slots)})"))

    def _any(self, patterns: Mapping[str, str], form: str) -> regex.Pattern[str]:
        """One pattern for many: the group named `rule7` says that the eighth matched (`lastgroup` may be one inside)."""
        either = "|".join(f"(?P<{name}>{expand(pattern, self.slots)})" for name, pattern in patterns.items())
        return compiled(form.replace("{}", f"(?:{either or '(?!)'})"))

    @cached_property
    def anywhere(self) -> regex.Pattern[str]:
        return self._any(_numbered(self.of_scope("text")), "{}")

    @cached_property
    def whole_line(self) -> regex.Pattern[str]:
        return self._any(_numbered(self.of_scope("line")), "^{}$")

    @cached_property
    def broken(self) -> regex.Pattern[str]:
        return self._any(_numbered(self.join), "{}")

    @cached_property
    def opening(self) -> regex.Pattern[str]:
        return self._any(_numbered(self.split), "{}")

    @cached_property
    def marker(self) -> regex.Pattern[str]:
        """The head of a line that opens a section or an item: such a line is never the rest of the one before it."""
        return compiled(" *+" + self.slots.get("marker", "(?!)"), self.slots)

    @cached_property
    def counters(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return tuple((rule, self.pattern(rule, "^{}")) for rule in self.of_scope("run"))

    @cached_property
    def folios(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return tuple((rule, self.pattern(rule, "^{}$")) for rule in self.of_scope("page"))

    @cached_property
    def labels(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        form = r"(?:^|(?<=[| ]))[-*#|> ]*+{}[|]?:"
        return tuple((rule, self.pattern(rule, form)) for rule in self.of_scope("block"))


def _numbered(rules: Sequence[PatternRule]) -> dict[str, str]:
    return {f"rule{i}": rule.pattern for i, rule in enumerate(rules)}


def numbered(match: regex.Match[str]) -> int:
    """The place in its table of the rule that matched (see `NoiseRules._any`)."""
    return next(int(name[4:]) for name, value in match.groupdict().items() if value is not None and name[:4] == "rule")
