"""The streams of an OLE2 file (compound file), opened under guard."""

from __future__ import annotations

import io
import struct

import olefile

from extractor.readers.raw import Raw

# olefile lets these through for tables of sectors that are cut off or run in circles
BROKEN = (OSError, struct.error, IndexError, KeyError, ValueError, RecursionError, OverflowError, MemoryError)


def streams(raw: Raw, *names: str) -> dict[str, bytes]:
    """The bytes of the streams of these names that the file holds. Raises ReadError.

    No stream is longer than the file: olefile refuses a size that needs more sectors than there are.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(raw.data)) as container:
            found = {name: container.openstream(name).read() for name in names if container.exists(name)}
            cut = [name for name, data in found.items() if len(data) < container.get_size(name)]
    except BROKEN as error:
        raise raw.error("damaged", f"the file is cut off or damaged ({error}); copy or download it again") from error
    if cut:
        raise raw.error("damaged", f"the file is cut off (in its {cut[0]} stream); copy or download it again")
    return found
