"""What `rules/problems.toml` holds: the genre's signs, the labels of fields, the words of states."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

import regex

from extractor.found import Mode
from extractor.found import State as Progress
from extractor.rules import Regex, Rule, RuleFile

FieldKind = Literal["problem", "responsible", "deadline", "state", "measures", "plans", "aside"]


class Sign(Rule):
    """Words of a title, a heading or the lead that show the genre; those of place `against` outweigh them."""

    place: Literal["title", "heading", "lead", "against"]
    pattern: Regex


class FieldRule(Rule):
    """Labels of one kind of field. An `aside` field (整改目标, 联系人) is only known for where it ends another."""

    kind: FieldKind
    labels: tuple[str, ...]


class Stem(Rule):
    """How labels that no field lists end; `repeated`: only where several places have the same words for a label."""

    kind: FieldKind
    pattern: Regex
    repeated: bool = False


class State(Rule):
    """Words that name how far the work is."""

    pattern: Regex


class StateReading(Rule):
    """Which of the four states the words of progress name."""

    pattern: Regex
    means: Progress


class ModeReading(Rule):
    """Which type of rectification the words of a deadline or a type name."""

    pattern: Regex
    means: Mode


class Defect(Rule):
    """Words by which a title says that something was wrong."""

    pattern: Regex


class ProblemRules(RuleFile):
    file: ClassVar[str] = "problems"

    sign: tuple[Sign, ...] = ()
    field: tuple[FieldRule, ...] = ()
    stem: tuple[Stem, ...] = ()
    no_label: Regex = regex.compile(r"(?!)")  # words that begin or end a sentence, not a label
    subject: Regex = regex.compile("")  # what may stand before the words of a state
    sorting: Regex = regex.compile(r"(?!)")  # titles of sections whose problems share a `state`
    task: Regex = regex.compile(r"(?!)")  # headers of what is to be done, where another tells what was
    detail: Regex = regex.compile(r"(?!)")  # headers of the problems that one merged cell sums up
    state: tuple[State, ...] = ()
    reading: tuple[StateReading, ...] = ()
    mode: tuple[ModeReading, ...] = ()
    defect: tuple[Defect, ...] = ()

    @cached_property
    def labels(self) -> dict[str, FieldRule]:
        return {label: rule for rule in self.field for label in rule.labels}

    def stem_of(self, words: str) -> Stem | None:
        """The first stem of a label that no field lists."""
        if self.no_label.search(words):
            return None
        return next((stem for stem in self.stem if stem.pattern.fullmatch(words)), None)

    @cached_property
    def sizes(self) -> list[int]:
        """The lengths of labels, the longest first."""
        return sorted({len(label) for label in self.labels}, reverse=True)
