"""A file as found → Source.

The registry asks every format whether the bytes are its own; two that say so are an error. A format is one
module and one name in FORMATS. Plain text has no signature, so it is asked last, and there the suffix tells
Markdown from text.
"""

from __future__ import annotations

from pathlib import Path

import regex

from extractor.errors import ReadError
from extractor.readers import doc, docx, html, md, mhtml, ofd, pdf, refused, rtf, txt, xlsx
from extractor.readers.encoding import Decoded
from extractor.readers.raw import Format, Raw, printable
from extractor.rules import Rules
from extractor.source import Source

LARGEST = 200 * 1024 * 1024  # bytes of a file
FORMATS: tuple[Format, ...] = (
    docx.FORMAT, doc.FORMAT, pdf.FORMAT, ofd.FORMAT, html.FORMAT, mhtml.FORMAT, xlsx.FORMAT, rtf.FORMAT, *refused.FORMATS
)  # fmt: skip
PLAIN: tuple[Format, ...] = (md.FORMAT, txt.FORMAT)
_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def read(path: Path, rules: Rules | None = None) -> Source:
    """`rules` say where the text of a web page stands; without them the shipped ones do. Raises ReadError."""
    return read_bytes(_bytes(path), path.name, rules)


def read_bytes(data: bytes, name: str, rules: Rules | None = None) -> Source:
    """A file in memory: the member of an archive. Raises ReadError."""
    raw = Raw(printable(name), data, rules)
    if not raw.data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise raw.error("empty", "the file is empty")
    return _checked(raw, _format(raw).read(raw))


def read_text(text: str, name: str = "text") -> Source:
    """A text in memory, as if it were a .txt file of that content. Raises ReadError."""
    mended, replaced = _SURROGATE.subn("\ufffd", text.removeprefix("\ufeff").replace("\0", "\ufffd"))
    raw = Raw(name, mended.encode())
    return _checked(raw, txt.source(raw, Decoded(mended, "utf-8", replaced + text.count("\0"))))


def _bytes(path: Path) -> bytes:
    """Raises ReadError that says why a path gives none."""
    try:
        if path.is_dir():
            raise ReadError(path.name, "directory", "this is a folder; name a file in it")
        if not path.exists():
            raise ReadError(path.name, "missing", f"there is no file {path}")
        if not path.is_file():
            raise ReadError(path.name, "unsupported", "this is no ordinary file")
        if path.stat().st_size > LARGEST:
            size = path.stat().st_size / 1024 / 1024
            raise ReadError(
                path.name, "too_large", f"the file has {size:,.0f} MB, over the limit of {LARGEST >> 20} MB"
            )
        return path.read_bytes()
    except PermissionError:
        raise ReadError(path.name, "denied", "the file may not be read; ask for the right to read it") from None
    except (OSError, ValueError) as error:  # a broken disk or share; a name with a NUL
        raise ReadError(path.name, "missing", f"the file cannot be opened ({error})") from error


def _format(raw: Raw) -> Format:
    claimed = [f for f in FORMATS if f.claims(raw)] or [f for f in PLAIN if f.claims(raw)]
    if len(claimed) > 1:
        names = " and ".join(f.name for f in claimed)
        raise raw.error("ambiguous", f"the file looks like {names} at once; save it again in one format")
    if not claimed:
        raise refused.unclaimed(raw)
    return claimed[0]


def _checked(raw: Raw, source: Source) -> Source:
    """A Source without a character is no report, unless its pages wait for recognition, or it gave no more."""
    waits = any(warning.code in ("scan", "ocr") for warning in source.warnings)
    if not waits and not any(line.text.strip("\ufeff \t\u3000") for line in source.lines):
        raise raw.error("empty", "the file holds no text; if its pages are pictures, recognise their text (OCR) first")
    return source
