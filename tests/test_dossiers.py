"""The life of a problem: its stations and what contradicts itself in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from laid import WATER, sample

from extractor import rules as ruleset
from extractor.comparison import Given, answer, lay
from extractor.comparison.records import Comparison, Dossier
from extractor.pipeline import extract_text

FEEDBACK = "feedback-lanxi-water-2022.txt"


@pytest.fixture(scope="module")
def water() -> Comparison:
    return lay([Given(name, sample(name)) for name in (*WATER, FEEDBACK)])


def of(found: Comparison, title: str) -> Dossier:
    (one,) = [one for one in found.dossiers if title in one.title]
    return one


def rules_of(found: Comparison) -> list[tuple[str, str]]:
    return [(one.title[:6], said.rule) for one in found.dossiers for said in one.contradictions]


def test_a_problem_is_followed_from_report_to_feedback_to_the_next_reports(water: Comparison) -> None:
    stations = of(water, "农村饮水工程重建设轻管护").stations
    assert [(one.year, one.role) for one in stations] == [
        (2021, "report"),
        (2022, "feedback"),
        (2022, "report"),
        (2023, "report"),
    ]


def test_what_contradicts_itself_in_the_samples(water: Comparison) -> None:
    assert rules_of(water) == [
        ("农村饮水工程", "returned"),
        ("往来款项长期", "returned"),
        ("2022年底", "deadline-moved"),
        ("问题总数", "total-shrank"),
    ]


def test_a_contradiction_shows_both_places(water: Comparison) -> None:
    for one in water.dossiers:
        for said in one.contradictions:
            assert len(said.places) == 2
            assert all(place.text in said.message or place.text in place.quote for place in said.places)


def test_a_promise_made_again_is_followed_to_the_end(water: Comparison) -> None:
    stations = of(water, "42处规模以上取水口").stations
    assert [(one.year, one.deadline) for one in stations][:2] == [(2021, "2022年底"), (2022, "2023年底")]
    assert stations[-1].year == 2023


def test_an_id_is_that_of_the_problem_and_stands_once(water: Comparison) -> None:
    ids = [one.id for one in water.dossiers]
    assert len(set(ids)) == len(ids)
    assert {row.id for row in water.problems} <= set(ids)


def test_findings_without_a_row_have_dossiers_too(water: Comparison) -> None:
    alone = of(water, "水库移民后期扶持资金滞留")
    assert [one.role for one in alone.stations] == ["feedback"]


def test_feedback_and_report_alone() -> None:
    found = answer(Given(FEEDBACK, sample(FEEDBACK)), Given(WATER[1], sample(WATER[1])))
    assert rules_of(found) == [("问题总数", "total-shrank")]
    assert len(found.dossiers) == 20 + 1


def report(year: int, deadline: str, progress: str, measure: str = "清理台账。") -> str:
    return (
        f"某县教育局关于{year}年巡察整改情况的报告\n一、整改情况\n问题一：食堂账目公示不及时。\n整改时限：{deadline}\n"
        f"整改措施：（1）{measure}\n整改进展：{progress}\n{year}年12月1日\n"
    )


def contradicted(first: str, second: str, rules: Path | None = None) -> list[str]:
    loaded = ruleset.load(rules)
    found = lay([Given("1", extract_text(first)), Given("2", extract_text(second))], rules=loaded)
    return [said.rule for one in found.dossiers for said in one.contradictions]


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        (report(2021, "2021年底", "已完成"), report(2022, "2022年底", "已完成"), ["returned"]),
        (report(2021, "2021年底", "已完成"), report(2022, "2022年底", "持续推进"), ["reopened"]),
        (report(2021, "2022年6月底", "持续推进"), report(2022, "2023年6月底", "持续推进"), ["deadline-moved"]),
        (
            report(2021, "2022年6月底", "持续推进"),
            report(2022, "2023年6月底", "持续推进", "受疫情影响，延期至2023年6月底，已清理台账12本。"),
            [],
        ),
        (report(2021, "2022年6月底", "持续推进"), report(2022, "2022年6月底", "已完成"), []),
    ],
)
def test_contradictions(first: str, second: str, rules: list[str]) -> None:
    assert contradicted(first, second) == rules


def test_each_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "contradictions.toml").write_text(
        "[contradiction.returned]\nenabled = false\n[contradiction.deadline-moved]\nenabled = false\n", "utf-8"
    )
    assert contradicted(report(2021, "2021年底", "已完成"), report(2022, "2022年底", "已完成"), tmp_path) == []
    assert (
        contradicted(report(2021, "2022年6月底", "持续推进"), report(2022, "2023年6月底", "持续推进"), tmp_path) == []
    )
