"""Dates: find without context, then resolve in document order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from extractor.found import Date, Found
from extractor.rules import RuleFile, Rules
from extractor.text import Span, Text


class Dates(NamedTuple):
    dates: tuple[Date, ...]
    year: int | None  # the document's own year: what 今年 means


def find(
    text: Text, rules: Rules, reference_date: str | None = None, *,
    title: str = "", hints: Mapping[str, str] | None = None, taken: Sequence[Span] = (),
) -> Dates:  # fmt: skip
    """The calendar expressions of one document, in order. `taken` spans (heading markers) hold none."""
    return Dates((), None)


class DateRules(RuleFile):
    file: ClassVar[str] = "dates"


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    return []
