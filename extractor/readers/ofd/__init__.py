"""OFD files (GB/T 33190): laid out pages like PDF's, put together by the same means."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.readers.ofd.pages import pages
from extractor.readers.paged.lines import lines
from extractor.readers.paged.sheets import Sheet, lay
from extractor.readers.paged.story import told
from extractor.readers.raw import Format, Raw
from extractor.source import Source, Warn

_NAMED = 20  # pages that a warning names


def claims(raw: Raw) -> bool:
    return any(entry.lower() == "ofd.xml" for entry in raw.entries)


def read(raw: Raw) -> Source:
    """Raises ReadError."""
    found = pages(raw)
    sheets: list[Sheet] = []
    for number, page in enumerate(found.pages, 1):
        sheets.append(lay(number, page.text, page.drawn, sheets[-1] if sheets else None))
    text, tables = lines(told(sheets))
    return Source(
        raw.name, "ofd", raw.sha256, len(raw.data), tuple(text), tuple(tables),
        warnings=(*found.warnings, *_scans(sheets)),
    )  # fmt: skip


def _scans(sheets: Sequence[Sheet]) -> tuple[Warn, ...]:
    bare = [str(sheet.page) for sheet in sheets if not sheet.rows and not sheet.tables]
    if not bare:
        return ()
    named = ", ".join(bare[:_NAMED]) + (" …" if len(bare) > _NAMED else "")
    what = f"{len(bare)} of {len(sheets)} pages hold no text, only pictures or drawings (page {named})"
    return (Warn("scan", f"{what}; recognise their text (OCR) first"),)


FORMAT = Format("ofd", claims, read)
