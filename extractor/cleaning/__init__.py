"""Noise out, repeats out, documents split, broken lines rejoined. Nothing is changed: characters are cut and joined.

Every character of the source's lines is in one draft or in one noise record.
"""

from __future__ import annotations

from extractor.cleaning.documents import drafts, opened
from extractor.cleaning.rulefile import NoiseRules
from extractor.cleaning.sheet import read
from extractor.cleaning.sweep import swept
from extractor.cleaning.trial import trial
from extractor.rules import Rules
from extractor.source import Cleaned, Source, Warn

__all__ = ["NoiseRules", "clean", "trial"]


def clean(source: Source, rules: Rules) -> Cleaned:
    """Source → one draft per document, and the noise that belongs to none.

    A file that is noise from end to end is taken as it is: a date alone is no page's time of publication.
    """
    file = rules.of(NoiseRules)
    sheet, noise = swept(source.lines, file)
    if not sheet.printed:
        sheet, noise = read(source.lines)
    warnings = () if sheet.printed else (Warn("no-text", "there is no text in this file"),)
    return Cleaned(tuple(drafts(opened(sheet, file), source.hints, file)), tuple(noise), warnings)
