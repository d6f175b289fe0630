"""What stands in a pack: its manifest, and the sheets with every quote and its place (`spans.json`)."""

from __future__ import annotations

from typing import Literal

from extractor.found import Outcome, Severity
from extractor.records import Model, Piece, Span


class Quote(Model):
    """Words of the report: `stated` is what a check speaks of, `compared` what it was held against.

    `before` and `after` are what stands around them in the document; `where` says the place as a person does, and
    `labels` are those of the row and the column of a table's cell.
    """

    role: Literal["stated", "compared"]
    doc: int
    text: str
    span: Span
    before: str
    after: str
    where: str
    labels: tuple[str, ...]
    source: tuple[Piece, ...]


class Picture(Model):
    """A strip of a page as `member` of the pack: `page` from 1, `box` in points from the page's top left corner."""

    member: str
    page: int
    box: tuple[float, float, float, float]


class Sheet(Model):
    """A check on a sheet of its own; see `extractor.records.Check` for its fields."""

    number: str
    fingerprint: str
    rule: str
    kind: str
    severity: Severity
    outcome: Outcome
    stated: str
    found: str
    arithmetic: str
    message: str
    title: str
    issuer: str | None
    quotes: tuple[Quote, ...]
    pictures: tuple[Picture, ...]


class Sheets(Model):
    sheets: tuple[Sheet, ...]


class Member(Model):
    name: str
    sha256: str
    size: int


class Manifest(Model):
    """`libraries` are those whose version may show in the paper and in pictures; `source` is the file's true name."""

    format: Literal["extractor-evidence/1"] = "extractor-evidence/1"
    program: str
    rules_version: str
    libraries: dict[str, str]
    source: str
    sha256: str
    reference_date: str | None
    checks: tuple[str, ...]
    members: tuple[Member, ...]
