"""What stands against what: promises and what became of them, findings and answers, copied passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from extractor.comparison.page.places import At, Places, Scored
from extractor.comparison.records import Answer, Place, Promise, Reuse
from extractor.comparison.terms import ANSWERED, CHIP, COPIED, KEPT
from extractor.pages.charts import Bar, Part, bars
from extractor.records import Span

LONGEST = 6_000  # characters of a copied passage that are shown on each side


class PairView(NamedTuple):
    """`left` or `right` is None where nothing stands against the other."""

    id: str
    kind: str
    fingerprint: str
    fate: str
    name: str
    chip: str
    left: At | None
    right: At | None
    measures: list[At]
    why: str
    score: str
    candidates: list[Scored]


class Step(NamedTuple):
    """From one year to the next."""

    id: str
    start: int
    end: int
    counts: list[tuple[str, str, int]]
    pairs: list[PairView]


def steps(part: str, rows: Sequence[tuple[str, Promise]], places: Places) -> list[Step]:
    """The last years first; in each, what was not kept first."""
    found: dict[tuple[int, int], list[PairView]] = {}
    for id, row in sorted(rows, key=lambda pair: list(KEPT).index(pair[1].fate)):
        found.setdefault((row.start, row.end), []).append(_promise(id, row, places))
    return [
        Step(f"{part}-{start}", start, end, counts(found[start, end]), found[start, end])
        for start, end in sorted(found, reverse=True)
    ]


def _promise(id: str, row: Promise, places: Places) -> PairView:
    return PairView(
        id, "promise", row.fingerprint, row.fate, KEPT[row.fate], CHIP[row.fate], places.at(row.promise),
        places.at(row.answer) if row.answer else None, [], row.why, _score(row.score), places.scored(row.candidates),
    )  # fmt: skip


def answers(rows: Sequence[tuple[str, Answer]], places: Places) -> list[PairView]:
    """What was not answered first."""
    ranked = sorted(rows, key=lambda pair: list(ANSWERED).index(pair[1].fate))
    return [
        PairView(
            id, "answer", row.fingerprint, row.fate, ANSWERED[row.fate], CHIP[row.fate],
            places.at(row.finding) if row.finding else None, places.at(row.answer) if row.answer else None,
            places.each(row.measures), row.why, _score(row.score), places.scored(row.candidates),
        )
        for id, row in ranked
    ]  # fmt: skip


def counts(pairs: Iterable[PairView]) -> list[tuple[str, str, int]]:
    """Chip, name and number of each fate, in order of what comes first."""
    return [(chip, name, n) for (chip, name), n in Counter((pair.chip, pair.name) for pair in pairs).items()]


def fates(found: Sequence[Step]) -> Markup:
    """Promises by year and what became of them."""
    parts = [Part(CHIP[fate], name) for fate, name in reversed(KEPT.items())]
    rows = [
        Bar(f"{step.start}–{step.end}", {chip: n for chip, _, n in step.counts}, href=f"#{step.id}")
        for step in reversed(found)
    ]
    return bars(rows, parts, label="各年承诺的下文", wide=760)


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


class ReuseView(NamedTuple):
    """The words of both sides, run by run, and whether both have them."""

    id: str
    reuse: Reuse
    name: str
    chip: str
    left_at: At
    right_at: At
    left: list[tuple[str, bool]]
    right: list[tuple[str, bool]]
    share: str


def reuse(rows: Sequence[tuple[str, Reuse]], places: Places) -> list[ReuseView]:
    """Whole reports under other names first, then what is longest."""
    ranked = sorted(rows, key=lambda pair: (list(COPIED).index(pair[1].kind), -len(pair[1].right.text)))
    return [
        ReuseView(
            id, row, COPIED[row.kind], CHIP[row.kind], places.at(row.left), places.at(row.right),
            list(runs(row.left, [left for left, _ in row.shared])),
            list(runs(row.right, [right for _, right in row.shared])),
            f"{row.similarity:.0%}",
        )
        for id, row in ranked
    ]  # fmt: skip


def runs(place: Place, shared: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The words of a place cut where the shared runs begin and end; every character once, up to LONGEST."""
    text, at = place.text[:LONGEST], 0
    for span in sorted(shared, key=lambda span: span.start):
        start, end = (min(max(edge - place.span.start, at), len(text)) for edge in (span.start, span.end))
        if at < start:
            yield text[at:start], False
        if start < end:
            yield text[start:end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False
    if len(place.text) > LONGEST:
        yield f"…（下略 {len(place.text) - LONGEST} 字，全文见 JSON）", False
