"""`archive.duckdb` is kept current: made beside the old one and renamed, when the manifest is not that it was made from."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import extractor
from extractor.errors import NoArchive, WriteError
from extractor.scratch import scratch, sweep
from extractor.store import Told
from extractor.store.duck import CLOSED

NAME = "archive.duckdb"


@contextmanager
def opened(archive: Path, told: Told) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the store, which is first made if it is not there or not current.

    It reads no other file and no network. Raises ReadError for a folder that is no archive, WriteError where the
    store cannot be written.
    """
    with duckdb.connect(str(current(archive, told)), read_only=True, config=CLOSED) as db:
        yield db


def current(archive: Path, told: Told) -> Path:
    """The store's path, when it holds what the archive holds."""
    path, fingerprint = archive / NAME, made_from(archive)
    if _fingerprint(path) != fingerprint:
        from extractor.store.load import load  # and with it every stage, which a store that is current does not need

        told(f"loading {path}")
        with building(archive) as folder:
            os.replace(load(archive, folder, fingerprint), path)
    return path


def made_from(archive: Path) -> str:
    """What a store has to be made from to be current. Raises ReadError."""
    try:
        manifest = (archive / "manifest.jsonl").read_bytes()
    except OSError:
        raise NoArchive(archive) from None
    made_by = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.*")))  # other tables, another store
    return hashlib.sha256(b"".join([extractor.__version__.encode(), *made_by, manifest])).hexdigest()


@contextmanager
def building(archive: Path) -> Iterator[Path]:
    """A folder in the archive to build in; it goes with all that is left in it."""
    sweep(archive, "store")
    try:
        with scratch(archive, "store") as folder:
            yield folder
    except (OSError, duckdb.IOException, sqlite3.OperationalError) as error:
        raise WriteError(str(archive), str(error).partition("\n")[0]) from None


def _fingerprint(path: Path) -> str | None:
    """None for a store that is not there, cut off or of a newer DuckDB."""
    try:
        with duckdb.connect(str(path), read_only=True, config=CLOSED) as db:
            row = db.execute("SELECT fingerprint FROM made").fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None
