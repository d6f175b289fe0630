"""What outline and finders return: where it stands, which rule made it, and its values.

Spans are code points of the document's text. `pipeline` adds the printed words and the source pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractor.text import Span

Bound = Literal["since", "until", "after"]
Modifier = Literal["about", "near", "over", "at_least", "at_most", "total"]
Dimension = Literal[
    "count", "money", "percent", "percentage_point", "ratio", "length", "area", "volume", "mass",
    "energy", "power", "duration", "temperature", "speed", "other",
]  # fmt: skip
Status = Literal["planned", "ongoing", "done"]
State = Literal["completed", "mostly_completed", "ongoing", "not_completed"]
Mode = Literal["immediate", "phased", "continuing"]
Outcome = Literal["holds", "broken", "cannot_tell", "not_applicable"]
Severity = Literal["error", "warning", "info"]
Number = int | float
CellState = Literal["value", "empty", "slash", "zero", "unreadable"]
Role = Literal["header", "label", "code", "unit", "value"]


@dataclass(frozen=True, slots=True)
class Found:
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Heading(Found):
    """`span` is marker and title as printed, `body` what stands between it and the next heading of any level."""

    marker: str
    value: int | None
    level: int
    title: str
    kind: Literal["section", "problem"]
    body: Span
    repaired: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The heading tree of one document, flat and in order, and the document's own title."""

    title: str
    title_span: Span | None
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Date(Found):
    """`value` is EDTF (ISO 8601-2) or an ISO 8601 duration; see `extractor.edtf`."""

    value: str
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Quantity(Found):
    value: Number | tuple[Number, Number] | None
    unit: str | None
    dimension: Dimension
    modifier: Modifier | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled field (责任人：张某) or a cell under a header: both as printed."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem(Found):
    """`span` is the problem's own words; `parent` are the words of the problem that it is a part of.

    `responsible`, `deadline` and `progress` are the fields as printed, None where the report has none;
    `deadline_value` is EDTF where the deadline's words name a date. `state` is `progress` normalised, `as_of` the EDTF
    date at which it was true; `mode` is the type of rectification (立行立改, 分阶段, 持续), which is no state. `labels`
    are all labelled fields as printed.
    """

    level: int
    parent: str | None = None
    responsible: tuple[str, ...] | None = None
    deadline: str | None = None
    deadline_value: str | None = None
    progress: str | None = None
    state: State | None = None
    as_of: str | None = None
    mode: Mode | None = None
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """An act upon money or people and the quantity that it counts: 追缴 with 12.5万元, 诫勉 with 3人.

    `quantity` is an index into the quantities of the document (of the report, in a record).
    """

    act: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Measure(Found):
    """`span` is the measure without its marker; `dates` and `quantities` are indices into those of the document."""

    problem: str | None
    marker: str
    status: Status
    outputs: tuple[str, ...] = ()
    actor: str | None = None
    dates: tuple[int, ...] = ()
    quantities: tuple[int, ...] = ()
    recovered: tuple[Sum, ...] = ()
    accountable: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Check(Found):
    """`span` is where the thing is stated, `places` where what was compared with it stands.

    `fingerprint` is the same as long as rule, statement and finding are, wherever they stand.
    """

    kind: str
    severity: Severity
    outcome: Outcome
    stated: str
    found: str
    arithmetic: str
    message: str
    places: tuple[Span, ...]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its top left place, how far it spans, and what stands in it.

    `labels` are those of its row (from left to right), `heads` those of its column (from top to bottom), each as
    printed; both empty where it is a header itself. `span` is None where the cell has no character in the document.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    state: CellState
    span: Span | None
    role: Role = "value"
    labels: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`index` counts the tables of the file, `header` the rows at its head that hold labels.

    `caption` is the line that names it or the heading that it stands under, `unit` what its numbers are in, as
    printed (万元), where neither cell nor header says otherwise.
    """

    index: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    header: int = 0
    caption: str | None = None
    unit: str | None = None
