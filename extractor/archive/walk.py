"""Paths → jobs: folders walked in order of name, what is no source left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from extractor.archive.manifest import is_archive
from extractor.errors import ReadError
from extractor.readers.raw import printable


class Job(NamedTuple):
    """A source file and its name in the results: relative to the folder that was walked, whose own name is `root`.

    The member of a .zip has its index in it as `member`, and its `sha256`, which was taken when the .zip was opened.
    `size` is in bytes.
    """

    path: Path
    name: PurePath
    root: str | None = None
    member: int | None = None
    sha256: str | None = None
    size: int = 0

    @property
    def label(self) -> str:
        """The name as it is printed, and as its results are named: a byte that is no UTF-8 becomes `\\udcXX`."""
        return printable(self.name.as_posix())


def walk(paths: Iterable[Path], out: Path, archives: bool = False) -> list[Job]:
    """The files of `paths`, folders walked in order of name; hidden files, lock files and `out` itself left out.

    Results of earlier runs are left out, too, unless `archives` are asked for. Raises ReadError where two files would
    be written to the same place, results would lie among their sources, or a folder holds no file.
    """
    jobs: list[Job] = []
    for path in paths:
        found = [Job(path, PurePath(path.name))]
        if path.is_dir():
            _apart(path, out, archives)
            files = _files(path, out.resolve(), archives)
            found = [Job(file, file.relative_to(path), path.resolve().name) for file in files]
        if not found:
            raise ReadError(str(path), "empty", "the folder holds no file to read")
        jobs += found
    seen: dict[str, Path] = {}
    for job in jobs:
        if seen.setdefault(job.label, job.path) != job.path:
            raise ReadError(
                str(job.path),
                "ambiguous",
                f"its result would overwrite that of {seen[job.label]}; give the folder above both instead",
            )
    return list({job.label: job for job in jobs}.values())


def _apart(folder: Path, out: Path, archives: bool) -> None:
    """Raises ReadError for a folder whose files are results, or would be after this run."""
    if folder.resolve() == out.resolve():
        reason = "results would lie among their sources, and the next run would read them; name another folder for them"
        raise ReadError(str(folder), "ambiguous", reason)
    if not archives and is_archive(folder):
        reason = "this is an archive of results; name the folder of the files that they were read from"
        raise ReadError(str(folder), "ambiguous", reason)


def _files(folder: Path, out: Path, archives: bool) -> Iterator[Path]:
    with os.scandir(folder) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    for entry in entries:
        path = folder / entry.name
        if unread(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if path.resolve() != out and (archives or not is_archive(path)):
                yield from _files(path, out, archives)
        elif entry.is_file():
            yield path


def unread(name: str) -> bool:
    """Hidden files, and those that Office lays beside an open document."""
    return name.startswith((".", "~$"))
