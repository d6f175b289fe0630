"""Reports → files. A writer is opened on the output folder, gets one report after another, and is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Protocol

from extractor.records import Report
from extractor.writers.json import JsonFiles
from extractor.writers.tables import CsvTables


class Writer(Protocol):
    def add(self, name: PurePath, report: Report) -> None:
        """Take the report of the source file `name` (relative to the run's root)."""

    def close(self) -> None:
        """Finish the files that hold more than one report."""


WRITERS: dict[str, Callable[[Path], Writer]] = {"json": JsonFiles, "csv": CsvTables}
