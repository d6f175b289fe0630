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
Number = int | float


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
