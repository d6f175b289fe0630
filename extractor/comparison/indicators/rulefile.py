"""`rules/indicators.toml`: how a figure's name is read from its clause, what it is, and which units are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal, NamedTuple

import regex

from extractor.found import Found
from extractor.rules import Regex, Rule, RuleFile, Rules, compiled
from extractor.text import Span, fold

SectionScope = Literal["achieved", "target", "period", "none"]


class ScopeRule(Rule):
    """`place` says where the pattern is looked for: in the title, in a heading, at a sentence's opening, in a clause.

    A `weak` one does not hold in a section that looks back; one that `yields` does not in a sentence of a year.
    """

    place: Literal["title", "heading", "opening", "clause"]
    scope: SectionScope
    pattern: Regex
    weak: bool = False
    yields: bool = False


class Shape(Rule):
    pattern: Regex


class Words(Rule):
    words: tuple[str, ...]


class Units(Rule):
    """Units of one measure, and how many of the first each is."""

    of: Mapping[str, float]


class Alike(Rule):
    """Count words that count the same things; where there are `names`, only in a name that holds one."""

    units: tuple[str, ...]
    names: tuple[str, ...] = ()


class Measure(NamedTuple):
    """What a unit measures (an id of the rules, or the unit itself) and how many of the base unit it is."""

    id: str
    factor: float


class IndicatorRules(RuleFile):
    """`shape` are patterns about a number; the words of `verb` stand before it, those of `word` in a name; `alias` and
    `idle` are patterns too."""

    file: ClassVar[str] = "indicators"
    scope: tuple[ScopeRule, ...] = ()
    shape: tuple[Shape, ...] = ()
    verb: tuple[Words, ...] = ()
    word: tuple[Words, ...] = ()
    alias: tuple[Words, ...] = ()
    idle: tuple[Words, ...] = ()
    unit: tuple[Units, ...] = ()
    alike: tuple[Alike, ...] = ()

    @cached_property
    def shapes(self) -> dict[str, regex.Pattern[str]]:
        return {shape.id: shape.pattern for shape in self.shape}

    @cached_property
    def verbs(self) -> dict[str, str]:
        """Word → rise, fall, rate, level or link."""
        return {word: group.id for group in self.verb for word in group.words}

    @cached_property
    def longest(self) -> int:
        return max(map(len, (*self.verbs, *self.words("whole"))))

    def words(self, name: str) -> tuple[str, ...]:
        """The words of an entry of `word`, the longest first."""
        return self._words[name]

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        return {group.id: tuple(sorted(group.words, key=lambda word: (-len(word), word))) for group in self.word}

    @cached_property
    def generic(self) -> frozenset[str]:
        return frozenset((*self.words("generic"), *self.words("plan")))

    @cached_property
    def vague(self) -> frozenset[str]:
        """What names nothing alone."""
        return self.generic | frozenset(self.words("stage"))

    @cached_property
    def bare(self) -> frozenset[str]:
        """What goes with the subject of the words before."""
        return self.vague | frozenset(self.words("increment"))

    @cached_property
    def acts(self) -> regex.Pattern[str]:
        """Words of what was done, in a name."""
        words = (*self.words("act"), *self.words("flow"), *self.words("stage"))
        return regex.compile("|".join(sorted(map(regex.escape, words), key=len, reverse=True)))

    @cached_property
    def each(self) -> frozenset[str]:
        return frozenset(self.words("each"))

    @cached_property
    def whole(self) -> frozenset[str]:
        return frozenset(self.words("whole"))

    @cached_property
    def cost(self) -> frozenset[str]:
        return frozenset(self.words("cost"))

    @cached_property
    def lead(self) -> regex.Pattern[str]:
        words, nouns = ("|".join(map(regex.escape, self.words(name))) for name in ("lead", "noun"))
        return regex.compile(f"^(?:(?!{nouns})(?:{words}))++(?![性用])")

    @cached_property
    def act(self) -> regex.Pattern[str]:
        return compiled(f"^((?:{'|'.join(self.words('act'))})++)(.{{2,}})$")

    @cached_property
    def synonyms(self) -> tuple[dict[str, str], regex.Pattern[str]]:
        """What the groups of the pattern stand for, and the pattern of all words that have a synonym."""
        spoken = {f"s{i}": same.words[0] for i, same in enumerate(self.alias)}
        said = [f"(?P<s{i}>{'|'.join(sorted(same.words, key=len, reverse=True))})" for i, same in enumerate(self.alias)]
        return spoken, compiled("|".join(said) or "(?!)")

    @cached_property
    def useless(self) -> regex.Pattern[str]:
        return compiled("|".join(word for group in self.idle for word in group.words) or "(?!)")

    @cached_property
    def plain(self) -> Callable[[str], str]:
        """A name in one wording: synonyms as one, no words that tell nothing, 改造危房 as 危房改造."""
        spoken, said = self.synonyms

        @lru_cache(maxsize=1 << 14)  # the labels of a table's rows come again and again
        def plain(name: str) -> str:
            one = said.sub(lambda found: spoken[found.lastgroup or ""], fold(name))
            short = str(self.useless.sub("", one)) or one
            return str(self.act.sub(r"\2\1", short))

        return plain

    @cached_property
    def spoken(self) -> dict[str, regex.Pattern[str]]:
        """All scope patterns of a place in one: most sentences have none."""
        places = {rule.place for rule in self.scope}
        return {
            place: regex.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in self.scope if rule.place == place))
            for place in places
        }

    def marks(self, name: str) -> frozenset[str]:
        """The words of a name without which it is another's."""
        return frozenset(word for word in self.words("apart") if word in name)

    def rivals(self, name: str) -> frozenset[str]:
        """The words of a name instead of which another's has others."""
        return frozenset(word for word in self.words("rival") if word in name)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {unit: Measure(group.id, factor) for group in self.unit for unit, factor in group.of.items()}

    def measure(self, unit: str | None) -> Measure:
        """A unit that no entry knows measures itself."""
        printed = unit or "个"
        return self.measures.get(printed) or self.measures.get(fold(printed)) or Measure(fold(printed), 1.0)

    def go_together(self, one: str | None, other: str | None, names: str) -> bool:
        """May units of one measure count the same things? 个 of 小区 and 户 of families do not."""
        if one == other or self.measure(one).id != "个":
            return True
        pair = {fold(one or "个"), fold(other or "个")}
        return any(
            pair <= set(group.units) and (not group.names or any(name in names for name in group.names))
            for group in self.alike
        )


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> Iterable[Found]:
    """Every word or pattern that an entry claims in the text."""
    table, folded = rules.of(IndicatorRules), fold(text)
    yield from sorted(_claims(table, folded), key=lambda found: found.span)


def _claims(table: IndicatorRules, text: str) -> Iterator[Found]:
    shapes = [(rule.id, rule.pattern) for rule in table.scope] + [(rule.id, rule.pattern) for rule in table.shape]
    for name, pattern in shapes:
        yield from (Found(Span(*match.span()), name) for match in pattern.finditer(text))
    patterns = (*table.alias, *table.idle)
    plain = (*table.verb, *table.word)
    groups = [(group.id, list(group.words)) for group in patterns]
    groups += [(group.id, list(map(regex.escape, group.words))) for group in plain]
    for name, words in groups:
        pattern = regex.compile("|".join(sorted(words, key=len, reverse=True)))
        yield from (Found(Span(*match.span()), name) for match in pattern.finditer(text))
    units = [(unit.id, list(unit.of)) for unit in table.unit] + [(same.id, list(same.units)) for same in table.alike]
    for name, words in units:
        pattern = regex.compile(
            rf"(?<=[\d万亿])(?:{'|'.join(sorted(map(regex.escape, words), key=len, reverse=True))})"
        )
        yield from (Found(Span(*match.span()), name) for match in pattern.finditer(text))
