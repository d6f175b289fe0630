"""Confidence: which class of evidence a record belongs to, and what that and a scan make of it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, get_args

import pytest

import extractor
from extractor import rules
from extractor.confidence import ConfidenceRules, Kind
from extractor.writers.page import to_html

RULES = rules.load().of(ConfidenceRules)
KINDS = get_args(Kind)
SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
TEXT = "关于巡察整改情况的报告\n一、问题整改情况\n1.“台账不全”问题\n一是补建台账3本。二是5月6日前定期核对。"


def shares(text: str, kind: str, reference: str = "2023") -> list[float]:
    return [record.confidence for record in getattr(extractor.extract_text(text, reference_date=reference), kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_rated(kind: str) -> None:
    report = extractor.extract(SAMPLES / "rectification-lanxi-water-2023.docx")
    assert getattr(report, kind)
    assert all(0 < record.confidence < 1 for record in getattr(report, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_class_of_a_kind_takes_what_is_left(kind: str) -> None:
    assert not RULES.by_kind[kind][-1].when


def test_counts_are_possible_and_few_cases_are_never_sure() -> None:
    for evidence in RULES.evidence:
        assert 0 <= evidence.right <= evidence.of
        assert 0 < evidence.share < 1


def test_a_class_without_cases_is_a_toss_up() -> None:
    unknown = RULES.evidence[0].model_copy(update={"right": 0, "of": 0})
    assert unknown.share == 0.5


def test_a_printed_year_is_surer_than_one_from_the_context() -> None:
    printed, inferred = shares("2023年5月6日开会。5月9日再次开会。", "dates")
    assert printed > inferred


def test_the_lowest_score_of_a_scan_is_a_factor() -> None:
    (record,) = extractor.extract_text(TEXT).quantities
    values: dict[str, Any] = record.model_dump()
    printed = RULES.rate("quantities", values, TEXT)
    pieces = [{"ocr": 0.9}, {"ocr": 0.5}]
    assert RULES.rate("quantities", {**values, "source": pieces}, TEXT) == pytest.approx(printed / 2, abs=0.001)


def test_a_users_rules_may_rate_otherwise(tmp_path: Path) -> None:
    own = '[[evidence]]\nid = "date-printed"\nkind = "dates"\nright = 0\nof = 8\nexamples = [{ text = "«2023年5月»启动" }]\n'
    (tmp_path / "confidence.toml").write_text(own, "utf-8")
    report = extractor.extract_text("2023年5月启动", rules=tmp_path)
    assert [date.confidence for date in report.dates] == [0.1]


def test_the_page_shows_what_is_doubtful() -> None:
    report = extractor.extract_text("2023年5月启动。", reference_date="2023")
    low = report.model_copy(update={"dates": (report.dates[0].model_copy(update={"confidence": 0.5}),)})
    assert "可信度" not in to_html(report).decode()
    assert "50%，请核对" in to_html(low).decode()


def test_the_table_of_calibration_on_the_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent / "benchmarks")
    calibrate = importlib.import_module("calibrate")
    records = calibrate.collect(SAMPLES, RULES)
    assert {one.kind for one in records} == set(KINDS)
    assert all(one.right for one in records)
    assert "Expected calibration error: " in calibrate.table("samples", calibrate.rated(records, []))
