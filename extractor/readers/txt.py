"""Plain text: one Line per line of the file, or per cell of a table that is drawn in it."""

from __future__ import annotations

from extractor.readers import drawn
from extractor.readers.encoding import Decoded, decode, lines
from extractor.readers.raw import Format, Raw
from extractor.source import Source, Warn

MARKDOWN = frozenset({".md", ".markdown"})
# A file with such a name that holds text is no document of its format, and whoever named it so should know.
_PACKED = frozenset({".docx", ".docm", ".doc", ".wps", ".pdf", ".ofd", ".xlsx", ".xls", ".pptx", ".zip"})


def claims(raw: Raw) -> bool:
    return not raw.packed and raw.suffix not in MARKDOWN | _PACKED


def read(raw: Raw) -> Source:
    """Raises ReadError for bytes that are no text."""
    return source(raw, decode(raw))


def source(raw: Raw, decoded: Decoded) -> Source:
    found, tables = drawn.lines(lines(raw, decoded.text))
    return Source(
        raw.name, "txt", raw.sha256, len(raw.data), found, tables,
        encoding=decoded.encoding, replaced=decoded.replaced, warnings=warnings(decoded),
    )  # fmt: skip


def warnings(decoded: Decoded) -> tuple[Warn, ...]:
    if not decoded.replaced:
        return ()
    count = f"{decoded.replaced} bytes are" if decoded.replaced > 1 else "1 byte is"
    return (Warn("replaced", f"{count} no character in {decoded.encoding} and read as “\ufffd”; check the file"),)


FORMAT = Format("txt", claims, read)
