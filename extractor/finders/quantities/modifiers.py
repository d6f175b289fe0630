"""The modifier of a quantity: about, near, over, at_least, at_most, total, from its own clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import regex
from pydantic import model_validator

from extractor import found
from extractor.rules import Rule

_BASE = 6  # characters of the base of a rate, 每 and its unit


class Modifier(Rule):
    """Words beside a quantity; `except` are longer words that only look like them."""

    value: found.Modifier
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    needs: Literal["either", "both"] = "either"
    reach: Literal["beside", "clause"] = "beside"

    @model_validator(mode="before")
    @classmethod
    def _except(cls, data: Any) -> Any:
        return {("excepted" if key == "except" else key): value for key, value in data.items()}


class Beside:
    """Words that touch a quantity on one side → the modifier that each belongs to; the longest word wins."""

    def __init__(self, words: Iterable[tuple[str, Modifier | None]]) -> None:
        self.words: dict[str, list[Modifier | None]] = {}
        for word, modifier in words:
            self.words.setdefault(word, []).append(modifier)
        self.reach = max(map(len, self.words), default=0)
        self.first = frozenset(word[0] for word in self.words)
        self.last = frozenset(word[-1] for word in self.words)

    def ending(self, text: str, end: int) -> list[Modifier | None]:
        """What the longest word that ends here belongs to."""
        if text[end - 1 : end] not in self.last:
            return []
        sizes = range(min(self.reach, end), 0, -1)
        return next((self.words[text[end - n : end]] for n in sizes if text[end - n : end] in self.words), [])

    def starting(self, text: str, start: int) -> list[Modifier | None]:
        """What the longest word that starts here belongs to."""
        if text[start : start + 1] not in self.first:
            return []
        sizes = range(self.reach, 0, -1)
        return next((self.words[text[start : start + n]] for n in sizes if text[start : start + n] in self.words), [])


class Modifiers(NamedTuple):
    """The modifier rules, compiled."""

    before: Beside
    after: Beside
    inside: Mapping[str, Modifier]  # 多 余 来 within the numeral
    distant: Sequence[tuple[Modifier, regex.Pattern[str]]]

    def of(self, text: str, start: int, end: int, since: int, inside: str) -> Modifier | None:
        """Of the quantity at [start, end); its clause, without the quantities before it, begins at `since`.

        `inside`: the 多, 余 or 来 that its numeral holds.
        """
        base = text.rfind("每", max(since, start - _BASE), start)  # 低于每立方米20微克
        left = self.before.ending(text, start) or (self.before.ending(text, base) if base > since else [])
        right = self.after.starting(text, end)
        for modifier in (*left, *right):
            if modifier and (modifier.needs == "either" or (modifier in left and modifier in right)):
                return modifier
        if inside in self.inside:
            return self.inside[inside]
        for modifier, pattern in self.distant:
            if any(match["hit"] for match in pattern.finditer(text, since, start)):
                return modifier
        return None


def alternation(words: Iterable[str]) -> str:
    """Longest first; nothing at all for no words."""
    return "|".join(regex.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


def compile_modifiers(rules: Sequence[Modifier]) -> Modifiers:
    beside = [rule for rule in rules if rule.reach == "beside"]
    excepted: list[tuple[str, Modifier | None]] = [(word, None) for rule in beside for word in rule.excepted]
    return Modifiers(
        Beside(excepted + [(word, rule) for rule in beside for word in rule.before]),
        Beside(excepted + [(word, rule) for rule in beside for word in rule.after]),
        {char: rule for rule in rules for char in rule.inside},
        [(rule, _distant(rule)) for rule in rules if rule.reach == "clause"],
    )


def _distant(rule: Modifier) -> regex.Pattern[str]:
    """The words of a rule that reaches over the clause; the longest decides: 共建 is none, 共建成 is one."""
    longest = sorted({*rule.excepted, *rule.before}, key=lambda word: (-len(word), word))
    words = (f"(?P<hit>{regex.escape(w)})" if w in rule.before else regex.escape(w) for w in longest)
    return regex.compile("|".join(words))
