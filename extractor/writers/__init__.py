"""Reports → files.

A format of FILES makes the bytes of one file per report, `report.docx` → `report.docx.json`, wherever the report is
at hand; a format of TABLES gathers the rows of all reports in a few files, which are there once it is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from extractor.records import Report
from extractor.rules import Rules
from extractor.source import PageImage
from extractor.writers.csv import CsvTables
from extractor.writers.json import to_json
from extractor.writers.ledger import DEFAULT, profile, workbook
from extractor.writers.page import to_html


class Options(NamedTuple):
    """What a user may choose of the writers: the rules, the ledger's profile by name; pictures of the file's pages, and
    the name of the body that the report is of.
    """

    rules: Rules
    ledger: str | None = None
    images: tuple[PageImage, ...] = ()
    body: str = ""


class Table(Protocol):
    """Opened on the output folder, given the rows of one report after another, and closed."""

    def __init__(self, out: Path) -> None: ...

    @staticmethod
    def rows(name: str, report: Report) -> Mapping[str, str]:
        """What the report of the source file `name` adds to each file."""

    def append(self, rows: Mapping[str, str]) -> None: ...

    def close(self) -> None:
        """Put the files in their places."""


def check(options: Options) -> None:
    """Raises RuleError for a ledger that there is not."""
    profile(options.rules, options.ledger or DEFAULT)


def _xlsx(report: Report, options: Options) -> bytes:
    return workbook(report, profile(options.rules, options.ledger or DEFAULT), options.body)


FILES: dict[str, Callable[[Report, Options], bytes]] = {
    "json": lambda report, _: to_json(report),
    "xlsx": _xlsx,
    "html": lambda report, options: to_html(report, options.images),
}
TABLES: dict[str, type[Table]] = {"csv": CsvTables}
