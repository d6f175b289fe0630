"""Noise out, repeats out, documents split, broken lines rejoined. Nothing is changed: characters are cut and joined.

Every character of the source's lines is in one draft or in one noise record.
"""

from __future__ import annotations

from extractor.cleaning.documents import drafts, opened
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sweep import swept
from extractor.cleaning.trial import trial
from extractor.rules import Rules
from extractor.source import Cleaned, Source, Warn

__all__ = ["NoiseRules", "clean", "trial"]


def clean(source: Source, rules: Rules) -> Cleaned:
    """Source → one draft per document, and the noise that belongs to none."""
    file = rules.of(NoiseRules)
    sheet, noise = swept(source.lines, file)
    found = tuple(drafts(opened(sheet, file), source.hints, file))
    empty = not any(draft.text.raw.strip() for draft in found)
    warnings = (Warn("no-text", "nothing is left of this file once noise is taken out"),) if empty else ()
    return Cleaned(found, tuple(noise), warnings)
