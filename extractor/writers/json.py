"""One JSON file per source file: `report.docx` → `report.docx.json`."""

from __future__ import annotations

from pathlib import Path, PurePath

from extractor.records import Report
from extractor.writers.files import write_whole


def to_json(report: Report) -> bytes:
    """UTF-8, fields in the order of the schema: the same report gives the same bytes."""
    return report.model_dump_json(indent=1).encode() + b"\n"


class JsonFiles:
    def __init__(self, out: Path) -> None:
        self.out = out

    def add(self, name: PurePath, report: Report) -> None:
        write_whole(self.out / f"{name}.json", to_json(report))

    def close(self) -> None:
        """Every file is whole already."""
