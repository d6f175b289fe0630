"""Horizontal bars: a category a row, parted by status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.pages.charts.drawing import Part, Scale, draw, fit, width

ROW, THICK, GAP, SIDE = 30, 18, 10, 0.42


class Bar(NamedTuple):
    """A category: its counts by key of part, what is printed after the bar, and where it leads."""

    label: str
    counts: Mapping[str, float]
    text: str = ""
    href: str = ""


class _Piece(NamedTuple):
    key: str
    x: float
    width: float
    text: str
    title: str


def bars(rows: Sequence[Bar], parts: Sequence[Part], *, label: str, wide: int = 660) -> Markup:
    """`label` says in words what the chart shows. Empty parts are left out of the legend."""
    total = max((sum(row.counts.values()) for row in rows), default=0) or 1
    side = min(max((width(row.label) for row in rows), default=0), wide * SIDE) + GAP
    scale = Scale(0, total, side, wide - max((width(_after(row)) for row in rows), default=0) - GAP)
    drawn = [
        (row, fit(row.label, side - GAP), i * ROW, list(_pieces(row, parts, scale)), _after(row))
        for i, row in enumerate(rows)
    ]
    used = [part for part in parts if any(row.counts.get(part.key) for row in rows)]
    return draw(
        "bars.html",
        rows=drawn,
        parts=used,
        label=label,
        wide=wide,
        high=ROW * len(rows),
        row=ROW,
        thick=THICK,
        side=side,
    )


def _pieces(row: Bar, parts: Sequence[Part], scale: Scale) -> Iterator[_Piece]:
    before = 0.0
    for part in parts:
        count = row.counts.get(part.key, 0)
        if count <= 0:
            continue
        x, end = scale(before), scale(before + count)
        text = f"{count:g}"
        inside = text if end - x > width(text, 12) + 6 and len(row.counts) > 1 else ""
        yield _Piece(
            part.key, x, max(1.0, round(end - x - 1, 1)), inside, f"{row.label}：{part.label} {row.text or text}"
        )
        before += count


def _after(row: Bar) -> str:
    return row.text or f"{sum(row.counts.values()):g}"
