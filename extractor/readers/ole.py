"""The streams of an OLE2 file (compound file), opened under guard."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress

import olefile

from extractor.errors import ReadError
from extractor.readers.raw import Raw

_SUMMARY = "\x05SummaryInformation"
_SHORT, _STRING = 2, 30  # types of properties
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
    """What the file's summary states as its title and creator; nothing where it is damaged.

    olefile reads every property, and takes minutes and GB for one that says it has millions of values.
    """
    found: dict[int, bytes | int] = {}
    with suppress(ReadError, struct.error):
        found.update(_stated(streams(raw, _SUMMARY).get(_SUMMARY, b"")))
    page = found.get(1, 0)
    encoding = _PAGES.get(page, f"cp{page}") if isinstance(page, int) else ""
    named = {"title": found.get(2), "creator": found.get(4)}
    with suppress(LookupError):
        return {
            name: value.decode(encoding, "ignore").rstrip("\0")
            for name, value in named.items()
            if isinstance(value, bytes)
        }
    return {}


def _stated(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The first set of properties by number, of those that are a code page or a string in it (MS-OLEPS)."""
    (start,) = struct.unpack_from("<I", data, 44)
    (count,) = struct.unpack_from("<I", data, start + 4)
    for i in range(min(count, len(data) // 8)):
        number, at = struct.unpack_from("<II", data, start + 8 + 8 * i)
        kind, size = struct.unpack_from("<II", data, start + at)
        if kind == _SHORT:
            yield number, size & 0xFFFF
        elif kind == _STRING:
            yield number, data[start + at + 8 : start + at + 8 + size]
