"""A report or a comparison with its verdicts taken in: what is wrong left out, what was edited changed; the rest as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from extractor.assemble import KINDS
from extractor.comparison.records import Comparison, Contradiction, Dossier
from extractor.fingerprints import fingerprints
from extractor.records import Measure, Model, Report
from extractor.reviews.records import Review, Verdict
from extractor.reviews.standing import lay
from extractor.reviews.subjects import ROWS, Subject, of_comparison, of_report


def corrected(report: Report, review: Review) -> Report:
    """Verdicts on values that have changed since are left out, for they were given to something else."""
    verdicts = _standing(of_report(report), review)
    names = fingerprints(report)
    kept = {kind: _kept(getattr(report, kind), names[kind], verdicts) for kind in KINDS}
    changed: dict[str, Any] = {kind: tuple(record for _, record in found) for kind, found in kept.items()}
    dates, quantities = ({old: new for new, (old, _) in enumerate(kept[kind])} for kind in ("dates", "quantities"))
    problems = {(problem.doc, problem.text) for problem in changed["problems"]}
    changed["measures"] = tuple(
        _led(measure, dates, quantities, problems) for measure in changed["measures"] if isinstance(measure, Measure)
    )
    return report.model_copy(update=changed)


def settled(comparison: Comparison, review: Review) -> Comparison:
    """As `corrected`, for rows; a contradiction that is wrong leaves its dossier."""
    verdicts = _standing(of_comparison(comparison), review)
    rows = {
        kind: tuple(row for _, row in _kept(found, (row.fingerprint for row in found), verdicts))
        for kind in ROWS
        for found in [getattr(comparison, kind)]
    }
    dossiers = tuple(_cleared(dossier, verdicts) for dossier in comparison.dossiers)
    return comparison.model_copy(update={**rows, "dossiers": dossiers})


def _cleared(dossier: Dossier, verdicts: Mapping[str, Verdict]) -> Dossier:
    found: tuple[Contradiction, ...] = dossier.contradictions
    kept = _kept(found, (one.fingerprint for one in found), verdicts)
    return dossier.model_copy(update={"contradictions": tuple(one for _, one in kept)})


def _standing(subjects: Mapping[str, Subject], review: Review) -> dict[str, Verdict]:
    return {name: one.verdict for name, one in lay(subjects, review).standing.items() if not one.stale}


M = TypeVar("M", bound=Model)


def _kept(found: Iterable[M], names: Iterable[str], verdicts: Mapping[str, Verdict]) -> list[tuple[int, M]]:
    """The records that are not wrong, each with the index that it had."""
    judged = ((i, record, verdicts.get(name)) for i, (record, name) in enumerate(zip(found, names, strict=True)))
    return [(i, _edited(record, verdict)) for i, record, verdict in judged if not verdict or verdict.verdict != "wrong"]


def _edited(record: M, verdict: Verdict | None) -> M:
    """A review file is a file: an edit that its record cannot have changes nothing."""
    if not verdict or not verdict.edits:
        return record
    try:
        return type(record).model_validate({**record.model_dump(), **verdict.edits})
    except ValidationError:
        return record


def _led(
    measure: Measure, dates: Mapping[int, int], quantities: Mapping[int, int], problems: set[tuple[int, str]]
) -> Measure:
    """Its indices as the shorter lists have them."""
    changes = {
        "dates": tuple(dates[i] for i in measure.dates if i in dates),
        "quantities": tuple(quantities[i] for i in measure.quantities if i in quantities),
        "problem": measure.problem if (measure.doc, measure.problem) in problems else None,
    } | {
        name: tuple(
            type(one)(one.act, quantities[one.quantity]) for one in getattr(measure, name) if one.quantity in quantities
        )
        for name in ("recovered", "accountable")
    }
    return measure.model_copy(update=changes)
