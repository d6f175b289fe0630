"""Many files: walk → read each → write → manifest. One bad file is a row of the manifest, never the end of a run."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from extractor import pipeline
from extractor.archive.manifest import Manifest, Row
from extractor.errors import ReadError, WriteError
from extractor.records import Report
from extractor.rules import Rules
from extractor.writers import WRITERS, Options


class Job(NamedTuple):
    """A source file and its name in the results: relative to the folder that was walked."""

    path: Path
    name: PurePath


def extract_all(jobs: Sequence[Job], out: Path, formats: Sequence[str], options: Options) -> Iterator[Row]:
    """Read every file and write its results below `out`; yields the manifest's row of each as it is done.

    Raises WriteError where `out` cannot be written.
    """
    try:
        writers = [WRITERS[name](out, options) for name in formats]
        manifest = Manifest(out)
        for job in jobs:
            row, report = _extract_one(job, options.rules)
            if report:
                for writer in writers:
                    writer.add(job.name, report)
            manifest.add(row)
            yield row
        for writer in writers:
            writer.close()
        manifest.close()
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None


def _extract_one(job: Job, rules: Rules) -> tuple[Row, Report | None]:
    started = time.perf_counter()
    report, status, code, message = None, "failed", None, None
    try:
        report = pipeline.extract(job.path, rules=rules)
        status = report.status
        if report.issues:
            code, message = report.issues[0].code, report.issues[0].message
    except ReadError as error:
        code, message = error.code, error.reason
    except Exception as error:  # a defect of ours must not cost the other files their results
        code, message = (
            "defect",
            f"the program has a defect that this file brought to light ({type(error).__name__}: {error})",
        )
    seconds = round(time.perf_counter() - started, 3)
    return Row(job.name.as_posix(), _sha256(job.path), status, code, message, seconds), report


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def walk(paths: Iterable[Path], out: Path) -> list[Job]:
    """The files of `paths`, folders walked in order of name; hidden files, lock files and `out` itself left out.

    Raises ReadError where two files would be written to the same place, or a folder holds no file.
    """
    jobs: list[Job] = []
    for path in paths:
        found = (
            [Job(file, file.relative_to(path)) for file in _files(path, out)]
            if path.is_dir()
            else [Job(path, PurePath(path.name))]
        )
        if not found:
            raise ReadError(str(path), "empty", "the folder holds no file to read")
        jobs += found
    seen: dict[PurePath, Path] = {}
    for job in jobs:
        if job.name in seen and seen[job.name] != job.path:
            raise ReadError(
                str(job.path),
                "ambiguous",
                f"its result would overwrite that of {seen[job.name]}; give the folder above both instead",
            )
        seen[job.name] = job.path
    return list({job.name: job for job in jobs}.values())


def _files(folder: Path, out: Path) -> Iterator[Path]:
    skip = out.resolve()
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")) or entry.resolve() == skip:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry, out)
        elif entry.is_file():
            yield entry
