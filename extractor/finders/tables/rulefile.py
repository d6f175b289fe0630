"""What `rules/tables.toml` holds: wordings of cells, of headers, of the lines above a table; and units in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal, NamedTuple

from extractor import found, numerals
from extractor.finders.quantities.amounts import measure
from extractor.finders.quantities.rulefile import QuantityRules
from extractor.found import CellState, Found
from extractor.rules import TIMEOUT, Regex, Rule, RuleFile, Rules
from extractor.text import Span, fold

_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_LABELS = 4096  # labels kept at hand: tables repeat theirs, archives do not end


class Wording(Rule):
    """`pattern` is searched for in folded text; the state of a cell takes its whole text."""

    pattern: Regex

    def fits(self, words: str) -> bool:
        return self.pattern.search(words, timeout=TIMEOUT) is not None


class State(Wording):
    state: CellState


class Use(Wording):
    role: Literal["code", "unit", "share", "plain", "measured", "ordinal"]


class UnitPlace(Wording):
    where: Literal["line", "label"]


class Caption(Wording):
    kind: Literal["number", "field", "lead"]


class Name(Wording):
    kind: Literal["generic", "marker"]


class Unit(NamedTuple):
    """万元: 10000 元, money."""

    words: str
    times: Decimal
    unit: str
    dimension: found.Dimension


class TableRules(RuleFile):
    file: ClassVar[str] = "tables"
    state: tuple[State, ...] = ()
    role: tuple[Use, ...] = ()
    unit: tuple[UnitPlace, ...] = ()
    caption: tuple[Caption, ...] = ()
    label: tuple[Name, ...] = ()

    @cached_property
    def state_of(self) -> Callable[[str], CellState]:
        """The text of a cell → which of the five it is. Tables repeat their cells, too."""
        return lru_cache(_LABELS)(self._state_of)

    def _state_of(self, text: str) -> CellState:
        words = fold(text).strip()
        if not words:
            return "empty"
        fitting = (rule.state for rule in self.state if rule.pattern.fullmatch(words, timeout=TIMEOUT))
        return next(fitting, "value")

    @cached_property
    def uses(self) -> Callable[[str], frozenset[str]]:
        """Header or label → what it says of the cells that it is for. Tables repeat their labels: cached."""

        @lru_cache(_LABELS)
        def of(label: str) -> frozenset[str]:
            words = plain(label)
            return frozenset(rule.role for rule in self.role if rule.fits(words))

        return of

    def captions(self, line: str) -> set[str]:
        words = fold(line).strip()
        return {rule.kind for rule in self.caption if rule.fits(words)}

    @cached_property
    def generic(self) -> Callable[[str], bool]:
        """Is it a label that names no thing (合计, 金额)?"""
        return lru_cache(_LABELS)(
            lambda label: any(rule.kind == "generic" and rule.fits(plain(label)) for rule in self.label)
        )

    @cached_property
    def bare(self) -> Callable[[str], str]:
        """Label → without its marker and the unit in it: 一、本年收费金额（单位：万元） → 本年收费金额."""
        return lru_cache(_LABELS)(self._bare)

    def _bare(self, label: str) -> str:
        words = plain(label)
        for rule in self.label:
            words = rule.pattern.sub("", words, timeout=TIMEOUT) if rule.kind == "marker" else words
        for place in self.unit:
            match = place.pattern.search(words, timeout=TIMEOUT) if place.where == "label" else None
            if match and match[0].startswith("("):
                words = words[: match.start()] + words[match.end() :]
        return words.strip(":,;、。")

    def units(self, words: str, where: str, rules: Rules) -> list[Unit]:
        """The units that a line above a table or a label names: 单位：万元、人."""
        words, units = fold(words).strip(), []
        for place in self.unit:
            if place.where == where:
                for match in place.pattern.finditer(words, timeout=TIMEOUT):
                    units += [unit for part in match["unit"].split("、") if (unit := read_unit(part, rules))]
        return list(dict.fromkeys(units))

    def counted(self, label: str, rules: Rules) -> Unit | None:
        """件数 is in 件."""
        words = plain(label)
        for rule in self.role:
            match = rule.pattern.search(words, timeout=TIMEOUT)
            if match and match.groupdict().get("unit"):
                return read_unit(match["unit"], rules)
        return None


@lru_cache(_LABELS)
def plain(label: str) -> str:
    """A label on one line: 结果⏎纠正 is 结果纠正."""
    return "".join(fold(label).split())


def read_unit(words: str, rules: Rules) -> Unit | None:
    """万元, 平方公里, 元/吨: a unit of quantities.toml, with what it is multiplied by. None if it is none."""
    table = rules.of(QuantityRules)
    for size in range(min(2, len(words) - 1) + 1):
        times = _TIMES.get(words[:size])
        found = measure(table, words, size) if times else None
        if times and found and found.end == len(words):
            return Unit(words, Decimal(times), found.unit, found.dimension)
    return None


def in_unit(value: found.Number, unit: Unit) -> found.Number:
    return numerals.plain(Decimal(str(value)) * unit.times)


def trial(rules: Rules, string: str, given: Mapping[str, Any]) -> list[Found]:
    """What each wording claims: a state all of the text, a unit its own words, the others what they fit."""
    table, words = rules.of(TableRules), fold(string)
    claimed = [Found(Span(0, len(words)), rule.id) for rule in table.state if rule.pattern.fullmatch(words)]
    for rule in (*table.role, *table.caption, *table.label):
        if match := rule.pattern.search(words):
            claimed.append(Found(Span(*match.span()), rule.id))
    for place in table.unit:
        for match in place.pattern.finditer(words):
            if read_unit(match["unit"], rules):
                claimed.append(Found(Span(*match.span("unit")), place.id))
    return claimed
