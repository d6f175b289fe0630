"""The order in which noise is taken out: each finder sees what those before it have left."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.cleaning import noise
from extractor.cleaning.repeats import repeats
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import Sheet, read, strike
from extractor.source import Line, Noise

FINDERS = (noise.anywhere, noise.blocks, noise.whole_lines, noise.counters, noise.folios, repeats)


def swept(lines: Sequence[Line], rules: NoiseRules) -> tuple[Sheet, list[Noise]]:
    """What is left of the lines, and the noise that was in them."""
    sheet, found = read(lines)
    for find in FINDERS:
        sheet, struck = strike(sheet, find(sheet, rules))
        found += struck
    return sheet, sorted(found, key=lambda one: one.pieces[0])
