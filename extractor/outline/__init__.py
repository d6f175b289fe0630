"""Headings: markers → solve (all markers of a document at once) → titles."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.found import Outline
from extractor.rules import Rules
from extractor.source import Draft, Line


def build(draft: Draft, lines: Sequence[Line], rules: Rules) -> Outline:
    """The heading tree of one document and its title."""
    return Outline("", None, ())
