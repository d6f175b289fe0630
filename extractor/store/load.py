"""The JSON of an archive → DuckDB, in bulk: results are batched as lines of one file, which DuckDB reads and unnests.

Loaded by one process, in order of path: the same archive gives the same rows. No record passes through Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import duckdb

from extractor import edtf
from extractor.archive import manifest
from extractor.archive.results import written
from extractor.errors import ReadError
from extractor.store import tables
from extractor.store.duck import OFFLINE, quoted

STORAGE = "v1.2.0"  # read by every DuckDB from 1.2 on; what 2.0 writes by itself is read by 2.0 only
BATCH = 64 << 20  # bytes of JSON that are loaded at a time
MEMORY = "2GB"  # then DuckDB goes to the disk; without a bound it holds all it can of an archive
LINE = 16 << 20  # what DuckDB takes for a line unless it is told of a longer one
_FILES = {
    "file_id": "BIGINT", "path": "VARCHAR", "sha256": "VARCHAR", "status": "VARCHAR", "code": "VARCHAR",
    "message": "VARCHAR", "root": "VARCHAR", "version": "VARCHAR", "rules_version": "VARCHAR", "removed": "BOOLEAN",
}  # fmt: skip
_ALL_FILES = """
    CREATE TABLE files AS
    SELECT m.*, f.path AS copy_of, s.* EXCLUDE (file_id)
    FROM manifest m LEFT JOIN source s USING (file_id)
    LEFT JOIN (SELECT sha256, min(path) AS path FROM manifest SEMI JOIN source USING (file_id) GROUP BY sha256) f
    ON s.file_id IS NOT NULL AND f.sha256 = m.sha256 AND f.path <> m.path
    ORDER BY m.file_id"""
_EDTF = "SELECT value FROM dates UNION SELECT deadline_value FROM problems UNION SELECT as_of FROM problems"
_CALENDAR = {"value": "VARCHAR", "earliest": "DATE", "latest": "DATE"}


def load(archive: Path, folder: Path, fingerprint: str) -> Path:
    """A new store in `folder`. Raises ReadError for a result that is no report."""
    path = folder / "store.duckdb"
    rows = {row.path: _row(archive, row) for row in manifest.read(archive / manifest.NAME)}
    files = [(i, rows[name]) for i, name in enumerate(sorted(rows), 1)]
    with duckdb.connect(":memory:", config=OFFLINE | {"temp_directory": str(folder), "memory_limit": MEMORY}) as db:
        db.execute(f"ATTACH {quoted(path)} AS store (STORAGE_VERSION '{STORAGE}')")
        db.execute("USE store")
        db.execute(f"CREATE TEMP MACRO key(file_id, n) AS file_id * {tables.PER_FILE} + n")
        entries = ({"file_id": i, **row._asdict()} for i, row in files)
        db.execute(f"CREATE TEMP TABLE manifest AS {_lines(folder, map(_line, entries), _FILES)}")
        for batch in ([], *_batches(archive, files)):  # the empty one makes the tables
            _append(db, folder, batch)
        db.execute(_ALL_FILES)
        days = map(_days, db.execute(f"FROM ({_EDTF}) WHERE value IS NOT NULL ORDER BY value").fetchall())
        db.execute(f"CREATE TABLE calendar AS {_lines(folder, map(_line, days), _CALENDAR)}")
        db.execute("CREATE TABLE made AS SELECT ? AS fingerprint", [fingerprint])
        db.execute(resources.files(__package__).joinpath("views.sql").read_text("utf-8"))
    return path


def _row(archive: Path, row: manifest.Row) -> manifest.Row:
    """A result that someone took away is a file that failed, and no reason to do without the others."""
    if row.status == "failed" or row.removed or written(archive, row.path, "json").is_file():
        return row
    return row._replace(status="failed", code="missing", message="its result is not in the archive; extract again")


Result = tuple[int, Path]  # its file_id and where it stands


def _batches(archive: Path, files: Iterable[tuple[int, manifest.Row]]) -> Iterator[list[Result]]:
    """A batch is bounded by its bytes, so that memory is flat over any number of results."""
    batch: list[Result] = []
    size = 0
    for file_id, row in files:
        if row.status == "failed" or row.removed:
            continue
        path = written(archive, row.path, "json")
        batch.append((file_id, path))
        size += path.stat().st_size
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _append(db: duckdb.DuckDBPyConnection, folder: Path, batch: list[Result]) -> None:
    """Add the rows of a batch to every table."""
    reports = (b'{"file_id":%d,"report":%b}\n' % (i, path.read_bytes().replace(b"\n", b" ")) for i, path in batch)
    types = {"file_id": "BIGINT", "report": tables.struct(tables.columns())}
    try:
        lines = _lines(folder, reports, types)
        db.execute(f"CREATE OR REPLACE TEMP TABLE batch AS SELECT file_id, report.* FROM ({lines})")
    except duckdb.InvalidInputException as error:
        raise _damaged(batch, error) from None
    db.begin()
    for name, select in tables.helpers().items():
        db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    for name, select in tables.selects().items():
        temporary = "TEMP" if name in tables.GATHERED else ""
        db.execute(f"CREATE {temporary} TABLE IF NOT EXISTS {name} AS {select} WITH NO DATA")
        db.execute(f"INSERT INTO {name} {select}")
    db.commit()


def _lines(folder: Path, lines: Iterable[bytes], types: Mapping[str, str]) -> str:
    """The query that reads these objects, to be run before the next ones are written."""
    path, longest = folder / "lines.jsonl", LINE
    with path.open("wb") as file:
        for line in lines:
            longest = max(longest, len(line))
            file.write(line)
    columns = ", ".join(f"{name}: {quoted(type)}" for name, type in types.items())
    return (
        f"SELECT * FROM read_json({quoted(path)}, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {longest})"
    )


def _line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"


def _days(row: tuple[str]) -> dict[str, object]:
    """The days that an EDTF value can mean; none for a duration."""
    return {"value": row[0], **edtf.bounds(row[0])._asdict()}


def _damaged(batch: list[Result], error: duckdb.Error) -> ReadError:
    """Which of the results is no JSON."""
    for _, path in batch:
        try:
            json.loads(path.read_bytes())
        except ValueError:
            return ReadError(str(path), "damaged", "the result is no JSON any more; extract with --fresh")
    return ReadError(str(batch[0][1].parent), "damaged", f"a result is no report ({str(error).splitlines()[0]})")
