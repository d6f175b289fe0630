"""What is done in a child: read a file, copy the result of a file of the same content, make the rows of tables.

Arguments and results are small or bytes: a Report never crosses between processes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from extractor import pipeline, readers, words
from extractor.archive import zips
from extractor.archive.results import UNSAFE, Place, put
from extractor.archive.walk import Job
from extractor.comparison import naming
from extractor.errors import ReadError
from extractor.finders.nouns.rulefile import NounRules
from extractor.readers import ocr
from extractor.readers.pdf.images import images
from extractor.readers.raw import printable
from extractor.records import Report
from extractor.rules import Rules, load
from extractor.source import PageImage
from extractor.writers import FILES, TABLES, Options

# a line of every kind, so that all patterns are compiled and the dictionary is read before the first file
_SAMPLE = """关于巡察整改情况的报告
一、组织落实情况
2023年6月30日，共召开会议3次，投入资金1.2万元。
（一）关于“学习不深入”问题
整改情况：已印发《学习制度》，截至目前已完成整改。
"""


class Settings(NamedTuple):
    """What every file of a run is read with."""

    formats: tuple[str, ...] = ("json",)
    rules: Path | None = None
    ledger: str | None = None
    page_images: bool = False

    def loaded(self) -> Rules:
        return load(self.rules)


class Outcome(NamedTuple):
    """What became of a file, and its results: bytes by format. `lacked` is an extra that would have read more of it."""

    status: str
    code: str | None = None
    message: str | None = None
    seconds: float = 0.0
    sha256: str | None = None
    results: Mapping[str, bytes] = {}
    lacked: str | None = None


def warm(settings: Settings) -> None:
    """Load all that reading needs: a forked child then has it for nothing."""
    rules = settings.loaded()
    words.tag("x", rules.of(NounRules).vocabulary)
    pipeline.extract_text(_SAMPLE, rules=rules)


def read(settings: Settings, job: Job) -> Outcome:
    """Read a file and write its results into memory. Whatever the file does to the program is an Outcome."""
    started = time.perf_counter()
    try:
        report = report_of(settings, job)
        results = rendered(settings, report, job)
    except ReadError as error:
        return Outcome("failed", error.code, error.reason, _since(started))
    except MemoryError:
        raise
    except Exception as error:  # a defect of ours must not cost the other files their results
        words = f"the program has a defect that this file brought to light ({type(error).__name__}: {error})"
        return Outcome("failed", "defect", words, _since(started))
    issue = report.issues[0] if report.issues else None
    code, message = (issue.code, issue.message) if issue else (None, None)
    lacked = "ocr" if any(one.code == "scan" for one in report.issues) and not ocr.installed() else None
    return Outcome(report.status, code, message, _since(started), report.source.sha256, results, lacked)


def keep(settings: Settings, place: Place, job: Job) -> Outcome:
    """Read a file and put its results in the archive. Raises WriteError."""
    outcome = read(settings, job)
    if not put(place, job.label, outcome.results):
        return Outcome("failed", "unsafe", UNSAFE, outcome.seconds, outcome.sha256)
    return outcome._replace(results={})


def report_of(settings: Settings, job: Job) -> Report:
    """Raises ReadError."""
    if job.member is None:
        return pipeline.extract(job.path, rules=settings.loaded())
    return pipeline.report(readers.read_bytes(zips.content(job), job.name.name), None, settings.loaded())


def rendered(settings: Settings, report: Report, job: Job) -> dict[str, bytes]:
    body = naming.body(report, job.name.name, settings.loaded()) if "xlsx" in settings.formats else ""
    options = Options(settings.loaded(), settings.ledger, _images(settings, report, job), body)
    return {name: FILES[name](report, options) for name in settings.formats if name in FILES}


def copy(settings: Settings, place: Place, result: Path, job: Job, status: str) -> Outcome:
    """Put in the archive what a file has that is of the content of the one with this JSON `result`. Raises WriteError."""
    report = Report.model_validate_json(result.read_bytes())
    named = report.model_copy(update={"source": report.source.model_copy(update={"name": printable(job.name.name)})})
    if not put(place, job.label, rendered(settings, named, job)):
        return Outcome("failed", "unsafe", UNSAFE)
    return Outcome(status)


def _images(settings: Settings, report: Report, job: Job) -> tuple[PageImage, ...]:
    """The pages of a PDF, where a format that was asked for shows them."""
    if not (settings.page_images and "html" in settings.formats and report.source.format == "pdf"):
        return ()
    return tuple(images(job.path.read_bytes() if job.member is None else zips.content(job)))


def rows(format: str, result: Path, name: str) -> Mapping[str, str]:
    """What a report adds to the tables of `format`, by table."""
    return TABLES[format].rows(name, Report.model_validate_json(result.read_bytes()))


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
