"""Reports → files. A writer is opened on the output folder, gets one report after another, and is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol

from extractor.records import Report
from extractor.rules import Rules
from extractor.writers.json import JsonFiles
from extractor.writers.ledger import Ledgers
from extractor.writers.tables import CsvTables


class Writer(Protocol):
    def add(self, name: PurePath, report: Report) -> None:
        """Take the report of the source file `name` (relative to the run's root)."""

    def close(self) -> None:
        """Finish the files that hold more than one report."""


class Options(NamedTuple):
    """What a user may choose of the writers: the rules, and the ledger's profile by name."""

    rules: Rules
    ledger: str | None = None


WRITERS: dict[str, Callable[[Path, Options], Writer]] = {
    "json": lambda out, options: JsonFiles(out),
    "csv": lambda out, options: CsvTables(out),
    "xlsx": lambda out, options: Ledgers(out, options.rules, options.ledger),
}
