"""rules/dates.toml, typed, and what its patterns say of a text without any context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby
from typing import Annotated, ClassVar, Literal, TypeVar

import regex
from pydantic import AfterValidator

from extractor.errors import RuleError
from extractor.finders.dates.calendar import MAKES, shift, year_of
from extractor.found import Bound
from extractor.rules import Rule, RuleFile, RuleModel, compiled, scan
from extractor.text import Span

T = TypeVar("T")
REACH = 16  # characters from the start of a date to the one that its rule needs


def _known(make: str) -> str:
    if make not in MAKES:
        raise ValueError(f"there is no make {make!r}, only {', '.join(sorted(MAKES))}")
    return make


class DateRule(Rule):
    """`make` names the function of `extractor.finders.dates.calendar` that works out the value."""

    pattern: str
    needs: str = ""
    make: Annotated[str, AfterValidator(_known)]
    anchors: bool = False
    heads: bool = False


class Join(Rule):
    """What stands between two dates that belong together."""

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

    @property
    def dated(self) -> bool:
        """Does it say its own year?"""
        return bool({"year", "word", "month_word", "plan"} & self.parts.keys())


class Either:
    """Several patterns as one alternation that knows which of them matched (`lastgroup` errs where names repeat)."""

    def __init__(self, pattern: str, slots: Mapping[str, str]) -> None:
        self.pattern = compiled(pattern, slots)
        places = {name: number - 1 for name, number in self.pattern.groupindex.items()}
        self._rules = [(at, int(name[4:])) for name, at in places.items() if name.startswith("rule")]
        self._names = [(name, at) for name, at in places.items() if not name.startswith("rule")]

    def read(self, match: regex.Match[str]) -> tuple[int, Mapping[str, str]]:
        """Which of the patterns it was, and its named groups."""
        groups = match.groups()
        index = next(i for at, i in self._rules if groups[at] is not None)
        return index, {name: groups[at] for name, at in self._names if groups[at] is not None}


class Sides:
    """The surroundings of several rules, asked at once."""

    def __init__(self, rules: Sequence[Around], slots: Mapping[str, str]) -> None:
        before = (f"(?<={rule.before})" if rule.before else "(?!)" for rule in rules)
        self._sides = (
            Either("|".join(map(_numbered, count(), before)), slots),
            Either("|".join(map(_numbered, count(), (rule.after or "(?!)" for rule in rules))), slots),
        )

    def first(self, text: str, start: int, end: int) -> int | None:
        """The first of the rules that fits before `start` or after `end`."""
        hits = ((side, side.pattern.match(text, at)) for side, at in zip(self._sides, (start, end), strict=True))
        return min((side.read(hit)[0] for side, hit in hits if hit), default=None)


class DateRules(RuleFile):
    file: ClassVar[str] = "dates"

    gate: str
    years: Relative
    months: Relative
    slots: Mapping[str, str]
    rule: tuple[DateRule, ...]
    join: Join
    listing: Join
    refusal: tuple[Around, ...]
    bound: tuple[BoundRule, ...]
    clue: tuple[Clue, ...]

    def mentions(self, text: str) -> list[Mention]:
        """Every date of a view's text, refused ones too."""
        found = []
        for match in scan(self._patterns.pattern, text):
            index, parts = self._patterns.read(match)
            found.append(Mention(match.start(), match.end(), self.rule[index], parts))
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

    def listed(self, between: str) -> bool:
        """Does this stand between two dates of one list?"""
        return bool(self._comma.fullmatch(between))

    @cached_property
    def _slots(self) -> Mapping[str, str]:
        words = {"year_word": self.years, "month_word": self.months}
        return {name: _alternatives(table) for name, table in words.items()} | dict(self.slots)

    @cached_property
    def _patterns(self) -> Either:
        """All rules in their order; neighbours that need the same character share one look ahead for it."""
        groups = []
        for needs, rules in groupby(enumerate(self.rule), key=lambda item: item[1].needs):
            near = rf"(?=[^\n]{{0,{REACH}}}[{regex.escape(needs)}])" if needs else ""
            groups.append(f"{near}(?:{'|'.join(_numbered(i, rule.pattern) for i, rule in rules)})")
        whole = f"(?={self.gate})(?:{'|'.join(groups)})"
        return self._sound(lambda: Either(whole, self._slots), ((rule, rule.pattern) for rule in self.rule))

    @cached_property
    def _joint(self) -> regex.Pattern[str]:
        return compiled(self.join.pattern, self._slots)

    @cached_property
    def _comma(self) -> regex.Pattern[str]:
        return compiled(self.listing.pattern, self._slots)

    @cached_property
    def _refusals(self) -> Sides:
        sides = ((rule, side) for rule in self.refusal for side in (rule.before, rule.after))
        return self._sound(lambda: Sides(self.refusal, self._slots), sides)

    @cached_property
    def _bounds(self) -> Sides:
        sides = ((rule, side) for rule in self.bound for side in (rule.before, rule.after))
        return self._sound(lambda: Sides(self.bound, self._slots), sides)

    @cached_property
    def _clues(self) -> Mapping[str, regex.Pattern[str]]:
        patterns = [(clue, clue.pattern) for clue in self.clue]
        return self._sound(lambda: {clue.id: compiled(pattern, self._slots) for clue, pattern in patterns}, patterns)

    def _sound(self, build: Callable[[], T], patterns: Iterable[tuple[Rule, str]]) -> T:
        """What `build` makes of the patterns. Raises RuleError that names the rule at fault."""
        try:
            return build()
        except ValueError:
            for rule, pattern in patterns:
                try:
                    compiled(pattern, self._slots)
                except ValueError as error:
                    raise RuleError(f"{self.file}.toml", rule.id, str(error)) from None
            raise


def _numbered(index: int, pattern: str) -> str:
    return f"(?P<rule{index}>{pattern})"


def _alternatives(words: Relative) -> str:
    """The words of both tables, longest first."""
    return "|".join(sorted({*words.document, *words.nearest}, key=len, reverse=True))
