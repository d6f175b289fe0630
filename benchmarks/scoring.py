"""What was found beside what people have annotated: which of both are the same record, and which of its fields agree.

A folder of annotated documents holds gold/NAME.json and corpus/NAME.*, or NAME.json beside NAME.*. Cells of tables are
left out: they are annotated apart. A noun is right, too, where one of both is the end of the other.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import regex

from extractor import extract
from extractor.writers.json import to_json

HERE = Path(__file__).parent
OWN = HERE.parent / "tests" / "gold"
SHARED = HERE.parents[1] / "shared"
FOLDERS = [folder for folder in (SHARED, OWN) if folder.is_dir()]
SIGN = {"headings": ("marker", "title"), "problems": ("text",), "measures": ("text",)}  # else the text
FIELDS = {
    "headings": ("level", "kind", "title"),
    "dates": ("value", "bound"),
    "quantities": ("value", "unit", "dimension", "modifier", "noun"),
    "problems": ("parent", "responsible", "deadline", "progress"),
    "measures": ("problem", "status", "outputs"),
}
_LOOSE = regex.compile(r"[\s\p{Quotation_Mark}]|[。;；:：,，.、]+$")
_DASH = regex.compile("[—–―−~～〜﹣-]+")

Record = dict[str, Any]


class Score(NamedTuple):
    hits: int
    wanted: int
    found: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.wanted + self.found)


def annotated(folder: Path) -> Iterator[tuple[Record, list[Path]]]:
    """What is annotated in a document, and the files that have its text."""
    golds, sources = (folder / "gold", folder / "corpus") if (folder / "gold").is_dir() else (folder, folder)
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if any(kind in gold for kind in FIELDS):
            yield gold, [source for source in sorted(sources.glob(f"{path.stem}.*")) if source != path]


def written(source: Path) -> Record:
    result: Record = json.loads(to_json(extract(source)))
    return result


def prose(facts: Record, kind: str) -> list[Record]:
    return [record for record in facts.get(kind, ()) if not record.get("cell")]


def plain(value: Any) -> Any:
    """As two people would write the same: no blanks, quotes or full-width forms; an int like its float."""
    if isinstance(value, str):
        return _DASH.sub("-", _LOOSE.sub("", unicodedata.normalize("NFKC", value)))
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return float(round(value, 4)) if isinstance(value, (int, float)) else value


def agrees(field: str, record: Record, gold: Record) -> bool:
    """Is the field as it is annotated? One that is not annotated is."""
    ours, theirs = plain(record[field]) or None, plain(gold.get(field)) or None
    ends = field == "noun" and ours and theirs and (ours.endswith(theirs) or theirs.endswith(ours))
    return field not in gold or ours == theirs or bool(ends)


def agree(kind: str, record: Record, gold: Record) -> bool:
    """Do all annotated fields agree?"""
    return all(agrees(field, record, gold) for field in FIELDS[kind])


def paired(kind: str, found: Sequence[Record], wanted: Sequence[Record]) -> dict[int, int]:
    """The index of a record → the index of the annotation that it is."""
    matcher = SequenceMatcher(None, _signs(kind, wanted), _signs(kind, found), autojunk=False)
    return {b + i: a + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}


def _signs(kind: str, records: Sequence[Record]) -> list[str]:
    return [str(plain([one.get(field) for field in SIGN.get(kind, ("text",))])) for one in records]


def scored(folders: Iterable[Path]) -> dict[str, Score]:
    """`kind.found`, and `kind.field` of those found, over the documents in which that is annotated."""
    sums: dict[str, Score] = {}
    for gold, sources in (one for folder in folders for one in annotated(folder)):
        report = written(sources[0])
        for name, score in (one for kind in FIELDS for one in _figures(kind, prose(report, kind), prose(gold, kind))):
            sums[name] = Score(*map(sum, zip(sums.get(name, (0, 0, 0)), score, strict=True)))
    return {name: sums[name] for kind in FIELDS for name in sums if name.startswith(f"{kind}.")}


def _figures(kind: str, found: Sequence[Record], wanted: Sequence[Record]) -> Iterator[tuple[str, Score]]:
    if wanted:
        pairs = paired(kind, found, wanted)
        yield f"{kind}.found", Score(len(pairs), len(wanted), len(found))
        for field in FIELDS[kind]:
            if any(field in one for one in wanted):
                hits = sum(agrees(field, found[i], wanted[j]) for i, j in pairs.items())
                yield f"{kind}.{field}", Score(hits, len(wanted), len(found))
