"""How likely a record is right, 0 to 1, from the evidence that made it.

`rules/confidence.toml` holds classes of evidence: a year that is printed or one taken from the context, a noun beside
its number or one across the clause, a heading with a marker or a lead without. A record belongs to the first class of
its kind that it fits. Each class counts how many of its records people have judged, and how many they found right in
every field; its confidence is their share by Laplace's rule, (right + 1) / (of + 2), so that few cases are never sure.
Characters recognised in a scan may be wrong themselves: their lowest score is a factor.

`benchmarks/calibrate.py` counts anew and shows what the numbers mean on annotated documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal

from extractor.rules import Regex, Rule, RuleFile
from extractor.text import fold

Kind = Literal["headings", "dates", "quantities", "problems", "measures"]
Values = Mapping[str, Any]  # the fields of a record under their names
DIGITS = 3


class Evidence(Rule):
    """A class: `when` names features and the values that each may have; `of` records were judged, `right` are right."""

    kind: Kind
    when: Mapping[str, tuple[str, ...]] = {}
    right: int
    of: int

    @property
    def share(self) -> float:
        return (self.right + 1) / (self.of + 2)


class ConfidenceRules(RuleFile):
    file: ClassVar[str] = "confidence"
    year: Mapping[str, Regex] = {}  # words of a date that show where its year comes from, the first that fits
    evidence: tuple[Evidence, ...] = ()

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Evidence, ...]]:
        kinds = dict.fromkeys(evidence.kind for evidence in self.evidence)
        return {kind: tuple(e for e in self.evidence if e.kind == kind) for kind in kinds}

    def evidence_of(self, kind: str, values: Values, text: str) -> Evidence | None:
        """The class of a record with these `values` in the raw `text` of its document."""
        features = self._features(kind, values, text)
        key = (kind, *features.values())
        if key not in self._known:
            self._known[key] = self._first(kind, features)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Evidence | None]:
        """Kind and features → class: a few hundred of them come again and again."""
        return {}

    def _first(self, kind: str, features: Mapping[str, str]) -> Evidence | None:
        for evidence in self.by_kind.get(kind, ()):
            if all(features.get(name) in allowed for name, allowed in evidence.when.items()):
                return evidence
        return None

    def rate(self, kind: str, values: Values, text: str) -> float:
        """The confidence in a record; `values["source"]` are its pieces."""
        evidence = self.evidence_of(kind, values, text)
        scores = [piece["ocr"] for piece in values["source"] if piece.get("ocr") is not None]
        return round((evidence.share if evidence else 0.5) * min(scores, default=1.0), DIGITS)

    def _features(self, kind: str, values: Values, text: str) -> dict[str, str]:
        features = {"rule": values["rule"].partition("/")[0]}
        if kind == "dates":
            features |= {"year": self._year(values), "bound": str(values["bound"])}
        elif kind == "quantities":
            features |= {
                "dimension": values["dimension"], "modifier": str(values["modifier"]), "noun": noun_at(values, text),
            }  # fmt: skip
        elif kind == "headings":
            features |= {
                "kind": values["kind"],
                "marker": _whether(values["marker"]),
                "repaired": _whether(values["repaired"]),
            }
        elif kind == "measures":
            features |= {
                "status": values["status"],
                "problem": _whether(values["problem"]),
                "outputs": _whether(values["outputs"]),
            }
        return features

    def _year(self, values: Values) -> str:
        if values["value"].startswith("P"):
            return "counted"
        words = fold(values["text"])
        return next((sign for sign, pattern in self.year.items() if pattern.search(words)), "inferred")


def noun_at(values: Values, text: str) -> str:
    """Where the noun of a quantity stands: "none"; "after" or "before" it at once; else "apart"."""
    noun, start, end = values["noun"], values["span"]["start"], values["span"]["end"]
    if noun is None:
        return "none"
    if text.startswith(noun, end):
        return "after"
    return "before" if text.endswith(noun, 0, start) else "apart"


def _whether(value: object) -> str:
    return "yes" if value else "no"
