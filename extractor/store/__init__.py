"""The store of an archive: what its JSON holds, as tables to query (`archive.duckdb`) and an index to search.

Nothing is in a store that is not in `manifest.jsonl` and the results, and it is made anew from them at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

FORMATS = ("duckdb", "parquet")

Told = Callable[[str], None]


def write(archive: Path, format: str, told: Told) -> None:
    """Make what `format` stands for, if it is one of FORMATS. Raises WriteError."""
    if format == "duckdb":
        from extractor.store.keep import current

        current(archive, told)
    elif format == "parquet":
        from extractor.store.query import parquet

        parquet(archive, told)
