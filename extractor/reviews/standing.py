"""Verdicts laid over what there is now: which hold, which were given to another value, which have lost their record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from extractor.reviews.records import Review, Verdict
from extractor.reviews.subjects import Subject, merged


class Standing(NamedTuple):
    """`stale`: the record has another value than the one that was judged, so it is to be judged again."""

    verdict: Verdict
    stale: bool


class Laid(NamedTuple):
    """`orphans`: verdicts whose words are no longer there, in the text or among what was taken from it."""

    standing: dict[str, Standing]
    orphans: tuple[Verdict, ...]


def lay(subjects: Mapping[str, Subject], review: Review) -> Laid:
    here = [verdict for verdict in review.verdicts if verdict.fingerprint in subjects]
    gone = tuple(verdict for verdict in review.verdicts if verdict.fingerprint not in subjects)
    return Laid({v.fingerprint: Standing(v, _stale(subjects[v.fingerprint], v)) for v in here}, gone)


def _stale(subject: Subject, verdict: Verdict) -> bool:
    """What a correction asked for and a new run gives is no reason to ask again; nor is a field that is new."""
    known = {name: subject.values.get(name) for name in verdict.judged}
    return known != verdict.judged and known != merged(verdict.judged, verdict.edits)
