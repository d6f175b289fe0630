"""对照页 (`comparison.html`): one HTML file for who must know what came back, what was not done, what moved, what was copied.

The short answer first, each line a link to its row; then a section a question, in each the series one after another.
Every row quotes its places: the words in their sentence, the file, page or line, and characters. No script is needed
and none is there. A row is `<kind>-<fingerprint>` (`problem-41dec4d5465447a9`), the same in every run, and bears
`data-kind` and `data-fingerprint`: what a program needs that lets a person give a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def _parts(
    kind: str, comparison: Comparison, ids: Sequence[str], rows: Sequence[Any], make: Callable[[str, Series, Any], Any]
) -> list[Part]:
    """The series that have rows of a kind; `make` is given the id of the part, the series, and its rows with their ids."""
    own: dict[str, list[Any]] = {}
    for id, row in zip(ids, rows, strict=True):
        own.setdefault(row.series, []).append((id, row))
    found = [(f"{kind}-of-{n}", one) for n, one in enumerate(comparison.series, 1) if one.id in own]
    return [Part(id, one, [member.year for member in one.members], make(id, one, own[one.id])) for id, one in found]


def _indicators(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    def groups(id: str, one: Series, rows: Any) -> Any:
        return indicators.groups(one, rows, places)

    return _parts("indicators", comparison, ids.indicators, comparison.indicators, groups)


def _problems(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    dossiers = dict(zip((dossier.id for dossier in comparison.dossiers), ids.dossiers, strict=True))

    def blocks(id: str, one: Series, rows: Any) -> Any:
        return list(problems.blocks(one, rows, places, dossiers))

    return _parts("problems", comparison, ids.problems, comparison.problems, blocks)


def _promises(comparison: Comparison, ids: Ids, places: Places) -> list[Part]:
    def steps(id: str, one: Series, rows: Any) -> Any:
        return pairs.steps(id, rows, places)

    return _parts("promises", comparison, ids.promises, comparison.promises, steps)
