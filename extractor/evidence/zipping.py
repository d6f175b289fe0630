"""Zips of which the same members make the same bytes: no clock, no system, no order but the one given."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_CLOCK = (1980, 1, 1, 0, 0, 0)


def zipped(members: Iterable[tuple[str, bytes]], *, packed: bool) -> bytes:
    """Stored members do not hang on the version of a packer."""
    whole, method = io.BytesIO(), zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(whole, "w", method, compresslevel=9) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _CLOCK)
            info.compress_type, info.create_system, info.external_attr = method, 3, 0o644 << 16
            archive.writestr(info, data)
    return whole.getvalue()
