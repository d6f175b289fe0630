"""What `rules/quantities.toml` holds, compiled: one scanner over all forms of numeral, one lexicon of units and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import groupby
from typing import ClassVar, Literal, NamedTuple

import regex
from pydantic import model_validator

from extractor import found
from extractor.errors import RuleError
from extractor.finders.quantities.modifiers import Modifier, Modifiers, alternation, compile_modifiers
from extractor.rules import Rule, RuleFile, Word, compiled

Make = Literal[
    "plain", "fraction", "tenths", "half", "doubling", "ratio", "product", "tolerance", "currency", "cash", "masked", "bare"
]  # fmt: skip
SCALES = "零半十百千万亿"


class Dimension(Rule):
    """Units of one dimension; with `figures` they count only after figures or a numeral of two characters and more.

    `large` is the dimension after 万 and 亿, where that is another one.
    """

    units: tuple[Word, ...]
    dimension: found.Dimension
    figures: bool = False
    large: found.Dimension | None = None


class Form(Rule):
    """A form of numeral; without `unit` the lexicon says what follows it."""

    pattern: str
    make: Make
    cue: str = ""  # characters of which one must follow the numeral for this form to be tried
    unit: str | None = None
    dimension: found.Dimension | None = None


class Never(Rule):
    """What is no quantity: a pattern that begins at the numeral, or phrases that hold it. `of` limits the dimensions."""

    pattern: str = ""
    any_of: tuple[str, ...] = ()
    of: tuple[found.Dimension, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Never:
        if bool(self.pattern) == bool(self.any_of):
            raise ValueError("give a pattern or any_of")
        return self


class Refusals(NamedTuple):
    """Several `never` patterns as one, to ask first: a group for each in it would double its time."""

    any: regex.Pattern[str]
    each: Sequence[tuple[Never, regex.Pattern[str]]]


class Entry(NamedTuple):
    """What the lexicon knows of some characters: a unit, or without one a word that is none."""

    unit: str = ""
    length: int = 0  # of the unit as printed: 个多月 is the unit 个月 in three characters
    rule: Dimension | None = None
    half: bool = False  # 个半月
    over: bool = False  # 个多月


class Lexicon:
    """Longest entry at a place."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.reach: dict[str, int] = {}
        for key in entries:
            self.reach[key[0]] = max(len(key), self.reach.get(key[0], 0))

    def at(self, text: str, start: int) -> Entry | None:
        reach = min(self.reach.get(text[start : start + 1], 0), len(text) - start)
        for size in range(reach, 0, -1):
            entry = self.entries.get(text[start : start + size])
            if entry and not (entry.unit and entry.unit[-1].isascii() and _letter(text, start + size)):
                return entry
        return None


def _letter(text: str, at: int) -> bool:
    """Would a Latin unit go on here? 5m is a length, 5mg is none; 5km 2 is an area, 5km 2座 is none."""
    if text[at - 2] == " ":
        return text[at : at + 1].isalnum()
    return text[at - 1].isalpha() and text[at : at + 1].isascii() and text[at : at + 1].isalnum()


