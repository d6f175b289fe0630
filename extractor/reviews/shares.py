"""How far an archive is reviewed: of each rule, what was confirmed and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extractor.assemble import KINDS
from extractor.reviews.files import load, path, readable, report
from extractor.reviews.records import Decision, Verdict
from extractor.reviews.standing import Laid, lay
from extractor.reviews.subjects import of_report
from extractor.store import Told
from extractor.store.keep import opened

_TOTALS = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, rule, count(*) AS n FROM {kind} SEMI JOIN v_originals USING (file_id) GROUP BY rule"
    for kind in KINDS
)


class Share(NamedTuple):
    """A rule: how many records it made, and what people said of them. Files of the same content count once."""

    kind: str
    rule: str
    total: int
    right: int
    wrong: int
    edited: int

    @property
    def judged(self) -> int:
        return self.right + self.wrong + self.edited

    @property
    def open(self) -> int:
        return max(0, self.total - self.judged)

    @property
    def confirmed(self) -> float | None:
        """Of those that were judged, the share that was right; null where none was."""
        return self.right / self.judged if self.judged else None


class Reviewed(NamedTuple):
    """A source file with verdicts, laid over its report."""

    label: str
    laid: Laid


def reviewed(archive: Path) -> Iterator[Reviewed]:
    """The files that have a review, in order of path. Raises ReadError."""
    for row in readable(archive):
        if path(archive, row.path).is_file():
            yield Reviewed(row.path, lay(of_report(report(archive, row.path)), load(path(archive, row.path))))


def shares(archive: Path, found: list[Reviewed], told: Told) -> list[Share]:
    """Rules with a verdict first, those most often wrong before the others, then by the number of open records."""
    given: Counter[tuple[str, str, Decision]] = Counter(
        (one.verdict.kind, one.verdict.rule, one.verdict.verdict)
        for file in found
        for one in file.laid.standing.values()
        if not one.stale
    )
    with opened(archive, told) as db:
        totals = {(kind, rule): n for kind, rule, n in db.execute(_TOTALS).fetchall()}
    rules = totals | {(kind, rule): totals.get((kind, rule), 0) for kind, rule, _ in given}
    made = [
        Share(kind, rule, total, given[kind, rule, "right"], given[kind, rule, "wrong"], given[kind, rule, "edited"])
        for (kind, rule), total in rules.items()
    ]
    return sorted(made, key=lambda one: (-one.wrong - one.edited, not one.judged, -one.open, one.kind, one.rule))


def of_rows(archive: Path) -> Counter[Decision]:
    """The verdicts on rows of comparisons; how many rows there are, only a comparison says. Raises ReadError."""
    return Counter(verdict.verdict for verdict in load(path(archive)).verdicts)


def orphans(found: list[Reviewed]) -> list[tuple[str, Verdict]]:
    """Verdicts that have lost their record, with the file that they were given to."""
    return [(file.label, verdict) for file in found for verdict in file.laid.orphans]
