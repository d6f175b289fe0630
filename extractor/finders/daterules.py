"""rules/dates.toml, typed, and what its patterns say of a text without any context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar, Literal

import regex
from pydantic import AfterValidator

from extractor.finders.calendar import MAKES, shift, year_of
from extractor.found import Bound
from extractor.rules import Rule, RuleFile, RuleModel, compiled, scan
from extractor.text import Span


def _known(make: str) -> str:
    if make not in MAKES:
        raise ValueError(f"there is no make {make!r}, only {', '.join(sorted(MAKES))}")
    return make


class DateRule(Rule):
    """`make` names the function of `extractor.finders.calendar` that works out the value."""

    pattern: str
    make: Annotated[str, AfterValidator(_known)]
    anchors: bool = False


class Join(Rule):
    """What stands between two dates that are one range."""

    pattern: str


class Around(Rule):
    """What stands right before or right after a date; either is enough."""

    before: str = ""
    after: str = ""


class BoundRule(Around):
    value: Bound


class Clue(Rule):
    """Words around a {year} that tell the document's own year: `shift` years on from it."""

    pattern: str
    where: Literal["title", "date", "head", "tail", "any"]
    shift: int = 0


class Relative(RuleModel):
    """Words like 今 and 去: how far from the document's own year or month, or from that of the nearest date."""

    document: Mapping[str, int]
    nearest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as printed: view offsets, its rule, and the named parts of the pattern."""

    start: int
    end: int
    rule: DateRule
    parts: Mapping[str, str]


class Sides:
    """The surroundings of several rules, asked at once."""

    def __init__(self, rules: Sequence[Around], slots: Mapping[str, str]) -> None:
        self._before = compiled(_either(_behind(rule.before) if rule.before else "(?!)" for rule in rules), slots)
        self._after = compiled(_either(rule.after or "(?!)" for rule in rules), slots)

    def first(self, text: str, start: int, end: int) -> int | None:
        """The first of the rules that fits before `start` or after `end`."""
        hits = (self._before.match(text, start), self._after.match(text, end))
        return min((_index(_groups(hit)) for hit in hits if hit), default=None)


class DateRules(RuleFile):
    file: ClassVar[str] = "dates"

    gate: str
    years: Relative
    months: Relative
    slots: Mapping[str, str]
    rule: tuple[DateRule, ...]
    join: Join
    refusal: tuple[Around, ...]
    bound: tuple[BoundRule, ...]
    clue: tuple[Clue, ...]

    def mentions(self, text: str) -> list[Mention]:
        """Every date of a view's text, refused ones too."""
        found = []
        for match in scan(self._patterns, text):
            parts = _groups(match)
            found.append(Mention(match.start(), match.end(), self.rule[_index(parts)], parts))
        return found

    def refused(self, text: str, mention: Mention) -> Around | None:
        """The rule that says this is no day of our calendar."""
        found = self._refusals.first(text, mention.start, mention.end)
        return None if found is None else self.refusal[found]

    def bounded(self, text: str, start: int, end: int) -> BoundRule | None:
        found = self._bounds.first(text, start, end)
        return None if found is None else self.bound[found]

    def told(self, clue: Clue, text: str) -> Iterator[tuple[Span, str]]:
        """Where the clue stands in a view's text and which year it tells; a masked year tells none."""
        for match in scan(self._clues[clue.id], text):
            if (year := year_of(match["year"])).isdigit():
                yield Span(*match.span("year")), shift(year, clue.shift)

    def joined(self, text: str, first: Mention, second: Mention) -> bool:
        return bool(self._joint.fullmatch(text, first.end, second.start))

    @cached_property
    def _slots(self) -> Mapping[str, str]:
        words = {"year_word": self.years, "month_word": self.months}
        return {name: _alternatives(table) for name, table in words.items()} | dict(self.slots)

    @cached_property
    def _patterns(self) -> regex.Pattern[str]:
        return compiled(f"(?={self.gate})(?:{_either(rule.pattern for rule in self.rule)})", self._slots)

    @cached_property
    def _joint(self) -> regex.Pattern[str]:
        return compiled(self.join.pattern, self._slots)

    @cached_property
    def _refusals(self) -> Sides:
        return Sides(self.refusal, self._slots)

    @cached_property
    def _bounds(self) -> Sides:
        return Sides(self.bound, self._slots)

    @cached_property
    def _clues(self) -> Mapping[str, regex.Pattern[str]]:
        return {clue.id: compiled(clue.pattern, self._slots) for clue in self.clue}


def _either(patterns: Iterable[str]) -> str:
    """One alternation; the group around each alternative tells which one it was."""
    return "|".join(f"(?P<rule{i}>{pattern})" for i, pattern in enumerate(patterns))


def _index(groups: Mapping[str, str]) -> int:
    return next(int(name[4:]) for name in groups if name.startswith("rule"))


def _groups(match: regex.Match[str]) -> dict[str, str]:
    """The named groups that took part. (`lastgroup` errs where alternatives share names.)"""
    return {name: part for name, part in match.groupdict().items() if part is not None}


def _behind(pattern: str) -> str:
    return f"(?<={pattern})" if pattern else ""


def _alternatives(words: Relative) -> str:
    """The words of both tables, longest first."""
    return "|".join(sorted({*words.document, *words.nearest}, key=len, reverse=True))
