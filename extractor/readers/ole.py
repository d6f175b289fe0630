"""The streams of an OLE2 file (compound file), opened under guard."""

from __future__ import annotations

import io
import struct

import olefile

from extractor.readers.raw import Raw

_PAGES = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8"}
# olefile lets these through for tables of sectors that are cut off or run in circles
_BROKEN = (
    OSError,
    struct.error,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    RecursionError,
    OverflowError,
    MemoryError,
)


def streams(raw: Raw, *names: str) -> dict[str, bytes]:
    """The bytes of the streams of these names that the file holds. Raises ReadError.

    No stream is longer than the file: olefile refuses a size that needs more sectors than there are.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(raw.data)) as container:
            found = {name: container.openstream(name).read() for name in names if container.exists(name)}
            cut = [name for name, data in found.items() if len(data) < container.get_size(name)]
    except _BROKEN as error:
        raise raw.error("damaged", f"the file is cut off or damaged ({error}); copy or download it again") from error
    if cut:
        raise raw.error("damaged", f"the file is cut off (in its {cut[0]} stream); copy or download it again")
    return found


def properties(raw: Raw) -> dict[str, str]:
    """What the file's summary states as its title and creator; nothing where it is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(raw.data)) as container:
            stated = container.get_metadata()
        page = (stated.codepage or 0) & 0xFFFF
        named = {"title": stated.title, "creator": stated.author}
        return {name: _decoded(value, page) for name, value in named.items() if value}
    except _BROKEN:
        return {}


def _decoded(value: bytes | str, page: int) -> str:
    text = value if isinstance(value, str) else value.decode(_PAGES.get(page, f"cp{page}"), "ignore")
    return text.rstrip("\0")
