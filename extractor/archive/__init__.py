"""Many files → an archive: walk → open zips → plan → read and write elsewhere → manifest → tables.

One bad file is a row of the manifest, never the end of a run. A result is written before its row: a run that is
killed at any moment loses the files that were being read, and the next run reads just those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from extractor.archive import work, zips
from extractor.archive.children import Children
from extractor.archive.executor import Breakdown, Call, Executor, Limits, default_jobs
from extractor.archive.manifest import Manifest, Row
from extractor.archive.plan import LIMITED, Copy, Make, Plan, make, plan
from extractor.archive.results import UNSAFE, Place, put, written
from extractor.archive.walk import Job, walk
from extractor.archive.work import Outcome, Settings
from extractor.archive.zips import Refused
from extractor.errors import WriteError
from extractor.scratch import scratch, sweep
from extractor.writers import TABLES

__all__ = ["Limits", "Row", "Run", "Settings", "default_jobs", "opened", "prepared"]

Engine = Callable[[Settings, Limits, int], Executor]  # given how many files at once


@contextmanager
def prepared(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    limits: Limits,
    jobs: int,
    fresh: bool = False,
    engine: Engine = Children,
) -> Iterator[Run]:
    """A run that is planned and not begun, in `jobs` children or by another `engine`. JSON is always written:
    tables, and later runs, are made from it.

    Raises ReadError for paths that lead nowhere, RuleError for rules that do not load, WriteError where `out` cannot
    be written or another run is writing, ClusterError.
    """
    settings = settings._replace(formats=tuple(dict.fromkeys(("json", *settings.formats))))
    try:
        with ExitStack() as stack:
            found = walk(paths, out)
            made = make(settings, limits)
            place = stack.enter_context(_placed(out))
            manifest = stack.enter_context(Manifest(out))
            executor = stack.enter_context(engine(settings, limits, max(1, min(jobs, len(found)))))
            members, zipped = opened(found, executor)
            for path in zipped:
                manifest.drop(path)  # a .zip that could not be opened before
            yield Run(place, settings, plan(members, manifest.rows, out, made, fresh), made, manifest, executor)
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None


@contextmanager
def _placed(out: Path) -> Iterator[Place]:
    """The archive for this run alone, without what a killed one left undone."""
    if sweep(out, "drafts"):
        raise WriteError(str(out), "another run is writing there; wait for it, or name another folder")
    sweep(out, "store")
    for draft in out.glob(".*.part"):
        draft.unlink()
    with scratch(out, "drafts") as drafts:
        yield Place(out, drafts)


def opened(found: list[Job], executor: Executor) -> tuple[list[Job | Refused], list[str]]:
    """The jobs, with the members of a .zip in its place; and the names of the zips."""
    zipped = [job for job in found if job.name.suffix.lower() == ".zip" and job.path.is_file()]
    members: dict[Job, Sequence[Job | Refused]] = {}
    for call, value in executor.results(Call(zips.members, (job,), job) for job in zipped):
        if isinstance(value, Breakdown):
            members[call.about] = [Refused(call.about, value.code, value.message)]
        elif value is not None:
            members[call.about] = value
    inside = [one for job in found for one in members.get(job, [job])]
    return inside, [job.label for job, held in members.items() if job not in held]


class Run:
    """Iterate to do it: yields the row of each file as it is done. `rows` are those of the source so far, by path."""

    def __init__(
        self, place: Place, settings: Settings, plan: Plan, made: Make, manifest: Manifest, executor: Executor
    ) -> None:
        self.place, self.out, self.settings, self.plan, self.made = place, place.out, settings, plan, made
        self.manifest, self.executor = manifest, executor
        self.rows = {row.path: row for row in plan.unchanged}

    def __iter__(self) -> Iterator[Row]:
        for row in self._done():
            self.manifest.add(row)
            self.rows[row.path] = row
            yield row
        for row in (*self.plan.unchanged, *self.plan.removed):
            self.manifest.rows[row.path] = row
        self.manifest.compact()
        self._tables()

    def _done(self) -> Iterator[Row]:
        for refused in self.plan.refused:
            yield self._row(refused.job, Breakdown(refused.code, refused.message))
        for call, value in self.executor.results(self._read(job) for job in self.plan.read):
            yield self._row(call.about, value)
        failed = {copy.of for copy in self.plan.copy if self.manifest.rows[copy.of].status == "failed"}
        copies = (self._copy(copy) for copy in self.plan.copy if copy.of not in failed)
        for call, value in self.executor.results(copies):
            yield self._copied(call.about, value)
        for copy in self.plan.copy:
            if copy.of in failed:
                yield self._copied(copy, Outcome("failed"))

    def _read(self, job: Job) -> Call:
        return Call(work.keep, (self.settings, self.place, job), job, job.size)

    def _copy(self, copy: Copy) -> Call:
        result, status = written(self.out, copy.of, "json"), self.manifest.rows[copy.of].status
        return Call(work.copy, (self.settings, self.place, result, copy.job, status), copy, copy.job.size)

    def _copied(self, copy: Copy, value: Outcome | Breakdown) -> Row:
        of = self.manifest.rows[copy.of]
        if isinstance(value, Outcome) and value.status == of.status:
            value = Outcome(of.status, of.code, of.message, 0.0, of.sha256, lacked=of.lacked)
        return self._row(copy.job, value)

    def _row(self, job: Job, value: Outcome | Breakdown) -> Row:
        outcome = Outcome("failed", value.code, value.message) if isinstance(value, Breakdown) else value
        failed = outcome.status == "failed"
        if failed and not put(self.place, job.label, {}):
            outcome = Outcome("failed", "unsafe", UNSAFE)
        return Row(
            job.label, outcome.sha256 or job.sha256, outcome.status, outcome.code, outcome.message, outcome.seconds,
            job.root, self.made.version, self.made.rules_version, () if failed else self.made.formats,
            self.made.limits if outcome.code in LIMITED else None, lacked=outcome.lacked,
        )  # fmt: skip

    def _tables(self) -> None:
        """Tables over the whole archive, from its JSON, in order of path."""
        kept = [self.manifest.rows[path] for path in sorted(self.manifest.rows)]
        kept = [row for row in kept if row.status != "failed" and not row.removed]
        for format in (name for name in self.settings.formats if name in TABLES):
            table = TABLES[format](self.out)
            calls = (Call(work.rows, (format, written(self.out, row.path, "json"), row.path)) for row in kept)
            for _, rows in self.executor.results(calls, in_order=True):
                if not isinstance(rows, Breakdown):
                    table.append(rows)
            table.close()
