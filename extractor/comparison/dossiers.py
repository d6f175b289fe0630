"""The life of a problem through feedback, report and next year, and what contradicts itself in it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.library import Library
from extractor.comparison.records import Answer, Dossier, Problem, Series
from extractor.rules import Rules


def find(
    library: Library, series: Sequence[Series], problems: Sequence[Problem], answers: Sequence[Answer], rules: Rules
) -> tuple[Dossier, ...]:
    return ()
