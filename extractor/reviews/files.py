"""Review files: where they stand, how they are read and changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from extractor.archive.manifest import NAME as MANIFEST
from extractor.archive.manifest import Row, read
from extractor.archive.results import COMPARISON, REVIEW, written
from extractor.errors import NoArchive, ReadError, WriteError
from extractor.records import Report
from extractor.reviews.records import Review, Verdict
from extractor.writers.files import write_whole

_changing = Lock()


def path(archive: Path, label: str = COMPARISON) -> Path:
    """Where the verdicts on the report of the source file `label` stand; without one, those on comparisons."""
    return written(archive, f"{label}.{REVIEW}", "json")


def load(path: Path) -> Review:
    """No file is a review without verdicts. Raises ReadError for one that is damaged, which nothing then overwrites."""
    try:
        return Review.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Review()
    except OSError as error:
        raise ReadError(path.name, "denied", f"the review file cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"this is no review file ({where}: {first['msg']}); mend it, or move it away to begin anew"
        raise ReadError(path.name, "damaged", reason) from None


def amend(path: Path, fingerprint: str, verdict: Verdict | None) -> Review:
    """The verdict on what has this fingerprint, or none any more. Raises ReadError, WriteError."""
    return _changed(path, lambda kept: {**kept, fingerprint: verdict} if verdict else _without(kept, fingerprint))


def _changed(path: Path, change: Callable[[dict[str, Verdict]], dict[str, Verdict]]) -> Review:
    with _changing:
        kept = change({verdict.fingerprint: verdict for verdict in load(path).verdicts})
        review = Review(verdicts=tuple(kept[name] for name in sorted(kept)))
        try:
            write_whole(path, review.model_dump_json(indent=1).encode() + b"\n")
        except OSError as error:
            raise WriteError(str(path.parent), error.strerror or str(error)) from None
    return review


def _without(kept: dict[str, Verdict], fingerprint: str) -> dict[str, Verdict]:
    return {name: verdict for name, verdict in kept.items() if name != fingerprint}


def readable(archive: Path) -> list[Row]:
    """The source files of an archive whose reports are there, in order of path. Raises ReadError where it is none."""
    if not (archive / MANIFEST).is_file():
        raise NoArchive(archive)
    rows = {row.path: row for row in read(archive / MANIFEST)}
    kept = [rows[name] for name in sorted(rows) if rows[name].status != "failed" and not rows[name].removed]
    return [row for row in kept if written(archive, row.path, "json").is_file()]


def report(archive: Path, label: str) -> Report:
    """The report of a source file. Raises ReadError."""
    try:
        return Report.model_validate_json(written(archive, label, "json").read_bytes())
    except OSError as error:
        raise ReadError(label, "missing", f"its result cannot be read: {error.strerror}") from None
    except ValidationError:
        raise ReadError(label, "unsupported", "its result is of another version; run extract again") from None
