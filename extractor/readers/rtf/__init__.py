"""Rich Text Format: its text with the look of each run, its tables, notes, headers and footers.

The numbers of automatic lists stand in the text (listtext), as the program that saved it printed them.
"""

from __future__ import annotations

from extractor.readers.raw import Format, Raw
from extractor.readers.rtf.code import tokens
from extractor.readers.rtf.walk import Walk
from extractor.source import Source


def claims(raw: Raw) -> bool:
    return raw.head.startswith(b"{\\rtf")


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    walk = Walk()
    for token in tokens(raw):
        walk.step(token)
    walk.finish()
    lines = tuple(walk.blocks.lines)
    raw.refuse_long("paragraph", ((line.number, line.text) for line in lines))
    return Source(
        raw.name, "rtf", raw.sha256, len(raw.data), lines, tuple(walk.blocks.tables),
        encoding=walk.fonts.page, replaced=walk.replaced, warnings=walk.warnings(),
    )  # fmt: skip


FORMAT = Format("rtf", claims, read)
