"""Indicator rows of series."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.library import Library
from extractor.comparison.records import Indicator, Series
from extractor.rules import Rules


def find(library: Library, series: Sequence[Series], rules: Rules) -> tuple[Indicator, ...]:
    return ()
