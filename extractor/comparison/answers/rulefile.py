"""`rules/answers.toml`: where findings stand, and by which words a report says less than was found."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from extractor.comparison.wording import Wording, Wordings


class Grade(Wording):
    """Words that say how grave a finding is; the heavier, the graver."""

    weight: int


class Grave(NamedTuple):
    weight: int
    words: str


class AnswerRules(Wordings):
    """See the headings of the file for what each table says."""

    file: ClassVar[str] = "answers"

    chapter: tuple[Wording, ...] = ()
    lead: tuple[Wording, ...] = ()
    item: tuple[Wording, ...] = ()
    detail: tuple[Wording, ...] = ()
    apart: tuple[Wording, ...] = ()
    pledge: tuple[Wording, ...] = ()
    grade: tuple[Grade, ...] = ()

    def grave(self, text: str) -> Grave:
        """The gravest words of a (folded) text."""
        said = [Grave(grade.weight, found.group()) for grade in self.grade if (found := grade.pattern.search(text))]
        return max(said, default=Grave(0, ""))