class QuantityRules(RuleFile):
    file: ClassVar[str] = "quantities"
    slots: Mapping[str, str] = {}
    currencies: Mapping[str, str] = {}  # in front of a figure → the unit
    words: tuple[Word, ...] = ()
    splits: tuple[str, ...] = ()  # unit|rest
    form: tuple[Form, ...] = ()
    cell: tuple[Form, ...] = ()  # what a whole cell of a table may be
    dimension: tuple[Dimension, ...] = ()
    never: tuple[Never, ...] = ()
    modifier: tuple[Modifier, ...] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        entries: dict[str, Entry] = {}
        for dimension in self.dimension:
            for unit in dimension.units:
                for key, entry in _spellings(unit, dimension):
                    entries.setdefault(key, entry)
        for word in self.words:
            entries.setdefault(word, Entry())
        for unit, _, rest in (split.partition("|") for split in self.splits):
            if unit not in entries:
                raise RuleError("quantities.toml", "", f"splits: {unit}|{rest} splits off what is no unit")
            entries[unit + rest] = entries[unit]
        return Lexicon(entries)

    @cached_property
    def all_slots(self) -> dict[str, str]:
        """The file's slots, and those that its tables make: {clash} of the units that begin like a numeral."""
        clash = [unit for d in self.dimension for unit in d.units if unit[0] in SCALES]
        return {
            "clash": alternation(clash),
            "symbol": alternation(self.currencies),
            "next": _one_of(self.lexicon.reach),
            **self.slots,
        }

    @cached_property
    def scanner(self) -> regex.Pattern[str]:
        """All forms, in order; the group `form0`, `form1` … that matched tells which.

        A set of first characters and the forms' cues keep most characters from being tried against every form:
        one look ahead for all cues, and one for each cue.
        """
        forms = [(form, f"(?P<form{i}>{form.pattern})") for i, form in enumerate(self.form)]
        cued = [(cue, list(group)) for cue, group in groupby(forms, key=lambda entry: entry[0].cue) if cue]
        own = "|".join(f"{_cue(cue)}(?:{_either(group)})" for cue, group in cued)
        rest = _either(entry for entry in forms if not entry[0].cue)
        bare = "(?!{=any}{1,40}+(?<![万亿])(?!{=tail}|{=next}))"  # 进一步, 统一
        cues = "".join(cue for cue, _ in cued)
        return compiled(f"(?={{=first}}|{{=symbol}}){bare}(?:{_cue(cues)}(?:{own})|{rest})", self.all_slots)

    @cached_property
    def groups(self) -> tuple[tuple[str, Form], ...]:
        """The groups of `scanner`, a plain numeral first: it is the commonest."""
        groups = [(f"form{i}", form) for i, form in enumerate(self.form)]
        return tuple(sorted(groups, key=lambda group: group[1].make != "plain" or group[1].unit is not None))

    def form_of(self, match: regex.Match[str]) -> Form:
        """The form of a match of `scanner`."""
        for name, form in self.groups:
            if match[name] is not None:
                return form
        raise AssertionError("every alternative of the scanner is a form")

    def fronted(self, text: str, at: int) -> int:
        """How many characters of a currency stand before `at`: 约合人民币|3亿元."""
        return next((len(symbol) for symbol in self.currencies if text.endswith(symbol, 0, at)), 0)

    @cached_property
    def phrases(self) -> dict[str, list[tuple[str, int, Never]]]:
        """Every two characters of a set phrase at which a numeral may begin → the phrase, and how far in they stand."""
        index: dict[str, list[tuple[str, int, Never]]] = {}
        for never in self.never:
            for phrase in never.any_of:
                for at in range(len(phrase)):
                    index.setdefault(phrase[at : at + 2], []).append((phrase, at, never))
        return index

    @cached_property
    def refusals(self) -> Callable[[str], Refusals]:
        """Dimension → the patterns that may refuse a numeral of it."""

        @cache
        def of(dimension: str) -> Refusals:
            nevers = [never for never in self.never if never.pattern and (not never.of or dimension in never.of)]
            return Refusals(
                compiled("|".join(f"(?:{never.pattern})" for never in nevers) or "(?!)", self.all_slots),
                [(never, compiled(never.pattern, self.all_slots)) for never in nevers],
            )

        return of

    @cached_property
    def modifiers(self) -> Modifiers:
        return compile_modifiers(self.modifier)

    @cached_property
    def cells(self) -> tuple[tuple[Form, regex.Pattern[str]], ...]:
        return tuple((form, compiled(form.pattern, self.all_slots)) for form in self.cell)

    @cached_property
    def rate(self) -> Dimension:
        """The rule of all rates: the dimension of what is no other."""
        return next(dimension for dimension in self.dimension if dimension.id == "other")

    @cached_property
    def far(self) -> regex.Pattern[str]:
        """The far end of a range: 3—5, -5~-3."""
        return compiled("(?:[~〜至到](?P<sign>[-−]|零下|负)|{to}){num_to}", self.all_slots)

    @cached_property
    def shared(self) -> regex.Pattern[str]:
        """The rest of a list of numbers up to the one that has the unit."""
        return compiled("(?:、{=ar}){0,40}(?:[、和与及]|以及){num}", self.all_slots)

    @cached_property
    def base(self) -> regex.Pattern[str]:
        """The base of a rate up to its unit (元/万人), or all of it (元/月, /10万)."""
        return compiled("{=per}", self.all_slots)

    @cached_property
    def cash(self) -> regex.Pattern[str]:
        """Words near a bare 100万 that make it money."""
        return compiled("{=cash}", self.all_slots)

    @cached_property
    def compares(self) -> regex.Pattern[str]:
        """Words before a ratio that tell it from a clock time."""
        return compiled("{=compare}", self.all_slots)


def _cue(characters: str) -> str:
    """Does one of them stand behind the numeral here?"""
    return f"(?={{=sign}}?{{=chain}}[{characters}])"


def _either(forms: Iterable[tuple[Form, str]]) -> str:
    return "|".join(pattern for _, pattern in forms)


def _one_of(characters: Iterable[str]) -> str:
    return f"[{regex.escape(''.join(sorted(set(characters))))}]" if characters else "(?!)"


def _spellings(unit: str, dimension: Dimension) -> Iterator[tuple[str, Entry]]:
    """A unit and its forms with 半 and 多: 个月, 个半月, 个多月; 年, 年半. A raised 2 or 3 may have come loose: km 2.

    A target of a budget has its unit in brackets: 12.00(次), 80(%); 2023(年) is no duration.
    """
    yield unit, Entry(unit, len(unit), dimension)
    if dimension.dimension not in ("duration", "temperature"):
        yield f"({unit})", Entry(unit, len(unit) + 2, dimension)
    if unit[-1] in "23":
        yield f"{unit[:-1]} {unit[-1]}", Entry(unit, len(unit) + 1, dimension)
    if dimension.dimension == "count":
        return
    if unit[0] == "个":
        yield "个半" + unit[1:], Entry(unit, len(unit) + 1, dimension, half=True)
        yield "个多" + unit[1:], Entry(unit, len(unit) + 1, dimension, over=True)
    elif not unit[-1].isascii():
        yield unit + "半", Entry(unit, len(unit) + 1, dimension, half=True)
