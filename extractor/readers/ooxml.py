"""The zip package of an Office file, opened under guard: sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, NamedTuple

from lxml import etree

from extractor.readers.raw import Raw

Element = Any  # lxml has no types

MAX_UNPACKED = 200 * 1024 * 1024  # bytes: 8 million tiny paragraphs fit in a zip of 848 kB and take 4 GB of memory
MAX_RATIO = 100  # unpacked to packed; real documents have 10 to 25
RATIO_FLOOR = 10 * 1024 * 1024  # below this size a ratio harms nobody
MAX_ENTRIES = 2000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # ISO strict files differ from the usual ones in these names only, as far as text goes
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)  # fmt: skip
_BROKEN = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, OSError, ValueError, KeyError, NotImplementedError
)  # fmt: skip


class Relation(NamedTuple):
    """`kind` is the last word of its type: styles, header, footnotes; `target` the name of a part."""

    kind: str
    target: str


class Package:
    """The parts of the package by name. Every method raises ReadError for what is damaged or dangerous."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw.data))
        except _BROKEN as error:
            raise raw.error("damaged", f"the file cannot be unpacked ({error}); copy or download it again") from error
        self._guard(self._zip.infolist())
        # some writers use backslashes, and part names ignore case
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()}

    def _guard(self, infos: list[zipfile.ZipInfo]) -> None:
        unpacked = sum(info.file_size for info in infos)
        if len(infos) > MAX_ENTRIES:
            raise self.raw.error("too_large", f"the zip has {len(infos):,} entries, over the limit of {MAX_ENTRIES:,}")
        if unpacked > MAX_UNPACKED:
            size = f"{unpacked >> 20:,} MB, over the limit of {MAX_UNPACKED >> 20} MB"
            raise self.raw.error("too_large", f"the file would unpack to {size}")
        if unpacked > max(RATIO_FLOOR, MAX_RATIO * len(self.raw.data)):
            ratio = unpacked // len(self.raw.data)
            raise self.raw.error("too_large", f"the file would unpack to {ratio} times its size, as zip bombs do")
        if any(info.flag_bits & 1 for info in infos):
            raise self.raw.error("encrypted", "the zip is encrypted; open it with its password and save it without one")

    def xml(self, name: str) -> Element | None:
        """The root of a part, None where there is no such part."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        try:
            data = self._zip.read(info)
            if b"purl.oclc.org" in data[:4096]:
                for strict, usual in _STRICT:
                    data = data.replace(strict, usual)
            root = etree.fromstring(data, _parser())
        except _BROKEN as error:
            if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from error  # no fault of the part: lxml calls it an "unknown error" of syntax
            raise self.raw.error("damaged", f"its part {name} is damaged ({error}); save the document again") from error
        if root.getroottree().docinfo.doctype:
            raise self.raw.error("damaged", f"its part {name} has a DOCTYPE, which no such file has")
        return root

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What a part (the package itself: "") refers to inside the package, by id."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for item in root.iter(_RELATION) if root is not None else ():
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
                found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target)
        return found


def _parser() -> Element:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
