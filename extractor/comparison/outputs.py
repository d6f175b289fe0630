"""A comparison → files: `comparison.json`, and what is made of it for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from extractor.comparison.page import to_html
from extractor.comparison.records import Comparison
from extractor.comparison.workbook import to_xlsx
from extractor.errors import WriteError
from extractor.writers.files import write_whole

NAME = "comparison"


def to_json(comparison: Comparison) -> bytes:
    """UTF-8, fields in the order of the schema: the same comparison gives the same bytes."""
    return comparison.model_dump_json(indent=1).encode() + b"\n"


FILES: dict[str, Callable[[Comparison], bytes]] = {"json": to_json, "html": to_html, "xlsx": to_xlsx}


def write(comparison: Comparison, out: Path, formats: Iterable[str]) -> list[Path]:
    """`comparison.FORMAT` of each, JSON always. Raises WriteError."""
    paths = {out / f"{NAME}.{format}": FILES[format] for format in dict.fromkeys(("json", *formats))}
    try:
        for path, made in paths.items():
            write_whole(path, made(comparison))
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None
    return list(paths)
