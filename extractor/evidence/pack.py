"""A case → the members of its pack: the same case gives the same bytes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from importlib.metadata import version
from typing import NamedTuple

import regex

import extractor
from extractor import pipeline, readers
from extractor.evidence.paper import Basis, paper
from extractor.evidence.pictures import pictures
from extractor.evidence.readme import README
from extractor.evidence.records import Manifest, Member, Sheet, Sheets
from extractor.evidence.sheets import chosen, sheets
from extractor.records import Report
from extractor.rules import laid
from extractor.writers.json import to_json

PAPER, READ_ME, MANIFEST, RESULT, SPANS = (
    "审计取证单.docx",
    "核验说明.txt",
    "manifest.json",
    "result.json",
    "spans.json",
)
SOURCE, RULES, OWN_RULES, PAGES = "source/", "rules/", "own-rules/", "pages/"
_UNSAFE = regex.compile(r'[\0-\x1f\x7f-\x9f\\/:*?"<>|\ud800-\udfff]|^\.+$|[. ]+$')

Members = Mapping[str, bytes]


class Case(NamedTuple):
    """All that decides about a pack: a file, the rules that it is read with, and the fingerprints of checks.

    `program` is the version that the paper names as its maker: to verify a pack, its own.
    """

    name: str
    data: bytes
    rules: Members
    own_rules: Members
    checks: tuple[str, ...] = ()
    reference_date: str | None = None
    program: str = extractor.__version__


def read(case: Case) -> Report:
    """Raises ReadError, RuleError."""
    rules = laid(case.rules, case.own_rules)
    return pipeline.report(readers.read_bytes(case.data, case.name, rules), case.reference_date, rules)


def packed(case: Case, report: Report) -> dict[str, bytes]:
    """The members of the pack of a case that was read; none where no check is broken. Raises EvidenceError."""
    found = sheets(report, chosen(report, case.checks))
    if not found:
        return {}
    drawn: dict[str, bytes] = {}
    if report.source.format == "pdf":
        shown = list(pictures(case.data, found))
        found = [sheet for sheet, _ in shown]
        drawn = {name: data for _, own in shown for name, data in own.items()}
    members = {
        RESULT: to_json(report),
        SPANS: Sheets(sheets=tuple(found)).model_dump_json(indent=1).encode() + b"\n",
        SOURCE + _UNSAFE.sub("_", case.name): case.data,
        **{RULES + name: data for name, data in case.rules.items()},
        **{OWN_RULES + name: data for name, data in case.own_rules.items()},
        **drawn,
        PAPER: written(case, report, found, drawn),
        READ_ME: README,
    }
    return {**members, MANIFEST: _manifest(case, report, found, members)}


def written(case: Case, report: Report, found: list[Sheet], drawn: Members) -> bytes:
    """The paper."""
    source = report.source
    result = hashlib.sha256(to_json(report)).hexdigest()
    basis = Basis(
        source.name, source.format, source.size, source.sha256, result, report.rules_version,
        tuple(case.own_rules), case.program,
    )  # fmt: skip
    return paper(basis, found, drawn)


def libraries() -> dict[str, str]:
    """Those whose version may show in the bytes of the paper and the pictures."""
    return {"pypdfium2": version("pypdfium2"), "python-docx": version("python-docx"), "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _manifest(case: Case, report: Report, found: list[Sheet], members: Members) -> bytes:
    listed = (
        Member(name=name, sha256=hashlib.sha256(members[name]).hexdigest(), size=len(members[name]))
        for name in sorted(members)
    )
    manifest = Manifest(
        program=case.program, rules_version=report.rules_version, libraries=libraries(),
        source=case.name, sha256=report.source.sha256, reference_date=case.reference_date,
        checks=tuple(dict.fromkeys(sheet.fingerprint for sheet in found)), members=tuple(listed),
    )  # fmt: skip
    return manifest.model_dump_json(indent=1).encode() + b"\n"
