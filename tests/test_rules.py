"""A case per example and per `never` of every rule."""

from __future__ import annotations

import pytest

from extractor import rulecheck, rules

SHIPPED = rules.load()
CASES = list(rulecheck.cases(SHIPPED))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}:{case.rule}:{i}" for i, case in enumerate(CASES)])
def test_example(case: rulecheck.Case) -> None:
    rulecheck.run(case, SHIPPED)
