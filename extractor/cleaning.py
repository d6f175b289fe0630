"""Noise out, broken lines rejoined, documents split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from extractor.found import Found
from extractor.rules import RuleFile, Rules
from extractor.source import Cleaned, Draft, Source
from extractor.text import Text


def clean(source: Source, rules: Rules) -> Cleaned:
    """Source → one draft per document, and the noise that belongs to none."""
    return Cleaned((Draft(Text.join((Text.of(i, line.text) for i, line in enumerate(source.lines)), "\n")),), ())


class NoiseRules(RuleFile):
    file: ClassVar[str] = "noise"


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    return []
