"""One CSV per kind of record for the whole run, and one of the cells of tables, as Excel opens it: UTF-8 with BOM, CRLF.

Text that a spreadsheet would run as a formula gets a ' in front; the JSON stays exact.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.records import Report
from extractor.writers import cells
from extractor.writers.files import draft
from extractor.writers.plain import plain
from extractor.writers.rows import KINDS, columns, row


class CsvTables:
    """Rows go to the disk as they come, so that memory stays flat over any number of reports."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.paths = {kind: out / f"{kind}.csv" for kind in (*KINDS, "cells")}
        self.files = {
            kind: draft(path).open("w", encoding="utf-8-sig", newline="") for kind, path in self.paths.items()
        }
        for kind, model in KINDS.items():
            csv.writer(self.files[kind]).writerow(columns(model))
        csv.writer(self.files["cells"]).writerow(cells.COLUMNS)

    @staticmethod
    def rows(name: str, report: Report) -> dict[str, str]:
        """The lines that the report of the source file `name` adds, by kind of record."""
        lines = {
            kind: _lines(columns(model), ({"file": name, **row(record, report)} for record in getattr(report, kind)))
            for kind, model in KINDS.items()
        }
        return lines | {"cells": _lines(cells.COLUMNS, cells.rows(name, report))}

    def append(self, rows: Mapping[str, str]) -> None:
        for kind, lines in rows.items():
            self.files[kind].write(lines)

    def close(self) -> None:
        for kind, path in self.paths.items():
            self.files[kind].close()
            os.replace(draft(path), path)


def _lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    buffer = io.StringIO(newline="")
    table = csv.DictWriter(buffer, names)
    table.writerows({key: plain(value) for key, value in row.items()} for row in rows)
    return buffer.getvalue()
