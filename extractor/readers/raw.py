"""What a format sees of a file, and what a format must state of itself."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

import regex

from extractor.errors import ReadError
from extractor.rules import Rules
from extractor.source import Source

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONGEST = 500_000  # characters of one line or paragraph; no report has one, and every pattern would walk it


@dataclass(frozen=True)
class Raw:
    """A file's name and bytes. Formats claim it by its bytes; the suffix only tells .md from .txt."""

    name: str
    data: bytes
    rules: Rules | None = None  # the shipped ones, where none are given

    @cached_property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def entries(self) -> frozenset[str]:
        """The names in a zip file; none for any other file. Raises ReadError for a zip without its directory."""
        if not self.data.startswith(ZIP):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return frozenset(name.replace("\\", "/") for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.error(
                "damaged", f"the file is cut off or damaged ({error}); copy or download it again"
            ) from error

    @cached_property
    def streams(self) -> frozenset[str]:
        """The stream names in an OLE2 file (.doc, .xls, an encrypted .docx); none for any other file."""
        if not self.data.startswith(OLE):
            return frozenset()
        found = (m for m in _STREAM.finditer(self.data) if m.start() % 128 == 0)  # a directory entry is 128 bytes
        return frozenset(m[0].decode("utf-16-le").rstrip("\0") for m in found)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, without a UTF-8 byte order mark and blanks, in lower case."""
        return self.data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()

    @property
    def packed(self) -> bool:
        """A zip or an OLE2 file: a container, never text."""
        return self.data.startswith((ZIP, OLE))

    def refuse_long(self, what: str, texts: Iterable[tuple[int, str]]) -> None:
        """Raises ReadError for a numbered line or paragraph that is too long."""
        for number, text in texts:
            if len(text) > LONGEST:
                size = f"{len(text):,} characters, over the limit of {LONGEST:,}"
                raise self.error("too_large", f"{what} {number} has {size}; break it into paragraphs")

    def error(self, code: str, reason: str) -> ReadError:
        return ReadError(self.name, code, reason)


_STREAM = regex.compile(
    b"(?:%s)\0\0"
    % b"|".join(
        name.encode("utf-16-le")
        for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document", "MatOST")
    )
)


class Format(NamedTuple):
    """A format of the registry: `claims` looks at the bytes, `read` raises ReadError."""

    name: str
    claims: Callable[[Raw], bool]
    read: Callable[[Raw], Source]


def printable(name: str) -> str:
    """A file's name as text: a byte that is no UTF-8 becomes `\\udcXX`."""
    return name.encode("utf-8", "backslashreplace").decode()
