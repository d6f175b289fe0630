"""A record keeps its fingerprint wherever it stands, and no two have the same."""

from __future__ import annotations

import pytest

from extractor import extract_text
from extractor.fingerprints import KINDS, fingerprints

TEXT = """关于巡察整改情况的报告
一、组织落实情况
召开会议3次，投入1.2万元，截至2023年6月完成。召开会议3次，投入1.2万元，截至2023年6月完成。
二、问题整改情况
1.“学习不深入”问题整改情况：2023年5月，印发《学习制度》，培训12人。
"""


def named(text: str) -> dict[str, dict[str, str]]:
    """By kind: fingerprint → the words of the record."""
    report = extract_text(text)
    found = fingerprints(report)
    return {kind: dict(zip(found[kind], (r.text for r in getattr(report, kind)), strict=True)) for kind in found}


@pytest.mark.parametrize("kind", [*KINDS, "checks"])
def test_each_record_has_its_own(kind: str) -> None:
    report = extract_text(TEXT)
    assert len(named(TEXT)[kind]) == len(getattr(report, kind)) > 0
    assert all(len(name) == 16 for name in named(TEXT)[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_before_does_not_change_it(kind: str) -> None:
    longer = TEXT.replace("二、问题", "已按要求公开，接受监督。\n二、问题")
    assert named(TEXT)[kind].items() <= named(longer)[kind].items()


def test_blanks_and_width_do_not_change_it() -> None:
    assert named(TEXT.replace("召开会议3次", "召开会议３ 次"))["quantities"].keys() == named(TEXT)["quantities"].keys()


def test_another_sentence_is_another_record() -> None:
    before, after = named(TEXT), named(TEXT.replace("培训12人", "培训群众12人"))
    changed = before["quantities"].keys() - after["quantities"].keys()
    assert {before["quantities"][name] for name in changed} == {"12人"}
