"""Reports of several years side by side: series → indicators, problems, promises → dossiers; reuse; gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from extractor import rules as ruleset
from extractor.comparison import answers, dossiers, gaps, indicators, problems, promises, reuse, series
from extractor.comparison.library import Given, Library
from extractor.comparison.records import Comparison, Series
from extractor.comparison.series import Listed, Unread
from extractor.records import Report
from extractor.rules import Rules

__all__ = ["Comparison", "Given", "Listed", "Step", "Unread", "answer", "compare", "lay"]

Step = Callable[[str], object]  # is told which step begins


def compare(reports: Iterable[Report], *, rules: str | Path | Rules | None = None) -> Comparison:
    """Lay reports side by side; each is known by its `source.name`. Raises RuleError for rules that do not load."""
    return lay([Given(report.source.name, report) for report in reports], rules=rules)


def lay(
    given: Sequence[Given],
    *,
    listed: Sequence[Listed] = (),
    unread: Sequence[Unread] = (),
    rules: str | Path | Rules | None = None,
    step: Step = str,
) -> Comparison:
    """`listed` says which series and year a file is of, over what its title says; `unread` are files without a report.

    A report that rectifies is held against the feedback of the same body before it.
    """
    loaded = _loaded(rules)
    library = Library(given)
    step("series")
    found = series.find(library, listed, loaded)
    step("indicators")
    rows = indicators.find(library, found.series, loaded)
    step("problems")
    stated = problems.find(library, found.series, loaded)
    step("answers")
    pairs = series.answering(found.series, loaded)
    answered = tuple(row for pair in pairs for row in answers.find(library, *pair, loaded))
    step("promises")
    promised = promises.find(library, found.series, loaded)
    step("dossiers")
    held = dossiers.find(library, found.series, stated, answered, promised, loaded)
    step("reuse")
    copied = reuse.find(library, loaded)
    return Comparison(
        rules_version=loaded.version,
        reports=library.compared,
        series=found.series,
        years=_years(found.series),
        indicators=rows,
        problems=stated,
        promises=promised,
        answers=answered,
        dossiers=held,
        reuse=copied,
        gaps=gaps.find(library, found, unread, listed, loaded),
        issues=found.issues,
    )


def answer(feedback: Given, report: Given, *, rules: str | Path | Rules | None = None, step: Step = str) -> Comparison:
    """What `report` answers to each finding of `feedback`, an inspection's 反馈意见 or 问题清单."""
    loaded = _loaded(rules)
    library = Library([feedback, report])
    found = series.find(library, (), loaded)
    step("answers")
    answered = answers.find(library, 0, 1, loaded)
    return Comparison(
        rules_version=loaded.version,
        reports=library.compared,
        series=found.series,
        years=_years(found.series),
        answers=answered,
        dossiers=dossiers.find(library, found.series, (), answered, (), loaded),
        issues=found.issues,
    )


def _loaded(rules: str | Path | Rules | None) -> Rules:
    return rules if isinstance(rules, Rules) else ruleset.load(Path(rules) if rules is not None else None)


def _years(found: Sequence[Series]) -> tuple[int, ...]:
    return tuple(sorted({member.year for one in found for member in one.members}))
