"""Formats that are known by their bytes and not read: the user is told which it is and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from extractor.errors import ReadError
from extractor.readers.encoding import decode
from extractor.readers.raw import OLE, Format, Raw

_CONVERT = "save it as .docx or .txt and try again"


def _refused(name: str, claims: Callable[[Raw], bool], what: str, advice: str = _CONVERT, code: str = "unsupported") -> Format:  # fmt: skip
    def read(raw: Raw) -> NoReturn:
        raise raw.error(code, f"the file is {what}, which is not read; {advice}")

    return Format(name, claims, read)


def _magic(*heads: bytes) -> Callable[[Raw], bool]:
    return lambda raw: raw.data.startswith(heads)


def _stream(*names: str) -> Callable[[Raw], bool]:
    return lambda raw: not raw.streams.isdisjoint(names)


def _not_word(*names: str) -> Callable[[Raw], bool]:
    """A Word document may hold a sheet or slides as an object, and is no workbook for that."""
    return lambda raw: not raw.streams.isdisjoint(names) and "WordDocument" not in raw.streams


def _entry(name: str) -> Callable[[Raw], bool]:
    return lambda raw: any(entry.lower() == name for entry in raw.entries)


def _works(raw: Raw) -> bool:
    return "MatOST" in raw.streams or (raw.data.startswith(OLE) and b"CHNKWKS" in raw.data)


FORMATS: tuple[Format, ...] = (
    _refused("word-xml", lambda raw: b'progid="word.document"' in raw.head[:400], "a Word 2003 XML file"),
    _refused("encrypted", _stream("EncryptedPackage"), "encrypted", "open it with its password and save it without one", "encrypted"),
    _refused("xls", _not_word("Workbook", "Book"), "an Excel 97-2003 workbook (.xls)"),
    _refused("ppt", _not_word("PowerPoint Document"), "a PowerPoint 97-2003 file (.ppt)"),
    _refused("works", _works, "a Microsoft Works document (.wps)"),
    _refused("pptx", _entry("ppt/presentation.xml"), "a PowerPoint file (.pptx)"),
    _refused("odt", lambda raw: b"application/vnd.oasis.opendocument" in raw.data[:120], "an OpenDocument file"),
    _refused("picture", _magic(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), "a picture", "recognise its text (OCR) first"),
    _refused("archive", _magic(b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "an archive (.rar, .7z, .gz)", "unpack it first"),
)  # fmt: skip


def unclaimed(raw: Raw) -> ReadError:
    """Why no format takes the file: what its bytes are, against what its name says."""
    if raw.entries:
        if raw.suffix == ".zip" or "[Content_Types].xml" not in raw.entries:
            return raw.error(
                "unsupported", "the file is a zip archive of other files; name it .zip and `extract` reads each of them"
            )
        return raw.error("damaged", f"the zip holds no word/document.xml, so it is no Word document; {_CONVERT}")
    if raw.data.startswith(OLE):
        return raw.error("unsupported", f"the file is an OLE2 container of an unknown kind; {_CONVERT}")
    try:
        decode(raw)
    except ReadError:
        return raw.error("damaged", f"the file is named {raw.suffix}, but its bytes are of no known format")
    return raw.error(
        "damaged", f"the file is named {raw.suffix}, but holds plain text; rename it to .txt and try again"
    )
