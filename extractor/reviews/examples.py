"""Corrections → examples of rules: a folder to give as `--rules`, in the form of the shipped files.

A record that is wrong is a `never` of its rule, one that was edited an example with the values that it should have.
The entry of the rule is copied whole, for an entry of a user's folder stands in the place of the shipped one; its
pattern is what is left to change, until `extractor rules check --rules DIR` is content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import regex

from extractor.assemble import KINDS
from extractor.errors import RuleError, WriteError
from extractor.records import Report
from extractor.reviews import toml
from extractor.reviews.files import report as read
from extractor.reviews.records import Verdict
from extractor.reviews.shares import Reviewed
from extractor.rulecheck import Case, cases, run
from extractor.rules import Rules, laid
from extractor.writers.files import write_whole

# what a trial of these kinds can be held to; other kinds are made by several rules together
EXPECTED = {"dates": ("value", "bound"), "quantities": ("value", "unit", "dimension", "modifier")}
_CLAUSE = regex.compile(r"[^，。；：！？\n,;!?]+")


class Correction(NamedTuple):
    """A verdict and the year that its document is of, which a date may need."""

    verdict: Verdict
    year: int | None


class Made(NamedTuple):
    """Rule files by name; the corrections that became examples; those that no single rule can be held to."""

    files: dict[str, bytes]
    used: list[Correction]
    unused: list[Correction]


def corrections(archive: Path, found: Iterable[Reviewed]) -> list[Correction]:
    """What was judged wrong or edited and still stands, in order of file and fingerprint."""
    return [
        Correction(one.verdict, _year(read(archive, file.label), one.verdict))
        for file in found
        for _, one in sorted(file.laid.standing.items())
        if not one.stale and one.verdict.verdict != "right"
    ]


def _year(report: Report, verdict: Verdict) -> int | None:
    return next((document.year for document in report.documents if verdict.quote in document.text), None)


def made(corrections: Iterable[Correction], rules: Rules) -> Made:
    """Entries of `rules` with these as further examples."""
    entries: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    result = Made({}, [], [])
    for one in corrections:
        where = _entry(rules.data, one.verdict)
        if where is None or (one.verdict.edits and not _expected(one.verdict)):
            result.unused.append(one)
            continue
        table, entry = where
        own = entries.setdefault(one.verdict.kind, {}).setdefault((table, entry["id"]), dict(entry))
        _add(own, one)
        result.used.append(one)
    for stem, found in sorted(entries.items()):
        result.files[f"{stem}.toml"] = toml.tables((table, entry) for (table, _), entry in found.items())
    return result


def _entry(data: Mapping[str, Mapping[str, Any]], verdict: Verdict) -> tuple[str, dict[str, Any]] | None:
    """The table and the entry that made the record."""
    if verdict.kind not in KINDS:
        return None
    for table, listed in data.get(verdict.kind, {}).items():
        for entry in listed if isinstance(listed, list) else ():
            if isinstance(entry, dict) and entry.get("id") == verdict.rule:
                return table, entry
    return None


def _add(entry: dict[str, Any], one: Correction) -> None:
    verdict = one.verdict
    if verdict.verdict == "wrong":
        entry["never"] = list(
            dict.fromkeys([*entry.get("never", ()), _clause(verdict).replace("«", "").replace("»", "")])
        )
        return
    example = {"text": _clause(verdict), **_expected(verdict)}
    if verdict.kind == "dates" and one.year:
        example["given"] = {"year": one.year}
    entry["examples"] = [*entry.get("examples", ()), example]


def _expected(verdict: Verdict) -> dict[str, Any]:
    """As TOML can say it: there is no null."""
    edits = {name: value for name, value in verdict.edits.items() if name in EXPECTED.get(verdict.kind, ())}
    return {name: "none" if value is None else value for name, value in edits.items()}


def _clause(verdict: Verdict) -> str:
    """The clause that holds the words, with «…» around them: as little as says it, for an example names all it holds."""
    text, quote = verdict.text, verdict.quote.replace("«", "").replace("»", "")
    at = quote.find(text)
    if at < 0:
        return f"«{text}»"
    end = at + len(text)
    start = next((m.start() for m in _CLAUSE.finditer(quote) if m.start() <= at < m.end()), at)
    stop = next((m.end() for m in _CLAUSE.finditer(quote) if m.start() < end <= m.end()), end)
    return f"{quote[start:at]}«{text}»{quote[end:stop]}"


def unmet(result: Made, *layers: Mapping[str, bytes]) -> Iterator[RuleError]:
    """What the rules of these layers do not do yet: each example that fails, of those corrected. Raises RuleError."""
    over = laid(*layers, result.files)
    corrected = {(f"{one.verdict.kind}.toml", one.verdict.rule) for one in result.used}
    for case in cases(over):
        if (case.file, case.rule) in corrected:
            yield from _failed(case, over)


def _failed(case: Case, rules: Rules) -> Iterator[RuleError]:
    try:
        run(case, rules)
    except RuleError as error:
        yield error


def write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Raises WriteError; also where a file stands already, which may have a person's work in it."""
    paths = {folder / name: data for name, data in files.items()}
    for path in paths:
        if path.exists():
            raise WriteError(str(folder), f"{path.name} is there already; name another folder")
    try:
        for path, data in paths.items():
            write_whole(path, data)
    except OSError as error:
        raise WriteError(str(folder), error.strerror or str(error)) from None
    return list(paths)
