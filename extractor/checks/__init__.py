"""Self-checks: what a report says of itself against what was found in it.

Precision first: a check is `broken` only where one reading is possible and it fails; where the text allows another,
it `cannot_tell`. What holds is shown too, so that an auditor sees what was looked at. Which identities there are,
in which words, how severe, and whether a kind is on at all is data (`rules/checks.toml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from extractor.checks import calendar, numbering, parts, presence, tables, tablewords, totals
from extractor.checks.ground import CheckRule, CheckRules, Ground, Kind
from extractor.found import Check

Checker = Callable[[CheckRule, Ground], Iterator[Check]]
CHECKERS: dict[Kind, Checker] = {
    "total": totals.problems,
    "listed": totals.listed,
    "parts": parts.parts,
    "rate": parts.rate,
    "numbering": numbering.numbering,
    "off-calendar": calendar.off_calendar,
    "after-report": calendar.after_report,
    "range": calendar.ranges,
    "unanswered": presence.unanswered,
    "annex": presence.annex,
    "placeholder": presence.placeholder,
    "table-sum": tables.sums,
    "table-tree": tables.tree,
    "table-relation": tables.relation,
    "table-total": tablewords.totals,
    "compared": tablewords.compared,
}


def run(ground: Ground) -> tuple[Check, ...]:
    """Every check of every rule that is on, in order of the places that they speak of."""
    rules = ground.rules.of(CheckRules).check
    found = [check for rule in rules if rule.enabled for check in CHECKERS[rule.kind](rule, ground)]
    return tuple(_fingerprinted(sorted(found, key=lambda check: (check.span, check.rule)), ground))


def _fingerprinted(checks: list[Check], ground: Ground) -> Iterator[Check]:
    """A person's verdict on a check is kept under its fingerprint: what is said and found, not the offset of it."""
    seen: Counter[str] = Counter()
    for check in checks:
        sentence = ground.around(check.span)
        words = "".join(ground.words(sentence).split())
        key = "\0".join((check.rule, check.outcome, words, check.stated, check.found))
        seen[key] += 1
        yield replace(check, fingerprint=sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:16])
