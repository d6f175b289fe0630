"""对照页 (`comparison.html`): one HTML file for who must know what came back, what was not done, what moved, what was copied.

The short answer first, each line a link to its row; then a section a question, in each the series one after another.
Every row quotes its places: the words in their sentence, the file, page or line, and characters. No script is needed
and none is there. A row is `<kind>-<fingerprint>` (`problem-41dec4d5465447a9`), the same in every run, and bears
`data-kind` and `data-fingerprint`: what a program needs that lets a person give a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.comparison import terms
from extractor.comparison.page import gaps, indicators, pairs, problems
from extractor.comparison.page.places import Places, identities
from extractor.comparison.page.short import Ids, tiles
from extractor.comparison.records import Comparison, Series
from extractor.pages import render

STYLES = ("pages/style.css", "comparison/page/compare.css")


class Part(NamedTuple):
    """What a section has to say of one series."""

    id: str
    series: Series
    years: list[int]
    content: Any


def to_html(comparison: Comparison) -> bytes:
    """The page of a comparison; the same comparison gives the same bytes."""
    return render("comparison/page/compare.html", STYLES, **context(comparison))


def context(comparison: Comparison) -> dict[str, Any]:
    """What the template prints. A program that lets a person judge gives another `control`, which is asked for what
    stands with the row of a fingerprint, and fills the blocks `home` and `verdicts`; one that shows the reports gives
    another `seen`, the address of a place."""
    places, ids = Places(comparison), _ids(comparison)
    answered = pairs.answers(list(zip(ids.answers, comparison.answers, strict=True)), places)
    return {
        "comparison": comparison, "names": places.names.short, "members": terms.members(comparison), "terms": terms,
        "tiles": tiles(comparison, ids),
        "indicators": _indicators(comparison, ids, places), "problems": _problems(comparison, ids, places),
        "promises": _promises(comparison, ids, places), "answers": answered, "answer_counts": pairs.counts(answered),
        "dossiers": problems.dossiers(comparison, ids.dossiers, places),
        "reuse": pairs.reuse(list(zip(ids.reuse, comparison.reuse, strict=True)), places),
        "gaps": list(gaps.grids(comparison.gaps)), "fates": pairs.fates,
        "control": lambda fingerprint: "", "seen": lambda place: "",
    }  # fmt: skip


def _ids(comparison: Comparison) -> Ids:
    kinds = ("indicator", "problem", "promise", "answer", "reuse")
    rows: Sequence[Sequence[Any]] = (
        comparison.indicators, comparison.problems, comparison.promises, comparison.answers, comparison.reuse,
    )  # fmt: skip
    own = {kind: identities(kind, [row.fingerprint for row in found]) for kind, found in zip(kinds, rows, strict=True)}
    dossiers = identities("dossier", [dossier.id for dossier in comparison.dossiers])
    return Ids(own["indicator"], own["problem"], own["promise"], own["answer"], dossiers, own["reuse"])


def _parts(kind: str, comparison: Comparison, ids: Sequence[str], rows: Sequence[Any]) -> list[tuple[Part, list[Any]]]:
    """The series of two years or more that have rows of a kind, with these."""
    own: dict[str, list[Any]] = {}
    for id, row in zip(ids, rows, strict=True):
        own.setdefault(row.series, []).append((id, row))
    return [
        (Part(f"{kind}-of-{n}", one, [member.year for member in one.members], None), own[one.id])
        for n, one in enumerate(comparison.series, 1)
        if one.id in own
    ]


def _indicators(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    return [
        part._replace(content=indicators.groups(part.series, rows, places))
        for part, rows in _parts("indicators", comparison, ids.indicators, comparison.indicators)
    ]


def _problems(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    dossiers = dict(zip((dossier.id for dossier in comparison.dossiers), ids.dossiers, strict=True))
    return [
        part._replace(content=list(problems.blocks(part.series, rows, places, dossiers)))
        for part, rows in _parts("problems", comparison, ids.problems, comparison.problems)
    ]


def _promises(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    return [
        part._replace(content=pairs.steps(n, rows, places))
        for n, (part, rows) in enumerate(_parts("promises", comparison, ids.promises, comparison.promises), 1)
    ]
