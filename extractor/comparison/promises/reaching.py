"""Promised figures and those of the next report: which is which, and whether what was promised was reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from extractor.comparison.indicators.figures import Figure
from extractor.comparison.promises.reading import Read
from extractor.comparison.promises.rulefile import PromiseRules
from extractor.comparison.similar import Index, Near, pair

LEAST = 0.6  # names of figures less alike are of two things
_STOCK = 0.85  # how alike the name of what there is by now must be: 规上工业企业 are not 规上工业企业数智化转型
_NOUN = 0.3  # the share that the nouns counted have in the likeness of two figures
_FEW, _MOST, _FAR = 5, 3, 10  # a promise of more than 5 is not outdone more than threefold, nor missed by nine tenths
_ABOUT = 0.05  # 左右: how far below a target still reaches it
_SOUGHT, _KEPT = 12, 3


class Reached(NamedTuple):
    """Figures with their likeness; where one was taken it is the first."""

    taken: bool
    near: list[tuple[Figure, float]]


def reached(wanted: Sequence[Figure | None], after: Read, rules: PromiseRules) -> list[Reached]:
    """For each promised figure those of the next report that may be it, best first.

    Each is taken once; what was achieved goes before what is planned again.
    """
    found = [Reached(False, []) for _ in wanted]
    for ahead in (False, True):
        there = [one for one in after.figures if one.scope == ("target" if ahead else "achieved")]
        rows = [[] if one is None or found[i].taken else _alike(one, there, rules) for i, one in enumerate(wanted)]
        taken = pair(rows, LEAST)
        for i, row in enumerate(rows):
            row.sort(key=lambda near: near is not taken.get(i))
            near = [(there[one.at], one.score) for one in row]
            found[i] = Reached(True, near) if i in taken else Reached(found[i].taken, [*found[i].near, *near])
    return found


def _alike(wanted: Figure, there: Sequence[Figure], rules: PromiseRules) -> list[Near]:
    """Figures that may be the wanted one by the likeness of their names, and a little of the nouns counted."""
    like = [i for i, one in enumerate(there) if not _another(wanted, one, rules)]
    names = Index([rules.named(there[i].plain) for i in like], [rules.named(wanted.plain)])
    found = []
    for near in names.top(rules.named(wanted.plain), _SOUGHT):
        one = there[like[near.at]]
        noun = ratio(wanted.quantity.noun or "", one.quantity.noun or "") / 100
        score = round(max(near.score, (1 - _NOUN) * near.score + _NOUN * noun), 4)
        if score >= _STOCK or not one.late or one.quantity.dimension == "percent":
            found.append(near._replace(at=like[near.at], score=score))
    return sorted(found, key=lambda one: (-one.score, there[one.at].falls != wanted.falls, one.at))[:_KEPT]


def _another(wanted: Figure, one: Figure, rules: PromiseRules) -> bool:
    """Is it of another kind or measure: begun instead of finished, what was added instead of what there is?"""
    begun, others = rules.says("start", wanted.name), rules.says("start", one.name)
    return (
        (one.kind, one.measure) != (wanted.kind, wanted.measure)
        or ("change" in (wanted.nature, one.nature) and not (_moved(wanted, rules) and _moved(one, rules)))
        or (begun != others and (begun or rules.says("finish", wanted.name)))
        or rules.apart(wanted.name, one.name)
        or _beyond(wanted, one)
    )


def _moved(one: Figure, rules: PromiseRules) -> bool:
    return one.nature in ("change", "fresh") or rules.says("moved", one.name)


def _beyond(wanted: Figure, got: Figure) -> bool:
    """A figure many times as high or as low counts something else: what there is by now, not what was added."""
    if wanted.kind == "growth" or not wanted.value or not got.value or wanted.quantity.dimension == "percent":
        return False
    return wanted.value > _FEW and not wanted.value / _FAR <= got.value <= _MOST * wanted.value


def enough(wanted: Figure, got: Figure, cap: bool) -> bool:
    """Is the target reached, of a range its nearer end? What has no value is."""
    if wanted.value is None or got.value is None:
        return True
    target, value = _nearer_end(wanted, cap), got.value if same_way(wanted, got) else -got.value
    slack = (_ABOUT if wanted.quantity.modifier == "about" else 1e-6) * abs(target)
    return value <= target + slack if cap else value >= target - slack


def _nearer_end(wanted: Figure, cap: bool) -> float:
    """增长6.5%—7% is reached at 6.5."""
    ends = wanted.quantity.value
    assert wanted.value is not None
    if not isinstance(ends, tuple) or not sum(ends):
        return wanted.value
    return 2 * wanted.value * (max(ends) if cap else min(ends)) / sum(ends)


def same_way(wanted: Figure, got: Figure) -> bool:
    """Do both rise or both fall, where they do either?"""
    return wanted.kind != "growth" or wanted.falls == got.falls
