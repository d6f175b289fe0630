"""`rules/noise.toml` as typed rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal, TypeVar

import regex

from extractor.errors import RuleError
from extractor.rules import Regex, Rule, RuleFile, compiled

Scope = Literal["text", "line", "block", "run", "page"]


class PatternRule(Rule):
    pattern: str


P = TypeVar("P", bound=PatternRule)


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
    Chinese character has two), hardly any line is wider, and in `prose` of them a sentence ends before the line."""

    min_lines: int
    share: float
    prose: float
    slack: int
    narrowest: int
    widest: int


class RunningRule(Rule):
    """A short line that comes again at least `min_run` times, a page apart, and cuts sentences."""

    min_run: int


class RepeatRule(Rule):
    """A page scraped more than once: `min_sentences` in a row come again, and they are `share` of all before."""

    min_sentences: int
    share: float


class TitleRule(Rule):
    """A page's title holds the paper's: parts between `separator` that look like a `site` are not it."""

    separator: str
    site: str
    suffix: str


class IssuerRule(Rule):
    """Who issued a paper: no `site` did; `body` of `signed`, at the end of its text, says it more fully than a page."""

    site: Regex
    signed: str


class NoiseRules(RuleFile):
    file: ClassVar[str] = "noise"

    slots: Mapping[str, str] = {}
    noise: tuple[NoiseRule, ...] = ()
    join: tuple[JoinRule, ...] = ()
    split: tuple[SplitRule, ...] = ()
    wrap: WrapRule | None = None
    running: RunningRule | None = None
    repeat: RepeatRule | None = None
    title: TitleRule | None = None
    issuer: IssuerRule | None = None

    def _compiled(self, table: Sequence[P], form: str = "{}") -> tuple[tuple[P, regex.Pattern[str]], ...]:
        """Rules with their patterns put into `form`. One by one: in one alternation they take ten times as long."""

        def pattern(rule: P) -> regex.Pattern[str]:
            try:
                return compiled(form.replace("{}", f"(?:{rule.pattern})"), self.slots)
            except ValueError as error:
                raise RuleError(f"{self.file}.toml", rule.id, str(error)) from None

        return tuple((rule, pattern(rule)) for rule in table)

    def _scope(self, scope: Scope, form: str = "{}") -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._compiled([rule for rule in self.noise if rule.scope == scope], form)

    @cached_property
    def anywhere(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._scope("text")

    @cached_property
    def whole_line(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._scope("line", r"^(?=[^\n]{1,400}+$){}$")  # a longer first line is a paragraph

    @cached_property
    def labels(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._scope("block", r"(?:^|[| ])[-*#|>•·● ]*+{}[|]?:")

    @cached_property
    def counters(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._scope("run", "^{}")

    @cached_property
    def folios(self) -> tuple[tuple[NoiseRule, regex.Pattern[str]], ...]:
        return self._scope("page", "^{}$")

    @cached_property
    def broken(self) -> tuple[tuple[JoinRule, regex.Pattern[str]], ...]:
        return self._compiled(self.join)

    @cached_property
    def opening(self) -> tuple[tuple[SplitRule, regex.Pattern[str]], ...]:
        return self._compiled(self.split)

    @cached_property
    def signature(self) -> regex.Pattern[str]:
        return compiled(self.issuer.signed if self.issuer else "(?!)", self.slots)

    @cached_property
    def marker(self) -> regex.Pattern[str]:
        """The head of a line that opens a section or an item: such a line is never the rest of the one before it."""
        return compiled(" *+" + self.slots.get("marker", "(?!)"), self.slots)
