"""The results of an archive with the verdicts taken in, in another folder: they never take the place of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from extractor.archive.manifest import Row
from extractor.archive.results import written
from extractor.comparison import naming
from extractor.errors import WriteError
from extractor.reviews.applying import corrected
from extractor.reviews.files import load, path, readable, report
from extractor.writers import FILES, TABLES, Options, check
from extractor.writers.files import write_whole

Watch = Callable[[Sequence[Row]], Iterable[Row]]  # shows how far it is


def export(archive: Path, out: Path, formats: Sequence[str], options: Options, watch: Watch) -> int:
    """`NAME.json` of every file and what else is asked for; how many there are. Raises ReadError, RuleError, WriteError."""
    check(options)
    if out.resolve() == archive.resolve():
        raise WriteError(str(out), "these are the results themselves; name another folder")
    rows = readable(archive)
    try:
        tables = {name: TABLES[name](out) for name in formats if name in TABLES}
        for row in watch(rows):
            made = corrected(report(archive, row.path), load(path(archive, row.path)))
            own = options._replace(body=naming.body(made, row.path, options.rules))
            for name in dict.fromkeys(("json", *(name for name in formats if name in FILES))):
                write_whole(written(out, row.path, name), FILES[name](made, own))
            for name, table in tables.items():
                table.append(TABLES[name].rows(row.path, made))
        for table in tables.values():
            table.close()
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None
    return len(rows)
