"""`rules/html.toml` as typed rules."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import field_validator

from extractor.readers.html.tree import valid
from extractor.rules import Regex, Rule, RuleFile

Hint = Literal["title", "issuer", "date"]


class SelectorRule(Rule):
    """`selector` is a list of CSS selectors."""

    selector: str

    @field_validator("selector")
    @classmethod
    def _is_css(cls, selector: str) -> str:
        if not valid(selector):
            raise ValueError(f"{selector!r} is no CSS selector")
        return selector


class DensestRule(Rule):
    """The smallest box with `share` of the page's prose; then the boxes around it that add no links and no more
    than `around` characters. A run of characters with words that `site` names is no prose."""

    share: float
    around: int
    site: Regex


class ColumnRule(Rule):
    """A block with at least `links` links, that are `share` of its characters."""

    links: int
    share: float


class TitleRule(Rule):
    """The block above the text that says what the page's head gives as its title: at least `least` characters, and
    `share` of the longest part between `separator`. The name of a `file` is none."""

    least: int
    share: float
    separator: Regex
    file: Regex


class HintRule(Rule):
    """What a page says of its paper: in the <meta> of these names (`title` is the <title>), else beside the text,
    after what group 1 of `label` leaves of it."""

    gives: Hint
    meta: tuple[str, ...] = ()
    label: Regex | None = None


class HtmlRules(RuleFile):
    file: ClassVar[str] = "html"

    least_share: float = 0.3  # of the page's prose, for a container to be taken by its name
    body: tuple[SelectorRule, ...] = ()
    drop: tuple[SelectorRule, ...] = ()
    hint: tuple[HintRule, ...] = ()
    densest: DensestRule
    column: ColumnRule
    title: TitleRule
