"""`rules/nouns.toml`: how the nouns of units look, what words are, and what their ends say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

import regex

from extractor.rules import Rule, RuleFile


class WordList(Rule):
    words: frozenset[str]


class HeadList(WordList):
    """Ends of the nouns that these units count."""

    units: frozenset[str]


class NounRules(RuleFile):
    """`units` say how their nouns look, `words` overrule jieba's tags, the other lists are of word ends and tails."""

    file: ClassVar[str] = "nouns"
    units: tuple[WordList, ...] = ()
    words: tuple[WordList, ...] = ()
    deeds: tuple[WordList, ...] = ()
    aspects: tuple[WordList, ...] = ()
    indicators: tuple[WordList, ...] = ()
    people: tuple[WordList, ...] = ()
    bodies: tuple[WordList, ...] = ()
    agents: tuple[WordList, ...] = ()
    bases: tuple[WordList, ...] = ()
    funds: tuple[WordList, ...] = ()
    glued: tuple[WordList, ...] = ()
    twins: tuple[WordList, ...] = ()
    reaches: tuple[WordList, ...] = ()
    turns: tuple[WordList, ...] = ()
    sizes: tuple[WordList, ...] = ()
    shares: tuple[WordList, ...] = ()
    matters: tuple[WordList, ...] = ()
    belongings: tuple[WordList, ...] = ()
    heads: tuple[HeadList, ...] = ()
    objects: tuple[WordList, ...] = ()
    lights: tuple[WordList, ...] = ()
    tellings: tuple[WordList, ...] = ()
    towards: tuple[WordList, ...] = ()
    misdeeds: tuple[WordList, ...] = ()
    governing: tuple[WordList, ...] = ()
    formed: tuple[WordList, ...] = ()
    subjects: tuple[WordList, ...] = ()

    @cached_property
    def of_unit(self) -> dict[str, str]:
        return _by_word(self.units)

    @cached_property
    def of_word(self) -> dict[str, str]:
        return _by_word(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for word in {**self.of_word, **self.deed} if len(word) > 1)

    @cached_property
    def deed(self) -> dict[str, str]:
        return _by_word(self.deeds)

    @cached_property
    def aspect(self) -> frozenset[str]:
        return frozenset(_by_word(self.aspects))

    @cached_property
    def indicator(self) -> tuple[str, ...]:
        return tuple(_by_word(self.indicators))

    @cached_property
    def person(self) -> tuple[str, ...]:
        return tuple(_by_word(self.people))

    @cached_property
    def doers(self) -> dict[str, tuple[str, ...]]:
        """Ends of the nouns that can act, by the kind of unit that counts them."""
        bodies = (word for word, kind in _by_word(self.bodies).items() if kind == "body")
        return {"persons": self.person, "things": (*bodies, *self.person)}

    @cached_property
    def agent(self) -> tuple[str, ...]:
        return tuple(_by_word(self.agents))

    @cached_property
    def owned(self) -> dict[str, tuple[str, ...]]:
        """Units that bodies are counted in → ends of what such a body has or meets (个 counts funds, too)."""
        own = (*self.indicator, *_by_word(self.belongings))
        things = {unit: (*own, *self.fund, *self.matter) for unit, kind in self.of_unit.items() if kind == "things"}
        return {"个": own, **things}

    @cached_property
    def owner(self) -> tuple[str, ...]:
        """Ends of those that have it."""
        return (*self.agent, *_by_word(self.bodies))

    @cached_property
    def served(self) -> frozenset[str]:
        return frozenset(_by_word(self.objects))

    @cached_property
    def light(self) -> frozenset[str]:
        return frozenset(_by_word(self.lights))

    @cached_property
    def telling(self) -> frozenset[str]:
        return frozenset(_by_word(self.tellings))

    @cached_property
    def toward(self) -> frozenset[str]:
        return frozenset(_by_word(self.towards))

    @cached_property
    def misdeed(self) -> frozenset[str]:
        return frozenset(_by_word(self.misdeeds))

    @cached_property
    def governs(self) -> dict[str, str]:
        return _by_word(self.governing)

    @cached_property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """Ends of the nouns that a deed forms, by the id of their list."""
        return {
            end.id: tuple(w for group in self.formed if group.id == end.id for w in group.words) for end in self.formed
        }

    @cached_property
    def subject(self) -> tuple[str, ...]:
        return tuple(_by_word(self.subjects))

    @cached_property
    def heads_of(self) -> dict[str, tuple[str, ...]]:
        return {unit: tuple(sorted(group.words)) for group in self.heads for unit in group.units}

    @cached_property
    def compares(self) -> tuple[str, ...]:
        return tuple(sorted(word for word, kind in self.of_word.items() if kind == "compare"))

    @cached_property
    def per(self) -> regex.Pattern[str]:
        """The base of a rate, with 每, at the end of what is searched."""
        words = sorted(_by_word(self.bases), key=len, reverse=True)
        return regex.compile(rf"(?:每[十百千万]*+(?:{'|'.join(map(regex.escape, words))}))++$")

    @cached_property
    def reaching(self) -> regex.Pattern[str]:
        """A verb whose object is counted, beside the number."""
        words = sorted(_by_word(self.reaches), key=len, reverse=True)
        return regex.compile(rf"(?:{'|'.join(map(regex.escape, words)) or '(?!)'})[了近约超达逾过共]{{0,2}}$")

    @cached_property
    def turn(self) -> dict[str, str]:
        return _by_word(self.turns)

    @cached_property
    def size(self) -> tuple[str, ...]:
        return tuple(_by_word(self.sizes))

    @cached_property
    def share(self) -> tuple[str, ...]:
        return tuple(_by_word(self.shares))

    @cached_property
    def matter(self) -> tuple[str, ...]:
        return tuple(_by_word(self.matters))

    @cached_property
    def fund(self) -> tuple[str, ...]:
        return tuple(_by_word(self.funds))

    @cached_property
    def twin(self) -> frozenset[str]:
        return frozenset(_by_word(self.twins))

    @cached_property
    def glue(self) -> tuple[frozenset[str], frozenset[str]]:
        """The characters that a guessed word begins with, and those that it ends with, and should not."""
        heads, ends = (
            frozenset(_by_word([group for group in self.glued if group.id == end])) for end in ("head", "end")
        )
        return heads, ends


def _by_word(lists: Sequence[WordList]) -> dict[str, str]:
    return {word: group.id for group in lists for word in sorted(group.words)}
