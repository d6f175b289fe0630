"""Quantities: numeral and unit, then modifier and noun from the same clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from extractor.found import Found, Quantity
from extractor.rules import RuleFile, Rules
from extractor.text import Span, Text


def find(text: Text, rules: Rules, *, taken: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of one document, in order. `taken` spans (markers, dates) hold none."""
    return ()


class QuantityRules(RuleFile):
    file: ClassVar[str] = "quantities"


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    return []
