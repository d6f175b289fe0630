"""Many files → an archive: walk → open zips → plan → read in children → write → manifest → tables.

One bad file is a row of the manifest, never the end of a run. A result is written before its row: a run that is
killed at any moment loses the files that were in its children, and the next run reads just those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from extractor.archive import work, zips
from extractor.archive.children import Breakdown, Call, Children, Limits, default_jobs
from extractor.archive.manifest import Manifest, Row
from extractor.archive.plan import LIMITED, Copy, Plan, make, plan, too_long, written
from extractor.archive.walk import Job, walk
from extractor.archive.work import Outcome, Settings
from extractor.archive.zips import Refused
from extractor.errors import WriteError
from extractor.writers import FILES, TABLES
from extractor.writers.files import write_whole

__all__ = ["Limits", "Row", "Run", "Settings", "default_jobs", "prepared"]


@contextmanager
def prepared(
    paths: Sequence[Path], out: Path, settings: Settings, limits: Limits, jobs: int, fresh: bool = False
) -> Iterator[Run]:
    """A run that is planned and not begun. JSON is always written: tables, and later runs, are made from it.

    Raises ReadError for paths that lead nowhere, RuleError for rules that do not load, WriteError where `out` cannot
    be written.
    """
    settings = settings._replace(formats=tuple(dict.fromkeys(("json", *settings.formats))))
    try:
        with ExitStack() as stack:
            found = walk(paths, out)
            made = make(settings, limits)
            manifest = stack.enter_context(Manifest(out))
            children = stack.enter_context(Children(settings, limits, max(1, min(jobs, len(found)))))
            opened, zipped = _opened(found, children)
            for path in zipped:
                manifest.drop(path)  # a .zip that could not be opened before
            yield Run(out, settings, plan(opened, manifest.rows, out, made, fresh), manifest, children)
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None


def _opened(found: list[Job], children: Children) -> tuple[list[Job | Refused], list[str]]:
    """The jobs, with the members of a .zip in its place; and the names of the zips."""
    zipped = [job for job in found if job.name.suffix.lower() == ".zip" and job.path.is_file()]
    members: dict[Job, Sequence[Job | Refused]] = {}
    for call, value in children.results(Call(zips.members, (job,), job) for job in zipped):
        if isinstance(value, Breakdown):
            members[call.about] = [Refused(call.about, value.code, value.message)]
        elif value is not None:
            members[call.about] = value
    opened = [one for job in found for one in members.get(job, [job])]
    return opened, [job.label for job, held in members.items() if job not in held]


class Run:
    """Iterate to do it: yields the row of each file as it is done. `rows` are those of the source so far, by path."""

    def __init__(self, out: Path, settings: Settings, plan: Plan, manifest: Manifest, children: Children) -> None:
        self.out, self.settings, self.plan, self.manifest, self.children = out, settings, plan, manifest, children
        self.made = make(settings, children.limits)
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
            yield self._row(refused.job, Outcome("failed", refused.code, refused.message))
        for call, value in self.children.results(self._read(job) for job in self.plan.read):
            yield self._row(call.about, _outcome(value))
        for call, value in self.children.results(filter(None, map(self._copy, self.plan.copy))):
            yield self._copied(call.about, value)
        for copy in self.plan.copy:
            if self.manifest.rows[copy.of].status == "failed":
                yield self._copied(copy, {})

    def _read(self, job: Job) -> Call:
        return Call(work.read, (self.settings, job), job)

    def _copy(self, copy: Copy) -> Call | None:
        if self.manifest.rows[copy.of].status == "failed":
            return None
        return Call(work.copy, (self.settings, written(self.out, copy.of, "json"), copy.job.name.name), copy)

    def _copied(self, copy: Copy, value: Mapping[str, bytes] | Breakdown) -> Row:
        if isinstance(value, Breakdown):
            return self._row(copy.job, _outcome(value))
        row = self.manifest.rows[copy.of]
        return self._row(copy.job, Outcome(row.status, row.code, row.message, 0.0, row.sha256, value))

    def _row(self, job: Job, outcome: Outcome) -> Row:
        """Write what came out and say so; what an earlier run left of the file goes."""
        try:
            for name in FILES:
                if name not in outcome.results and written(self.out, job.name, name).exists():
                    written(self.out, job.name, name).unlink()
            for name, data in outcome.results.items():
                write_whole(written(self.out, job.name, name), data)
        except OSError as error:
            if not too_long(error):
                raise
            outcome = Outcome("failed", "unsafe", "its name is too long or not allowed for a result; shorten it")
        return Row(
            job.label, outcome.sha256 or job.sha256, outcome.status, outcome.code, outcome.message, outcome.seconds,
            job.root, self.made.version, self.made.rules_version,
            self.made.formats if outcome.results else (), self.made.limits if outcome.code in LIMITED else None,
        )  # fmt: skip

    def _tables(self) -> None:
        """Tables over the whole archive, from its JSON, in order of path."""
        kept = [self.manifest.rows[path] for path in sorted(self.manifest.rows)]
        kept = [row for row in kept if row.status != "failed" and not row.removed]
        for format in (name for name in self.settings.formats if name in TABLES):
            table = TABLES[format](self.out)
            calls = (Call(work.rows, (format, written(self.out, row.path, "json"), row.path)) for row in kept)
            for _, rows in self.children.results(calls, in_order=True):
                if not isinstance(rows, Breakdown):
                    table.append(rows)
            table.close()


def _outcome(value: Outcome | Breakdown) -> Outcome:
    return Outcome("failed", value.code, value.message) if isinstance(value, Breakdown) else value
