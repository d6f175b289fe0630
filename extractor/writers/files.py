"""Whole files or none: write beside, then rename."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, drafted: Path | None = None) -> None:
    """`path` holds its old content or all of `data`, never a part, also when the process is killed.

    `drafted` is where it is written first, on the same disk; beside `path` if not given.
    """
    drafted = drafted or draft(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    drafted.unlink(missing_ok=True)  # it may be a link to a file elsewhere, which would be written through
    drafted.write_bytes(data)
    os.replace(drafted, path)


def draft(path: Path) -> Path:
    """Where `path` is written before it is renamed."""
    return path.with_name(f".{path.name}.part")
