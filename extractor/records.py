"""The records that leave the program: a `Report` and all it holds. The names are those users see in JSON and CSV.

Every record says where it stands (`doc`, `span`: code points of `documents[doc].text`), what is printed there
(`text`), where that was read in the file (`source`) and which rule claimed it (`rule`). What was found, unlike what was
checked, also says how likely it is right (`confidence`).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractor.found import (
    Bound,
    CellState,
    Dimension,
    Label,
    Mode,
    Modifier,
    Number,
    Outcome,
    Severity,
    State,
    Status,
    Sum,
)
from extractor.source import Box, Part

SCHEMA_VERSION = "1"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """Code points of a document's text, end excluded."""

    start: int
    end: int


class Cell(Model):
    """Table, row and column, counted from 0."""

    table: int
    row: int
    column: int


class Piece(Model):
    """A run of characters of the source file: code points of its line or paragraph `number` (from 1).

    In a file that has pages: `page` from 1, and the `box` (left, top, right, bottom) of the characters, in points from
    the top left corner of the page. In a scan: `ocr`, the confidence, 0 to 1, with which they were recognised.
    """

    part: Part
    number: int
    start: int
    end: int
    cell: Cell | None = None
    page: int | None = None
    box: Box | None = None
    ocr: float | None = None


class Run(Piece):
    """A piece that stands at code point `at` of a document's text, as many code points long as it is in the source."""

    at: int


class Record(Model):
    doc: int
    text: str
    span: Span
    source: tuple[Piece, ...]
    rule: str


class Rated(Record):
    """A record with its `confidence`, 0 to 1: how likely it is right in every field; see `extractor.confidence`."""

    confidence: float


class Heading(Rated):
    """标题. `body` is what stands between it and the next heading; `repaired` what a misprinted marker must have been."""

    marker: str
    value: int | None
    level: int
    title: str
    kind: Literal["section", "problem"]
    repaired: str | None
    body: Span


class Date(Rated):
    """日期. `value` is EDTF (ISO 8601-2): 2023-01-30, 2022-36, 2023-XX-06, 2021/2025; or a duration back from now, P3Y."""

    value: str
    bound: Bound | None
    cell: Cell | None


class Quantity(Rated):
    """数量. `value` is in `unit`, with 万 and 亿 multiplied out; a range is [low, high]; null where digits are masked."""

    value: Number | tuple[Number, Number] | None
    unit: str | None
    dimension: Dimension
    modifier: Modifier | None
    noun: str | None
    cell: Cell | None


class Problem(Rated):
    """问题, as the report quotes it, with its fields as printed; see `extractor.found.Problem`."""

    level: int
    parent: str | None
    responsible: tuple[str, ...] | None
    deadline: str | None
    deadline_value: str | None
    progress: str | None
    state: State | None
    as_of: str | None
    mode: Mode | None
    labels: tuple[Label, ...]


class Measure(Rated):
    """整改措施: what was done, or is promised, about a problem.

    `dates` and `quantities` are indices into the report's lists of them. `recovered` is money called in or paid back
    (追缴, 清退, 上缴), `accountable` people held to account (处分, 诫勉): the verb and the index of the quantity.
    """

    problem: str | None
    marker: str
    status: Status
    outputs: tuple[str, ...]
    actor: str | None
    dates: tuple[int, ...]
    quantities: tuple[int, ...]
    recovered: tuple[Sum, ...]
    accountable: tuple[Sum, ...]


class Place(Model):
    """Words of a document, and where they were read."""

    text: str
    span: Span
    source: tuple[Piece, ...]


class Check(Record):
    """自查: what the report says of itself (the record's own place) against what was found (`places`).

    `message` is the sentence for a reader; a verdict of a person is kept under `fingerprint`, which is the same as
    long as rule, statement and finding are.
    """

    kind: str
    severity: Severity
    outcome: Outcome
    stated: str
    found: str
    arithmetic: str
    message: str
    places: tuple[Place, ...]
    fingerprint: str


class Document(Model):
    """A text with its own title. `year` is the one that 今年 means in it.

    `runs` are its characters in the file, in order; a character in none of them (a line end) was put in.
    """

    title: str
    text: str
    year: int | None
    issuer: str | None
    runs: tuple[Run, ...]


class Noise(Model):
    """Characters of the file that belong to no document, and the rule that says why."""

    rule: str
    text: str
    source: tuple[Piece, ...]


class Merged(Model):
    """A cell that covers several places: its top left one, counted from 0, and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int


class CellLabels(Model):
    """What a cell with a value stands for: the labels of its row, and those of its column, from outside in."""

    row: tuple[str, ...]
    column: tuple[str, ...]


class Table(Model):
    """表格: the text of its cells, merged cells empty but for the top left one.

    `states` and `labels` are parallel to `rows`: which of the five a cell is, null where a merged cell covers the
    place; the labels of a cell below a header, null for headers, labels and codes themselves. `header` counts the rows
    of the first header. `unit` is what numbers are in where neither cell nor header says otherwise. `page` is the
    first of `pages`, null in a file that has none.
    """

    doc: int
    page: int | None
    pages: tuple[int, ...]
    caption: str | None
    unit: str | None
    header: int
    rows: tuple[tuple[str, ...], ...]
    states: tuple[tuple[CellState | None, ...], ...]
    merged: tuple[Merged, ...]
    labels: tuple[tuple[CellLabels | None, ...], ...]
    source: tuple[Piece, ...]


class Issue(Model):
    """Something that could not be read or decided; a report with one is `partial`."""

    stage: str
    code: str
    message: str


class SourceFile(Model):
    """The file as it was read; `replaced` counts characters that its bytes did not give."""

    name: str
    format: str
    sha256: str
    size: int
    encoding: str | None
    replaced: int


class Report(Model):
    schema_version: str
    source: SourceFile
    rules_version: str
    status: Literal["ok", "partial"]
    documents: tuple[Document, ...]
    headings: tuple[Heading, ...]
    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]
    problems: tuple[Problem, ...]
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...]
    noise: tuple[Noise, ...]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]
