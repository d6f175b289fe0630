"""What all charts share: a template to draw with, the width of words, a scale with round ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from extractor.pages.environment import environment

_BROAD = frozenset("“”‘’—…·×±≈≤≥≠％‰℃")  # as wide as a Chinese character where they stand among such


class Part(NamedTuple):
    """A class of the style sheet and its word."""

    key: str
    label: str


def draw(template: str, **context: Any) -> Markup:
    """Fill a template of this folder."""
    return Markup(environment().get_template(f"pages/charts/{template}").render(**context))


def width(text: str, size: float = 13) -> float:
    """Pixels that `text` takes: a Chinese character is as wide as the type is high, others a little over half."""
    return size * sum(1.0 if char > "\u2e7f" or char in _BROAD else 0.58 for char in text)


def fit(text: str, room: float, size: float = 13) -> str:
    """`text`, cut with … where it is wider than `room`."""
    if width(text, size) <= room:
        return text
    kept = ""
    for char in text:
        if width(kept + char + "…", size) > room:
            break
        kept += char
    return f"{kept}…"


class Scale(NamedTuple):
    """From values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def reach(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and highest of round numbers that hold all values; a chart of shares need not begin at nought."""
    low, high = min(values), max(values)
    gap = (high - low) or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(gap))
    return math.floor(low / step) * step, math.ceil(high / step) * step
