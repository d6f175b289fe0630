"""Runs an example of `rules/reuse.toml`: the formulas and the names that its rules claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.comparison.reuse import names, paper
from extractor.comparison.reuse.rulefile import ReuseRules
from extractor.found import Found
from extractor.rules import Rules
from extractor.text import fold


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    known, folded = rules.of(ReuseRules), fold(text)
    return [*paper.formulas(folded, known), *(Found(name.span, name.rule) for name in names.find(folded, known))]
