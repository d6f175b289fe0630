"""What a user names → the file to read: a result leads to its source."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from extractor import readers
from extractor.errors import EvidenceError, ReadError
from extractor.evidence.differing import first
from extractor.records import Report
from extractor.writers.json import to_json


class Found(NamedTuple):
    """`result` are the bytes of the JSON that was named, None where the file itself was."""

    name: str
    data: bytes
    result: bytes | None


def found(path: Path, source: Path | None) -> Found:
    """Raises ReadError, EvidenceError."""
    data = _bytes(path)
    if path.suffix.lower() != ".json":
        if source is not None:
            raise EvidenceError(f"{path.name} is itself a source file; --source goes with a result (NAME.json)")
        return Found(path.name, data, None)
    try:
        of = Report.model_validate_json(data).source
    except ValidationError:
        raise EvidenceError(
            f"{path.name} is no result of this version of extractor; extract its source again"
        ) from None
    tried = [source] if source else [path.with_name(of.name), path.with_suffix("")]
    here = next((one for one in tried if one.is_file()), None)
    if here is None:
        where = source or path.with_name(of.name)
        raise EvidenceError(f"the source of {path.name} is not at {where}; say where it is with --source")
    read = _bytes(here)
    if (digest := hashlib.sha256(read).hexdigest()) != of.sha256:
        raise EvidenceError(
            f"{here} is not the file that {path.name} was read from: its SHA-256 is {digest}, not {of.sha256}"
        )
    return Found(of.name, read, data)


def agree(name: str, result: bytes | None, report: Report) -> None:
    """Raises EvidenceError for a result that reading its source does not give: no paper can stand on it."""
    if result is None or (difference := first(result, to_json(report))) is None:
        return
    old = Report.model_validate_json(result).rules_version
    why = f": it was made with rules {old}, these are {report.rules_version}" if old != report.rules_version else ""
    raise EvidenceError(
        f"the result of {name} is not what reading it gives now{why}; first {difference}. "
        "Extract it again, or give the --rules and --reference-date that it was made with"
    )


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise ReadError(path.name, "missing", f"there is no file {path}")
    if path.stat().st_size > readers.LARGEST:
        raise ReadError(path.name, "too_large", f"the file has over {readers.LARGEST >> 20} MB")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(path.name, "denied", f"the file may not be read ({error.strerror})") from None
