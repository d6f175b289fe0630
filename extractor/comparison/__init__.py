"""Reports of several years side by side: series → indicators, problems, promises → dossiers; reuse; gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor import rules as ruleset
from extractor.comparison import answers, dossiers, gaps, indicators, problems, promises, reuse, series
from extractor.comparison.library import Given, Library
from extractor.comparison.records import SCHEMA_VERSION, Comparison
from extractor.comparison.series import Listed, Unread
from extractor.records import Report
from extractor.rules import Rules

__all__ = ["Comparison", "Given", "Listed", "Unread", "answer", "compare", "lay"]


def compare(reports: Iterable[Report], *, rules: str | Path | Rules | None = None) -> Comparison:
    """Lay reports side by side; each is known by its `source.name`. Raises RuleError for rules that do not load."""
    return lay([Given(report.source.name, report) for report in reports], rules=rules)


def lay(
    given: Sequence[Given],
    *,
    listed: Sequence[Listed] = (),
    unread: Sequence[Unread] = (),
    rules: str | Path | Rules | None = None,
) -> Comparison:
    """`listed` says which series and year a file is of, over what its title says; `unread` are files without a report."""
    loaded = rules if isinstance(rules, Rules) else ruleset.load(Path(rules) if rules is not None else None)
    library = Library(given)
    found = series.find(library, listed, loaded)
    rows = problems.find(library, found.series, loaded)
    return Comparison(
        schema_version=SCHEMA_VERSION,
        rules_version=loaded.version,
        reports=library.compared,
        series=found.series,
        years=tuple(sorted({member.year for one in found.series for member in one.members})),
        indicators=indicators.find(library, found.series, loaded),
        problems=rows,
        promises=promises.find(library, found.series, loaded),
        answers=(),
        dossiers=dossiers.find(library, found.series, rows, (), loaded),
        reuse=reuse.find(library, loaded),
        gaps=gaps.find(library, found, unread, loaded),
        issues=found.issues,
    )


def answer(feedback: Given, report: Given, *, rules: str | Path | Rules | None = None) -> Comparison:
    """What `report` answers to each finding of `feedback`, an inspection's 反馈意见 or 问题清单."""
    loaded = rules if isinstance(rules, Rules) else ruleset.load(Path(rules) if rules is not None else None)
    library = Library([feedback, report])
    found = series.find(library, (), loaded)
    answered = answers.find(library, 0, 1, loaded)
    return Comparison(
        schema_version=SCHEMA_VERSION,
        rules_version=loaded.version,
        reports=library.compared,
        series=found.series,
        years=tuple(sorted({member.year for one in found.series for member in one.members})),
        indicators=(),
        problems=(),
        promises=(),
        answers=answered,
        dossiers=dossiers.find(library, found.series, (), answered, loaded),
        reuse=(),
        gaps=(),
        issues=found.issues,
    )
