"""What a comparison of reports is made of: a `Comparison` and all it holds. The names are those users see in JSON.

Flat, as a `Report` is: every row names its series, and every value says where it was read (`Place`). `report` is an
index into `Comparison.reports`, `doc` one into that report's documents. A year is the one that a report is dated by
(its `Document.year`), so a work report of 2026 that looks back on 2025 stands under "2026".
"""

from __future__ import annotations

from typing import Literal

from extractor.found import Modifier, Number, State
from extractor.records import Issue, Model, Piece, Span

SCHEMA_VERSION = "1"

Kind = Literal["value", "growth", "count"]
Scope = Literal["achieved", "target", "period"]
Fate = Literal["returned", "persisting", "new", "gone"]
Kept = Literal["kept", "partly", "repeated", "not_mentioned"]
Answered = Literal["answered", "partly", "not_answered", "softened", "not_found"]
Copied = Literal["exact", "near", "disguised"]
Key = tuple[int, int, int, int]  # report, document, span
Presence = Literal["present", "missing", "twice", "unreadable"]


class Place(Model):
    """Words of a report, where they stand, and the sentence (or cell) that they stand in, for a reader."""

    report: int
    doc: int
    text: str
    span: Span
    source: tuple[Piece, ...]
    quote: str

    @property
    def key(self) -> Key:
        return self.report, self.doc, self.span.start, self.span.end


class Compared(Model):
    """A report that was compared. `file` is its path as it was given, or in its archive."""

    file: str
    format: str
    sha256: str
    title: str
    issuer: str | None


class Member(Model):
    """A document of a series. `by` says what gave its year and series: title, issuer, date, a user's list."""

    year: int
    report: int
    doc: int
    title: str
    by: str


class Series(Model):
    """Reports of one body and one kind, one a year. `id` is `body/kind` and is what rows name."""

    id: str
    body: str
    kind: str
    members: tuple[Member, ...]


class Cell(Place):
    """A figure in one year; `value` is in `unit` with 万 and 亿 multiplied out, as in a Quantity."""

    value: Number | tuple[Number, Number] | None
    unit: str | None
    modifier: Modifier | None


class Change(Model):
    """From a year to the next one that has the figure: both in `unit`; `rate` in percent, null where it means nothing."""

    start: int
    end: int
    difference: float
    rate: float | None
    unit: str | None


class Indicator(Model):
    """指标: one figure through the years, by year. `scope` tells what was achieved from targets and sums over years.

    `table` says that its cells are cells of tables. `trend` is `new` where the last year alone of two or more has it,
    `dropped` where the last year has it no more.
    """

    series: str
    indicator: str
    kind: Kind
    scope: Scope
    table: bool
    unit: str | None
    cells: dict[str, Cell]
    changes: tuple[Change, ...]
    trend: Literal["kept", "new", "dropped"]
    fingerprint: str


class Candidate(Model):
    """What a row might be matched with, and how alike it is, 0 to 1; the first is what was taken, if any was."""

    place: Place
    score: float


class Station(Place):
    """A problem as one report states it. `year` orders the stations; `role` is what the report is to the problem.

    `parts` are the problems stated under it that have no row of their own.
    """

    year: int
    role: Literal["feedback", "report"]
    state: State | None = None
    progress: str | None = None
    deadline: str | None = None
    deadline_value: str | None = None
    parts: tuple[Place, ...] = ()
    measures: tuple[Place, ...] = ()


class Problem(Model):
    """问题 over the years: `returned` where a later year states it again after it was said to be completed, `persisting`
    where it is stated again and was not; `new` and `gone` as seen from the last year."""

    id: str
    series: str
    fate: Fate
    stations: dict[str, Station]
    candidates: tuple[Candidate, ...]
    score: float | None
    fingerprint: str


class Promise(Model):
    """承诺: what was planned in one year, and what the next report says of it (`answer`, null where nothing)."""

    series: str
    start: int
    end: int
    fate: Kept
    promise: Place
    answer: Place | None
    why: str
    candidates: tuple[Candidate, ...]
    score: float | None
    fingerprint: str


class Answer(Model):
    """A finding of an inspection and what the report answers; `finding` is null for what nobody found (`not_found`)."""

    fate: Answered
    finding: Place | None
    answer: Place | None
    measures: tuple[Place, ...]
    why: str
    candidates: tuple[Candidate, ...]
    score: float | None
    fingerprint: str


class Contradiction(Model):
    """矛盾: two places of one problem that do not go together. `rule` is its name in rules/contradictions.toml."""

    rule: str
    message: str
    places: tuple[Place, ...]
    fingerprint: str


class Dossier(Model):
    """问题档案: one problem through feedback, report and next year, with its contradictions. `id` is that of the Problem."""

    id: str
    series: str
    title: str
    stations: tuple[Station, ...]
    contradictions: tuple[Contradiction, ...]


class Swap(Model):
    """What was put in the place of what, in a report under other names."""

    kind: Literal["body", "person", "place", "date", "figure"]
    left: str
    right: str
    times: int


class Reuse(Model):
    """照抄: a passage of `right` that stands in `left` too, the earlier one, or a whole report under other names.

    `shared` are the runs of characters that both have, as pairs of spans of the two documents. `similarity` is 0 to 1:
    of the passage, or for `disguised` of the two masked reports.
    """

    kind: Copied
    left: Place
    right: Place
    similarity: float
    shared: tuple[tuple[Span, Span], ...]
    swaps: tuple[Swap, ...]
    fingerprint: str


class Gap(Model):
    """A place of the grid body × year × kind. `reports` are those that fill it; empty where it is missing."""

    body: str
    kind: str
    year: int
    presence: Presence
    reports: tuple[int, ...]
    files: tuple[str, ...]


class Comparison(Model):
    """All that was laid side by side; what was not asked for is empty."""

    schema_version: str = SCHEMA_VERSION
    rules_version: str
    reports: tuple[Compared, ...]
    series: tuple[Series, ...]
    years: tuple[int, ...]
    indicators: tuple[Indicator, ...] = ()
    problems: tuple[Problem, ...] = ()
    promises: tuple[Promise, ...] = ()
    answers: tuple[Answer, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    gaps: tuple[Gap, ...] = ()
    issues: tuple[Issue, ...] = ()
