"""A pack from anywhere → whether its source, read again with its rules, gives what is in it. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import extractor
from extractor.errors import EvidenceError, ReadError, RuleError
from extractor.evidence.differing import first
from extractor.evidence.opened import opened
from extractor.evidence.pack import (
    MANIFEST,
    OWN_RULES,
    PAGES,
    PAPER,
    READ_ME,
    RESULT,
    RULES,
    SOURCE,
    SPANS,
    Case,
    libraries,
    packed,
    read,
    written,
)
from extractor.evidence.pictures import fonts_inside
from extractor.evidence.records import Manifest, Sheets
from extractor.records import Report
from extractor.rules import files, shipped
from extractor.writers.json import to_json

_HEAD = 33  # bytes of a PNG that say how large it is


class Verdict(NamedTuple):
    """`difference` is the first one found, None where there is none; `notes` are what a reader should know of."""

    difference: str | None
    notes: tuple[str, ...]
    checks: int = 0
    pictures: int = 0


def examine(path: Path) -> Verdict:
    """To be run in a child with limits: whatever the pack does is a Verdict, or costs only the child."""
    try:
        manifest, members = opened(path)
    except EvidenceError as error:
        return Verdict(str(error), ())
    case = _case(manifest, members)
    notes = tuple(_reasons(manifest, case))
    try:
        difference, doubts = _compared(manifest, members, case)
    except MemoryError:
        raise
    except EvidenceError as error:
        difference, doubts = str(error), ()
    except (ReadError, RuleError) as error:
        difference, doubts = f"the source cannot be read again: {error}", ()
    except Exception as error:  # its rules and pictures may be anything: what they break is theirs
        difference, doubts = f"it cannot be made again from its members ({type(error).__name__}: {error})", ()
    return Verdict(difference, (*notes, *doubts), len(manifest.checks), sum(map(_is_picture, members)))


def _case(manifest: Manifest, members: dict[str, bytes]) -> Case:
    (data,) = (data for name, data in members.items() if name.startswith(SOURCE))
    rules, own = (
        {name.removeprefix(folder): members[name] for name in sorted(members) if name.startswith(folder)}
        for folder in (RULES, OWN_RULES)
    )
    return Case(manifest.source, data, rules, own, manifest.checks, manifest.reference_date, manifest.program)


def _reasons(manifest: Manifest, case: Case) -> Iterator[str]:
    """What is other here than where the pack was made, and may be why something differs."""
    if manifest.program != extractor.__version__:
        yield f"the pack was made by version {manifest.program}, this is {extractor.__version__}"
    here = files(shipped())
    if other := sorted(name for name in {*here, *case.rules} if here.get(name) != case.rules.get(name)):
        yield f"the rules in the pack are not those of this program: {', '.join(RULES + name for name in other)}"
    if case.own_rules:
        yield f"the pack has rules of its own: {', '.join(OWN_RULES + name for name in case.own_rules)}"
    have = libraries()
    for name, version in sorted(manifest.libraries.items()):
        if have.get(name, version) != version:
            yield f"the pack was made with {name} {version}, here is {have[name]}"


def _compared(manifest: Manifest, members: dict[str, bytes], case: Case) -> tuple[str | None, tuple[str, ...]]:
    """The first difference, and doubts that are none."""
    if not manifest.checks:
        return f"{MANIFEST} names no check", ()
    report = read(case)
    if difference := first(members[RESULT], to_json(report)):
        return f"{RESULT} is not what the source gives: {difference}{_unrecognised(report)}", ()
    made = packed(case, report)
    if difference := first(members[SPANS], made[SPANS]):
        return f"{SPANS} is not what the source gives: {difference}", ()
    if difference := _rules_differ(case):
        return difference, ()
    doubts = list(_pictures_differ(members, made))
    if doubts and not _excused(manifest, case, doubts):
        return f"{doubts[0]} is not what page {_page(doubts[0])} of the source looks like", ()
    sheets = list(Sheets.model_validate_json(made[SPANS]).sheets)
    made[PAPER] = written(case, report, sheets, {name: members[name] for name in members if _is_picture(name)})
    for name in (PAPER, READ_ME, *sorted({*members} ^ {*made} - {MANIFEST})):
        if members.get(name) != made.get(name):
            return f"{name} is not what this program makes of {RESULT} and {SPANS}", ()
    return _manifest_differs(manifest, made[MANIFEST]), tuple(
        f"{name} is drawn otherwise on this machine; compare it with page {_page(name)} of the source by eye"
        for name in doubts
    )


def _unrecognised(report: Report) -> str:
    """Scans are read only where the extra for them is installed."""
    scan = next((issue.message for issue in report.issues if issue.code == "scan"), None)
    return f" (here {scan})" if scan else ""


def _rules_differ(case: Case) -> str | None:
    """Rules of this very version that are not those it ships were changed by someone."""
    here = files(shipped())
    if case.program == extractor.__version__:
        for name in sorted({*here, *case.rules}):
            if here.get(name) != case.rules.get(name):
                return f"{RULES}{name} is not the one that version {case.program} comes with on this machine"
    return None


def _pictures_differ(members: dict[str, bytes], made: dict[str, bytes]) -> Iterator[str]:
    """Pictures of the right name and size that are drawn otherwise. Raises EvidenceError for others."""
    for name in sorted(filter(_is_picture, {*members, *made})):
        given, drawn = members.get(name, b""), made.get(name, b"")
        if given[:_HEAD] != drawn[:_HEAD]:
            raise EvidenceError(f"{name} is not a picture that the source gives")
        if given != drawn:
            yield name


def _excused(manifest: Manifest, case: Case, names: list[str]) -> bool:
    """Other programs draw otherwise, and so do other fonts where the file does not hold its own."""
    return manifest.libraries != libraries() or not fonts_inside(case.data, [_page(name) for name in names])


def _is_picture(name: str) -> bool:
    return name.startswith(PAGES)


def _page(name: str) -> int:
    return int(name.rpartition("-p")[2].removesuffix(".png"))


def _manifest_differs(manifest: Manifest, made: bytes) -> str | None:
    """`members` were compared one by one; libraries may be others."""
    read = Manifest.model_validate_json(made)
    same = {name: getattr(manifest, name) for name in ("libraries", "members")}
    given, again = (one.model_dump_json(indent=1).encode() for one in (manifest, read.model_copy(update=same)))
    difference = first(given, again)
    return f"{MANIFEST} is not what the pack gives: {difference}" if difference else None
