"""`manifest.jsonl`: the record of an archive, one line per source file, in order of path.

While a run goes on its rows are appended as they come, so that a killed run loses none; at the end the file is
written anew, sorted. Of two lines of one path the later counts; a line that was cut off is none.
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from extractor.writers.files import write_whole

NAME = "manifest.jsonl"
_COMMON = {"status", "code", "message", "root", "version", "rules_version", "formats", "limits", "lacked"}


class Row(NamedTuple):
    """A source file and what became of it: `status` is ok, partial or failed. `code` and `message` say why it failed, or why it is partial.

    `root` is the name of the folder (or .zip) that was given, null for a file given by itself; `version`,
    `rules_version`, `formats` and, where they decided, `limits` are what it was made with; `lacked` is an extra that
    was not installed and would have read more of it. `removed` says that the source is no longer there: its results
    stay, tables leave them out. `seconds` alone differs from run to run.
    """

    path: str
    sha256: str | None
    status: str
    code: str | None = None
    message: str | None = None
    seconds: float = 0.0
    root: str | None = None
    version: str | None = None
    rules_version: str | None = None
    formats: tuple[str, ...] = ()
    limits: str | None = None
    removed: bool = False
    lacked: str | None = None


class Manifest:
    """Use as a context. Rows of an earlier run into the same folder stay, unless the file was read again."""

    def __init__(self, out: Path) -> None:
        self.path = out / NAME
        self.rows = {row.path: row for row in read(self.path)}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Manifest:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("ab")
        if self._file.tell():
            self._file.write(b"\n")  # the last line may have been cut off
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, row: Row) -> None:
        assert self._file is not None
        self.rows[row.path] = row
        self._file.write(_line(row))
        self._file.flush()

    def drop(self, path: str) -> None:
        self.rows.pop(path, None)

    def compact(self) -> None:
        write_whole(self.path, b"".join(_line(self.rows[path]) for path in sorted(self.rows)))


def read(path: Path) -> list[Row]:
    """The rows of a manifest; none where there is no such file. A line that was damaged is left out."""
    if not path.is_file():
        return []
    same: dict[Any, Any] = {}  # what a million rows have in common is in memory once
    with path.open("rb") as lines:
        return [row for row in (_row(line, same) for line in lines) if row]


def is_archive(folder: Path) -> bool:
    """Whether extract has written there; the `manifest.jsonl` of another program has other fields."""
    path = folder / NAME
    if not path.is_file():
        return False
    with path.open("rb") as lines:
        return any(_row(line, {}) for line in islice(lines, 100))


def _row(line: bytes, same: dict[Any, Any]) -> Row | None:
    try:
        row = Row(**json.loads(line))
        row = row._replace(formats=tuple(row.formats))
        return Row._make(
            same.setdefault(value, value) if name in _COMMON else value
            for name, value in zip(Row._fields, row, strict=True)
        )
    except (ValueError, TypeError):
        return None


def _line(row: Row) -> bytes:
    return json.dumps(row._asdict(), ensure_ascii=False).encode() + b"\n"
