"""A report with its verdicts taken in: what is wrong left out, what was edited changed; the rest as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from extractor.fingerprints import fingerprints
from extractor.records import Measure, Record, Report
from extractor.reviews.records import Review, Verdict
from extractor.reviews.standing import lay
from extractor.reviews.subjects import KINDS, of_report


def corrected(report: Report, review: Review) -> Report:
    """Verdicts on values that have changed since are left out, for they were given to something else."""
    laid = lay(of_report(report), review)
    verdicts = {name: one.verdict for name, one in laid.standing.items() if not one.stale}
    names = fingerprints(report)
    kept = {kind: _kept(getattr(report, kind), names[kind], verdicts) for kind in KINDS}
    changed: dict[str, Any] = {kind: tuple(record for _, record in found) for kind, found in kept.items()}
    dates, quantities = ({old: new for new, (old, _) in enumerate(kept[kind])} for kind in ("dates", "quantities"))
    problems = {(problem.doc, problem.text) for problem in changed["problems"]}
    changed["measures"] = tuple(
        _led(measure, dates, quantities, problems) for measure in changed["measures"] if isinstance(measure, Measure)
    )
    return report.model_copy(update=changed)


def _kept(found: Iterable[Record], names: Iterable[str], verdicts: Mapping[str, Verdict]) -> list[tuple[int, Record]]:
    """The records that are not wrong, each with the index that it had."""
    judged = ((i, record, verdicts.get(name)) for i, (record, name) in enumerate(zip(found, names, strict=True)))
    return [(i, _edited(record, verdict)) for i, record, verdict in judged if not verdict or verdict.verdict != "wrong"]


def _edited(record: Record, verdict: Verdict | None) -> Record:
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
