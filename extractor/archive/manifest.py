"""`manifest.jsonl`: the record of a run, one line per source file, in order of path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from extractor.writers.files import write_whole

NAME = "manifest.jsonl"


class Row(NamedTuple):
    """A source file and what became of it: `status` is ok, partial or failed. `code` and `message` say why it failed, or why it is partial."""

    path: str
    sha256: str | None
    status: str
    code: str | None = None
    message: str | None = None
    seconds: float = 0.0


class Manifest:
    """Rows of an earlier run into the same folder stay, unless the file was read again."""

    def __init__(self, out: Path) -> None:
        self.path = out / NAME
        self.rows = {row.path: row for row in read(self.path)}

    def add(self, row: Row) -> None:
        self.rows[row.path] = row

    def close(self) -> None:
        lines = [json.dumps(self.rows[path]._asdict(), ensure_ascii=False) for path in sorted(self.rows)]
        write_whole(self.path, "".join(f"{line}\n" for line in lines).encode())


def read(path: Path) -> list[Row]:
    """The rows of a manifest; none where there is no such file. A line that was damaged is left out."""
    rows = []
    for line in path.read_text("utf-8", "replace").splitlines() if path.is_file() else ():
        try:
            rows.append(Row(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return rows
