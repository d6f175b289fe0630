"""SQL on a store, and the store as Parquet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractor.errors import QueryError
from extractor.store import Told
from extractor.store.duck import OFFLINE, quoted
from extractor.store.keep import building, current, opened


@contextmanager
def answer(archive: Path, sql: str, told: Told) -> Iterator[tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """Names and rows of what `sql` selects, read as they are asked for.

    Raises QueryError for SQL that is wrong or would write, and as `store.opened` does.
    """
    with opened(archive, told) as db:
        try:
            db.execute(sql)
            if not db.description:
                raise QueryError('this SQL asks for nothing; "FROM v_contents" lists what there is to ask for')
            yield [column[0] for column in db.description], _rows(db)
        except duckdb.Error as error:
            raise QueryError(str(error)) from None


def _rows(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := db.fetchmany(1000):
        yield from rows


def parquet(archive: Path, told: Told) -> None:
    """Every table of the store as `NAME.parquet`, all of them written before the first is put in its place."""
    path = current(archive, told)
    with building(archive) as folder:
        with duckdb.connect(str(path), read_only=True, config=OFFLINE) as db:
            names = [
                name for (name,) in db.execute("FROM duckdb_tables() SELECT table_name").fetchall() if name != "made"
            ]
            for name in names:
                db.execute(f"COPY (FROM {name}) TO {quoted(folder / name)} (FORMAT parquet, COMPRESSION zstd)")
        for name in names:
            os.replace(folder / name, archive / f"{name}.parquet")
