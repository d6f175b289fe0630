"""Working papers (审计取证单) that anyone can check.

A paper is worth what its evidence is worth. So the pack that goes with it holds all that decides about it: the file,
the rules, and the checks by fingerprint. Whoever verifies a pack makes it anew from these, and compares byte by
byte; a hash of a member only tells that it was not damaged on the way, what it says is taken from nobody.

    source + rules ──read──▶ report ──▶ sheets ──▶ paper, spans, pictures ──▶ pack
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractor.archive import Limits, work
from extractor.archive.children import Children
from extractor.archive.executor import Breakdown, Call
from extractor.errors import EvidenceError, ReadError, WriteError
from extractor.evidence import finding, verifying
from extractor.evidence.pack import PAPER, Case, packed, read
from extractor.evidence.sheets import summary
from extractor.evidence.verifying import Verdict
from extractor.evidence.zipping import zipped
from extractor.rules import files, shipped
from extractor.writers.files import write_whole

__all__ = ["Made", "Verdict", "make", "verify"]


class Made(NamedTuple):
    """The files written, none where no check is broken; `checks` says how many there are of each outcome."""

    paper: Path | None
    pack: Path | None
    checks: str


class _Pack(NamedTuple):
    paper: bytes
    zip: bytes


def make(
    report: Path,
    out: Path,
    *,
    checks: Sequence[str] = (),
    source: Path | None = None,
    rules: Path | None = None,
    reference_date: str | None = None,
    limits: Limits | None = None,
) -> Made:
    """Write `NAME.取证单.docx` and `NAME.取证包.zip` into `out`, for the checks of these fingerprints or all broken ones.

    `report` is a result, whose source lies beside it or is given, or a source file. Raises ReadError, RuleError,
    EvidenceError (a check that there is not, a result that reading its source does not give), WriteError.
    """
    work.warm(work.Settings(rules=rules))  # so that rules which do not load are named before anything is read
    found = finding.found(report, source)
    own = files(rules) if rules else {}
    case = Case(found.name, found.data, files(shipped()), own, tuple(checks), reference_date)
    made, counts = _in_child(_made, (case, found.result), found.name, len(found.data), limits or Limits())
    if made is None:
        return Made(None, None, counts)
    paper, pack = out / f"{found.name}.取证单.docx", out / f"{found.name}.取证包.zip"
    try:
        write_whole(paper, made.paper)
        write_whole(pack, made.zip)
    except OSError as error:
        raise WriteError(str(out), error.strerror or str(error)) from None
    return Made(paper, pack, counts)


def verify(pack: Path, limits: Limits | None = None) -> Verdict:
    """Whether the source in `pack`, read again with its rules, gives what is in it. Nothing is written or run.

    Raises ReadError where reading it takes more than the limits.
    """
    verdict: Verdict = _in_child(
        verifying.examine, (pack,), pack.name, pack.stat().st_size if pack.is_file() else 0, limits or Limits()
    )
    return verdict


def _made(case: Case, result: bytes | None) -> tuple[_Pack | None, str] | EvidenceError | Breakdown:
    """In the child. Errors of ours come back as values: what is raised there counts as a defect."""
    try:
        report = read(case)
        finding.agree(case.name, result, report)
        members = packed(case, report)
    except ReadError as error:
        return Breakdown(error.code, error.reason)
    except EvidenceError as error:
        return error
    return (_Pack(members[PAPER], zipped(sorted(members.items()), packed=True)) if members else None), summary(report)


def _in_child(function: Callable[..., Any], args: tuple[Any, ...], name: str, size: int, limits: Limits) -> Any:
    with Children(work.Settings(), limits, 1) as children:
        ((_, value),) = children.results([Call(function, args, size=size)])
    if isinstance(value, Breakdown):
        raise ReadError(name, value.code, value.message)
    if isinstance(value, EvidenceError):
        raise value
    return value
