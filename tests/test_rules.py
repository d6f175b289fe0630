"""A case per example and per `never` of every rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import rulecheck, rules
from extractor.errors import RuleError

SHIPPED = rules.load()
CASES = list(rulecheck.cases(SHIPPED))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}:{case.rule}:{i}" for i, case in enumerate(CASES)])
def test_example(case: rulecheck.Case) -> None:
    rulecheck.run(case, SHIPPED)


def test_a_rule_file_that_no_stage_reads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "quantity.toml").write_text("", "utf-8")
    with pytest.raises(RuleError, match="there are no rules of that name; known are answers"):
        rules.load(tmp_path)
