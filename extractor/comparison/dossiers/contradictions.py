"""Two stations of one problem that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from extractor import edtf
from extractor.comparison.records import Contradiction, Place, Station
from extractor.comparison.similar import bare
from extractor.comparison.stated import ContradictionRules
from extractor.fingerprints import fingerprint
from extractor.text import fold

Role = Literal["feedback", "report"]


def find(stations: Sequence[Station], rules: ContradictionRules) -> Iterator[Contradiction]:
    """`stations` are in order of time."""
    for i, before in enumerate(stations):
        after = next((one for one in stations[i + 1 :] if one.year > before.year), None)
        if after and before.state == "completed":
            yield from _again(before, after, rules)
    reports = [one for one in stations if one.role == "report"]
    for before, after in pairwise(reports):
        if before.state != "completed":
            yield from moved(before, after, rules)


def _again(before: Station, after: Station, rules: ContradictionRules) -> Iterator[Contradiction]:
    """Completed, and stated again: as still under way, or as a problem."""
    slots = {"before": before.year, "after": after.year, "progress": before.progress, "words": after.text}
    if after.state in ("ongoing", "not_completed") and rules.contradiction["reopened"].enabled:
        yield from made("reopened", (before, after), rules, **slots, later=after.progress)
    else:
        yield from made("returned", (before, after), rules, **slots)


def moved(before: Station, after: Station, rules: ContradictionRules) -> Iterator[Contradiction]:
    """A deadline that lies later than it did, without a word why."""
    old, new = (edtf.bounds(one.deadline_value).latest if one.deadline_value else None for one in (before, after))
    told = "".join((after.quote, after.progress or "", *(measure.text for measure in after.measures)))
    if old and new and old < new and not rules.says("explained", fold(told)):
        slots = {"old": before.deadline, "new": after.deadline, "before": before.year, "after": after.year}
        yield from made("deadline-moved", (before, after), rules, **slots)


def made(rule: str, places: Sequence[Place], rules: ContradictionRules, **slots: object) -> Iterator[Contradiction]:
    """The contradiction, unless it is switched off."""
    kind = rules.contradiction.get(rule)
    if kind is None or not kind.enabled:
        return
    yield Contradiction(
        rule=rule, message=kind.message.format(**slots),
        places=tuple(Place(**{name: getattr(one, name) for name in Place.model_fields}) for one in places),
        fingerprint=fingerprint(rule, *(bare(one.text) for one in places), *slots.values()),
    )  # fmt: skip
