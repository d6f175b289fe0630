"""What a run has to do: what is new, changed, or made with other rules, another version or other options."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import extractor
from extractor.archive import work
from extractor.archive.executor import Limits
from extractor.archive.manifest import Row
from extractor.archive.results import written
from extractor.archive.walk import Job
from extractor.archive.zips import Refused
from extractor.readers import ocr
from extractor.writers import FILES

LIMITED = ("timeout", "memory", "crashed")  # failures that other limits may change


class Make(NamedTuple):
    """What decides about the results of a file beside its bytes."""

    version: str
    rules_version: str
    formats: tuple[str, ...]
    limits: str
    extras: tuple[str, ...]


class Copy(NamedTuple):
    """A job whose content was read, or is to be read in this run, under another path of the archive."""

    job: Job
    of: str


class Plan(NamedTuple):
    unchanged: list[Row]
    read: list[Job]
    copy: list[Copy]
    refused: list[Refused]
    removed: list[Row]

    def __len__(self) -> int:
        """The files of the source."""
        return len(self.unchanged) + len(self.read) + len(self.copy) + len(self.refused)


def make(settings: work.Settings, limits: Limits) -> Make:
    """Raises RuleError for rules that do not load."""
    named = {"xlsx": f"xlsx {settings.ledger}"} if settings.ledger else {}
    named |= {"html": "html images"} if settings.page_images else {}
    formats = tuple(named.get(name, name) for name in settings.formats if name in FILES)
    extras = ("ocr",) if ocr.installed() else ()
    return Make(extractor.__version__, settings.loaded().version, formats, str(limits), extras)


def plan(found: Iterable[Job | Refused], old: Mapping[str, Row], out: Path, made: Make, fresh: bool) -> Plan:
    """`old` are the rows of the manifest by path; `fresh` does everything anew."""
    planned = Plan([], [], [], [], [])
    held = {
        (row.sha256, _suffix(row.path)): row.path
        for row in old.values()
        if not fresh and row.status != "failed" and _same(row, made) and written(out, row.path, "json").is_file()
    }
    seen: set[str] = set()
    roots: set[str | None] = set()
    for one in found:
        job = one.job if isinstance(one, Refused) else one
        seen.add(job.label)
        roots.add(job.root)
        if isinstance(one, Refused):
            planned.refused.append(one)
            continue
        job = job if job.sha256 else _measured(job)
        row, key = old.get(job.label), (job.sha256, _suffix(job.label))
        if row and not fresh and row.sha256 and row.sha256 == job.sha256 and _current(row, made, out):
            planned.unchanged.append(row._replace(removed=False, root=job.root))
        elif job.sha256 and key in held:
            planned.copy.append(Copy(job, held[key]))
        else:
            planned.read.append(job)
            held[key] = job.label
    gone = (row for row in old.values() if row.root and row.root in roots and row.path not in seen)
    planned.removed.extend(row._replace(removed=True) for row in gone)
    return planned


def _measured(job: Job) -> Job:
    """With its sha256 and size, where it can be read."""
    try:
        with job.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return job._replace(sha256=digest, size=file.seek(0, os.SEEK_END))
    except (OSError, ValueError):
        return job


def _same(row: Row, made: Make) -> bool:
    versions = (row.version, row.rules_version) == (made.version, made.rules_version)
    return versions and row.lacked not in made.extras


def _current(row: Row, made: Make, out: Path) -> bool:
    """Whether a file of the same content needs nothing done."""
    if not _same(row, made):
        return False
    if row.status == "failed":
        return row.code not in LIMITED or row.limits == made.limits
    return set(made.formats) <= set(row.formats) and all(
        written(out, row.path, name.partition(" ")[0]).is_file() for name in made.formats
    )


def _suffix(path: str) -> str:
    """The suffix tells Markdown from text: the same bytes under another one are another report."""
    return Path(path).suffix.lower()
