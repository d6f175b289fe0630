"""`extract_many`: reports of many files for a program, one after another, failures as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from extractor.archive import work
from extractor.archive.children import Children
from extractor.archive.executor import MEMORY, TIMEOUT, Breakdown, Call, Limits, default_jobs
from extractor.archive.walk import Job
from extractor.records import Report


@dataclass(frozen=True)
class Failure:
    """A file that gave no report: a stable `code` (as in the manifest) and a `message` for the user."""

    path: Path
    code: str
    message: str


def extract_many(
    paths: Iterable[str | Path],
    *,
    jobs: int | None = None,
    rules: str | Path | None = None,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> Iterator[Report | Failure]:
    """One Report or Failure per path, in order, read in `jobs` processes a few files ahead.

    A file has `timeout` seconds and `memory` MB; what it does to its process costs no other file. Raises RuleError
    at once for rules that do not load. Outside Linux the calling script needs its `if __name__ == "__main__":`.
    """
    settings = work.Settings(rules=Path(rules) if rules is not None else None)
    settings.loaded()
    return _reports(paths, settings, Limits(timeout, memory), jobs or default_jobs())


def _reports(
    paths: Iterable[str | Path], settings: work.Settings, limits: Limits, jobs: int
) -> Iterator[Report | Failure]:
    with Children(settings, limits, jobs) as children:
        for call, value in children.results((_call(settings, Path(path)) for path in paths), in_order=True):
            if isinstance(value, Breakdown) or "json" not in value.results:
                yield Failure(call.about, value.code, value.message)
            else:
                yield Report.model_validate_json(value.results["json"])


def _call(settings: work.Settings, path: Path) -> Call:
    size = path.stat().st_size if path.is_file() else 0
    return Call(work.read, (settings, Job(path, PurePath(path.name))), path, size)
