"""Indicator rows: the same figure through the years of a series."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.indicators import figures, rows
from extractor.comparison.indicators.rulefile import IndicatorRules, trial
from extractor.comparison.library import Library
from extractor.comparison.records import Indicator, Series
from extractor.rules import Rules

__all__ = ["IndicatorRules", "find", "trial"]


def find(library: Library, series: Sequence[Series], rules: Rules) -> tuple[Indicator, ...]:
    """The rows of all series of two years or more, in the order of series, scope, number of years and first appearance."""
    table = rules.of(IndicatorRules)
    return tuple(row for one in series for row in _of_series(library, one, table))


def _of_series(library: Library, series: Series, rules: IndicatorRules) -> list[Indicator]:
    years = {member.year: member for member in reversed(series.members)}
    if len(years) < 2:
        return []
    read = [
        (year, years[year], figures.read(library.reports[years[year].report], years[year].doc, rules))
        for year in sorted(years)
    ]
    return rows.build(library, series.id, read, rules)
