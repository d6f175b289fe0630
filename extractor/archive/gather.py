"""The reports of paths: files are read, results of earlier runs loaded, archives taken with what failed in them.

A file that gives no report is an `Unread` with its reason, never the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from extractor.archive import manifest, opened, work
from extractor.archive.children import Children
from extractor.archive.executor import Breakdown, Call, Limits, default_jobs
from extractor.archive.results import written
from extractor.archive.walk import Job, walk
from extractor.archive.zips import Refused
from extractor.comparison import Given, Unread
from extractor.records import Report

NO_REPORT = "it is no report that this version of extract has written; run extract again"
GONE = "its result is not in the archive; run extract again"


class Source(NamedTuple):
    """A file and the path that it is known by: to be read (a Job), a result (its Path), or not to be had at all."""

    file: str
    folder: Path | None
    content: Job | Path | Refused


Watch = Callable[[Sequence[Source]], Iterable[Source]]  # shows how far it is


class Gathered(NamedTuple):
    """`failed` counts those of `unread` that could not be read now; an archive's failures are known from its run."""

    given: tuple[Given, ...]
    unread: tuple[Unread, ...]
    failed: int


def gather(
    paths: Sequence[Path], out: Path, settings: work.Settings, limits: Limits, jobs: int | None, watch: Watch
) -> Gathered:
    """In the order of the paths, folders in that of their names; `out` itself is left out.

    Raises ReadError for a folder without a file, RuleError for rules that do not load.
    """
    settings.loaded()
    given: list[Given] = []
    unread: list[Unread] = []
    failed = 0
    with Children(settings, limits, jobs or default_jobs()) as children:
        sources = _named([source for path in paths for source in _sources(path, out, children)])
        reports = _reports(sources, settings, children)
        for source in watch(sources):
            report = next(reports)
            if not isinstance(report, Report):
                unread.append(Unread(source.file, report.code or "", report.message or ""))
                failed += not isinstance(source.content, Refused)
            elif report.documents:
                given.append(Given(source.file, report, source.folder is None))
            else:
                unread.append(_without_text(source, report))
    return Gathered(tuple(given), tuple(unread), failed)


def _without_text(source: Source, report: Report) -> Unread:
    """A scan on a machine that cannot recognise it."""
    issue = report.issues[0] if report.issues else None
    return Unread(source.file, issue.code if issue else "empty", issue.message if issue else "it holds no text")


def _sources(path: Path, out: Path, children: Children) -> Iterator[Source]:
    """A file; the files of a folder or a .zip; or the results that an archive's manifest names."""
    if manifest.is_archive(path):
        for row in sorted(manifest.read(path / manifest.NAME)):
            if not row.removed:
                yield Source(row.path, path, _result(path, row))
        return
    for one in opened(walk([path], out, archives=True), children)[0]:
        job = one.job if isinstance(one, Refused) else one
        content = job.path if isinstance(one, Job) and job.name.suffix == ".json" and job.member is None else one
        alone = job.root is None and job.member is None
        yield Source(path.as_posix() if alone else job.label, None if alone else path, content)


def _result(archive: Path, row: manifest.Row) -> Path | Refused:
    result = written(archive, row.path, "json")
    job = Job(result, Path(row.path))
    if row.status == "failed":
        return Refused(job, row.code or "", row.message or "")
    return result if result.is_file() else Refused(job, "missing", GONE)


def _named(sources: Sequence[Source]) -> list[Source]:
    """Once each. A name that files of two folders have gets its folder in front."""
    distinct = dict.fromkeys(sources)
    names = Counter(source.file for source in distinct)
    return [
        source._replace(file=f"{source.folder.as_posix()}/{source.file}")
        if source.folder and names[source.file] > 1
        else source
        for source in distinct
    ]


def _reports(
    sources: Sequence[Source], settings: work.Settings, children: Children
) -> Iterator[Report | Breakdown | Refused | work.Outcome]:
    """One for each source, in order; files are read a few ahead in children."""
    jobs = [source.content for source in sources if isinstance(source.content, Job)]
    read = children.results((Call(work.read, (settings, job), job, job.size) for job in jobs), in_order=True)
    for source in sources:
        if isinstance(source.content, Path):
            yield _load(source.content)
        elif isinstance(source.content, Refused):
            yield source.content
        else:
            _, value = next(read)
            json = value.results.get("json") if isinstance(value, work.Outcome) else None
            yield Report.model_validate_json(json) if json else value


def _load(result: Path) -> Report | Breakdown:
    try:
        return Report.model_validate_json(result.read_bytes())
    except ValidationError:
        return Breakdown("unsupported", NO_REPORT)
    except OSError as error:
        return Breakdown("missing", error.strerror or str(error))
