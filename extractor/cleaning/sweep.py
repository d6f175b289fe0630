"""The order in which noise is taken out: each stage sees what those before it have left."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.cleaning import noise
from extractor.cleaning.repeats import repeats
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import Sheet, read, strike
from extractor.source import Line, Noise

STAGES = (
    (noise.anywhere,),
    (noise.blocks, noise.whole_lines, noise.folios),
    (noise.counters,),
    (repeats,),
    (noise.running,),
)


def swept(lines: Sequence[Line], rules: NoiseRules) -> tuple[Sheet, list[Noise]]:
    """What is left of the lines, and the noise that was in them."""
    sheet, found = read(lines)
    for finders in STAGES:
        sheet, struck = strike(sheet, [claim for find in finders for claim in find(sheet, rules)])
        found += struck
    return sheet, sorted(found, key=lambda one: one.pieces[0])
