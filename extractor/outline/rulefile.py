"""`rules/headings.toml` as typed rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from extractor.found import Found
from extractor.rules import RuleFile, Rules


class HeadingRules(RuleFile):
    file: ClassVar[str] = "headings"


def trial(rules: Rules, text: str, given: Mapping[str, Any]) -> list[Found]:
    """What the heading rules claim in an example."""
    return []
