"""`rules/promises.toml`: the words by which a plan promises and the next report answers."""

from __future__ import annotations

from typing import ClassVar

from extractor.comparison.similar import bare
from extractor.comparison.wording import Wording, Wordings


class PromiseRules(Wordings):
    """See the headings of the file for what each table says."""

    file: ClassVar[str] = "promises"

    finish: tuple[Wording, ...] = ()
    start: tuple[Wording, ...] = ()
    act: tuple[Wording, ...] = ()
    attribute: tuple[Wording, ...] = ()
    recurring: tuple[Wording, ...] = ()
    later: tuple[Wording, ...] = ()
    hollow: tuple[Wording, ...] = ()
    stated: tuple[Wording, ...] = ()
    kind: tuple[Wording, ...] = ()
    field: tuple[Wording, ...] = ()
    moved: tuple[Wording, ...] = ()
    cap: tuple[Wording, ...] = ()
    left: tuple[Wording, ...] = ()

    def heard(self, table: str, text: str) -> frozenset[str]:
        """The words of this table in the (folded) text."""
        return frozenset(match.group() for match in self.patterns[table].finditer(text))

    def apart(self, one: str, other: str) -> bool:
        """Are names of figures those of two things, whatever they share?"""
        fields, others = self.heard("field", one), self.heard("field", other)
        return self.heard("kind", one) != self.heard("kind", other) or bool(fields and others and fields != others)

    def edges(self, table: str, text: str) -> bool:
        """Does the text begin or end with words of this table?"""
        return any(match.start() == 0 or match.end() == len(text) for match in self.patterns[table].finditer(text))

    def opens(self, table: str, text: str) -> bool:
        """Does the text begin with words of this table?"""
        return self.patterns[table].match(text) is not None

    def named(self, words: str) -> str:
        """The name of a work or a figure: without times and verbs."""
        for table in ("act", "finish", "start", "act"):
            words = self.patterns[table].sub("", words)
        return bare(words)
