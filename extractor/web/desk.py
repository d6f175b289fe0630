"""What the application knows: its archive, and what it has read of it, kept as long as the files are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from starlette.requests import Request

from extractor.archive import Row, Settings, manifest
from extractor.archive.results import written
from extractor.records import Report
from extractor.reviews import Laid, Subject, lay, load, of_report, path
from extractor.reviews.files import report
from extractor.rules import Rules
from extractor.web.pages import Refused

T = TypeVar("T")
LARGE = ("report", "corrected", "compared")
MOST_KEPT = 24  # of what is large; a report of 25 pages takes some MB


class Opened(NamedTuple):
    """A report, what can be judged of it, and the verdicts on it."""

    label: str
    report: Report
    subjects: dict[str, Subject]
    laid: Laid


@dataclass
class Intake:
    """What became of the last files: `refused` before reading (name and reason), the rest as the run says."""

    refused: list[tuple[str, str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    problem: str = ""
    running: bool = False


@dataclass
class Desk:
    """One for each application. Paths that a request names are labels of the manifest, and nothing else is opened."""

    archive: Path
    settings: Settings
    kept: dict[Any, Any] = field(default_factory=dict)
    reading: Lock = field(default_factory=Lock)
    intake: Intake = field(default_factory=Intake)

    @property
    def rules(self) -> Rules:
        return self.settings.loaded()

    @property
    def rows(self) -> dict[str, Row]:
        """The rows of the manifest by label, without what is no longer there."""
        found = self.archive / manifest.NAME
        rows = self.remember(("manifest",), stamp(found), lambda: {row.path: row for row in manifest.read(found)})
        return {label: rows[label] for label in sorted(rows) if not rows[label].removed}

    def within(self, path: Path) -> Path:
        """Raises 404 for a path that leads out of the archive, as a symlink may."""
        if not path.resolve().is_relative_to(self.archive.resolve()):
            raise Refused(404, "档案里没有这份文件。")
        return path

    def label(self, request: Request) -> str:
        """The file that a request names. Raises 404 for one that is no row of the manifest or has no report."""
        label = request.query_params.get("file", "")
        return self.known(label)

    def known(self, label: str) -> str:
        row = self.rows.get(label)
        if row is None:
            raise Refused(404, "档案里没有这份文件。")
        if row.status == "failed":
            raise Refused(404, f"这份文件没有读出：{row.message}")
        self.within(path(self.archive, label))
        if not self.within(written(self.archive, label, "json")).is_file():
            raise Refused(404, "这份文件的结果不在档案里，请重新运行 extract。")
        return label

    def report(self, label: str) -> tuple[Report, dict[str, Subject]]:
        def read() -> tuple[Report, dict[str, Subject]]:
            made = report(self.archive, label)
            return made, of_report(made)

        return self.remember(("report", label), stamp(written(self.archive, label, "json")), read)

    def open(self, label: str) -> Opened:
        """Raises ReadError."""
        made, subjects = self.report(label)
        return Opened(label, made, subjects, lay(subjects, load(path(self.archive, label))))

    def remember(self, key: tuple[str, ...], stamp: Any, make: Callable[[], T]) -> T:
        """What was made under this key, if it was made from the same; the oldest go of what is large."""
        with self.reading:
            if key in self.kept and self.kept[key][0] == stamp:
                self.kept[key] = self.kept.pop(key)
                return self.kept[key][1]  # type: ignore[no-any-return]
        made = make()
        with self.reading:
            self.kept[key] = (stamp, made)
            large = [key for key in self.kept if key[0] in LARGE]
            for old in large[:-MOST_KEPT]:
                self.kept.pop(old)
        return made

    def forget(self, key: tuple[str, ...]) -> None:
        with self.reading:
            self.kept.pop(key, None)


def stamp(path: Path) -> tuple[int, int] | None:
    """Changes when the file does."""
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size
