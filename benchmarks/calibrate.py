"""What `confidence` means: on annotated documents, of the records that were given 0.9, how many are right?

    python benchmarks/calibrate.py [--data DIR]... [--more DIR]... [--write]

DIR is a folder of annotated documents (see `scoring`); without one tests/gold is taken, and the shared ones where they
are at hand. A record is right where all fields that are annotated agree. A document is rated by the counts of the other
documents on top of those of `--more`, so that none proves itself. judged.jsonl in a DIR lists single records that a
person has read, for documents too long to annotate whole. `--write` counts all of it into rules/confidence.toml.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import regex
from scoring import FIELDS, FOLDERS, Record, agree, annotated, paired, prose, written

from extractor import rules
from extractor.confidence import ConfidenceRules

TOML = Path(__file__).parent.parent / "rules" / "confidence.toml"
EDGES = (0.0, 0.6, 0.8, 0.85, 0.9, 0.95, 0.975, 1.0)


class Judged(NamedTuple):
    """A record's document, its kind, the id of its class of evidence, and whether it is right."""

    document: str
    kind: str
    evidence: str
    right: bool


def judged(source: Path, gold: Record, own: ConfidenceRules) -> Iterator[Judged]:
    """Every record of the kinds that are annotated, cells of tables left out."""
    report = written(source)
    texts = [document["text"] for document in report["documents"]]
    for kind in FIELDS:
        wanted, found = prose(gold, kind), prose(report, kind)
        if not wanted:
            continue
        pairs = paired(kind, found, wanted)
        for i, record in enumerate(found):
            evidence = own.evidence_of(kind, record, texts[record["doc"]])
            assert evidence, f"no class of evidence takes every record of {kind}"
            yield Judged(source.name, kind, evidence.id, i in pairs and agree(kind, record, wanted[pairs[i]]))


def read_singly(folder: Path, own: ConfidenceRules) -> Iterator[Judged]:
    """judged.jsonl: {file, kind, doc, start, right, fields}. Where `fields` were wrong, a record that has others now is
    left out."""
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "judged.jsonl").read_text("utf-8").splitlines():
        by_file[json.loads(line)["file"]].append(json.loads(line))
    for file, entries in by_file.items():
        report = written(folder / "corpus" / file)
        at = {(kind, one["doc"], one["span"]["start"]): one for kind in FIELDS for one in report[kind]}
        for entry in entries:
            kind, record = entry["kind"], at.get((entry["kind"], entry["doc"], entry["start"]))
            same = record and agree(kind, record, entry["fields"])
            if record and (same or entry["right"]):
                evidence = own.evidence_of(kind, record, report["documents"][record["doc"]]["text"])
                assert evidence
                yield Judged(file, kind, evidence.id, bool(same) == entry["right"])


def collect(folder: Path, own: ConfidenceRules) -> list[Judged]:
    """All judged records of a folder of annotated documents."""
    files = ((source, gold) for gold, sources in annotated(folder) for source in sources)
    found = [one for source, gold in files for one in judged(source, gold, own)]
    return found + (list(read_singly(folder, own)) if (folder / "judged.jsonl").is_file() else [])


def rated(records: Sequence[Judged], more: Sequence[Judged]) -> list[tuple[float, Judged]]:
    """Each record with the confidence that all other documents give its class."""
    counts = {
        name: Counter((one.evidence, one.right) for one in records if one.document != name)
        for name in {r.document for r in records}
    }
    base = Counter((one.evidence, one.right) for one in more)
    result = []
    for one in records:
        right, wrong = (counts[one.document][one.evidence, is_] + base[one.evidence, is_] for is_ in (True, False))
        result.append(((right + 1) / (right + wrong + 2), one))
    return result


def table(title: str, rows: Sequence[tuple[float, Judged]]) -> str:
    """Bins: records, the mean confidence, the share that is right; and the expected calibration error."""
    lines = [f"\n### {title}\n", "| confidence | records | mean | right |", "| --- | ---: | ---: | ---: |"]
    error = 0.0
    for low, high in pairwise(EDGES):
        held = [(p, one.right) for p, one in rows if low <= p < high or p == high == 1.0]
        if held:
            mean, right = (sum(column) / len(held) for column in zip(*held, strict=True))
            error += len(held) / len(rows) * abs(mean - right)
            lines.append(f"| {low:.3g} to {high:.3g} | {len(held)} | {mean:.3f} | {right:.3f} |")
    mean, right = (sum(column) / len(rows) for column in zip(*((p, one.right) for p, one in rows), strict=True))
    return "\n".join(
        [*lines, f"| all | {len(rows)} | {mean:.3f} | {right:.3f} |", f"\nExpected calibration error: {error:.3f}"]
    )


def write(records: Sequence[Judged]) -> None:
    """The counts of all records into the rule file."""
    counts = Counter((one.evidence, one.right) for one in records)
    text = TOML.read_text("utf-8")

    def counted(match: regex.Match[str]) -> str:
        right, wrong = counts[match["id"], True], counts[match["id"], False]
        return f"{match['head']}right    = {right}\nof       = {right + wrong}"

    pattern = r'(?P<head>\[\[evidence\]\]\nid +="?\s*"(?P<id>[^"]+)"\n(?:(?!right).*\n)*)right +=.*\nof +=.*'
    TOML.write_text(regex.sub(pattern, counted, text), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append")
    parser.add_argument("--more", type=Path, action="append", default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    own = rules.load().of(ConfidenceRules)
    records = [one for folder in args.data or FOLDERS for one in collect(folder, own)]
    more = [one for folder in args.more for one in collect(folder, own)]
    shares = {evidence.id: evidence.share for evidence in own.evidence}
    print(table("As shipped", [(shares[one.evidence], one) for one in [*records, *more]]))
    print(table("Annotated documents, each by the others", rated(records, more)))
    for kind in FIELDS:
        if rows := rated([one for one in records if one.kind == kind], more):
            print(table(f"{kind}, each document by the others", rows))
    if more:
        print(table("Further documents, each by the others", rated(more, records)))
    if args.write:
        write([*records, *more])


if __name__ == "__main__":
    main()
