"""Verdicts: what is kept of them, how they outlive a run, what results and rules make of them."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner

from extractor import Comparison, Report, compare, extract_text
from extractor.cli import app
from extractor.errors import ReadError, WriteError
from extractor.fingerprints import fingerprints
from extractor.reviews import (
    Review,
    Subject,
    Verdict,
    amend,
    corrected,
    lay,
    load,
    of_comparison,
    of_report,
    path,
    toml,
)
from extractor.reviews.subjects import EDITABLE, parsed, shown
from extractor.rules import files, laid, shipped
from extractor.rules import load as load_rules

TEXT = """临溪县水务局关于巡察整改情况的报告
一、组织落实情况
2023年6月30日，局党组召开会议3次，投入资金1.2万元。
二、问题整改情况
（一）关于“学习不深入”问题
整改情况：已于2023年8月印发《学习制度》，清退违规发放津贴3.5万元，诫勉2人。
"""
SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
runner = CliRunner()


@pytest.fixture(scope="module")
def report() -> Report:
    return extract_text(TEXT)


def subject(report: Report, kind: str, text: str) -> Subject:
    return next(one for one in of_report(report).values() if one.kind == kind and text in one.text)


def verdict(subject: Subject, decision: str, **more: Any) -> Verdict:
    return Verdict(
        fingerprint=subject.fingerprint, kind=subject.kind, rule=subject.rule, verdict=decision, text=subject.text,
        quote=subject.quote, judged=subject.values, **more,
    )  # fmt: skip


def test_every_record_and_check_can_be_judged(report: Report) -> None:
    names = fingerprints(report)
    assert list(of_report(report)) == [name for kind in names for name in names[kind]]
    assert all(set(one.values) >= set(one.editable) for one in of_report(report).values())


@pytest.mark.parametrize("more", [{"verdict": "wrong"}, {"verdict": "wrong", "reason": " "}, {"verdict": "edited"}])
def test_wrong_needs_a_reason_and_edited_an_edit(report: Report, more: dict[str, Any]) -> None:
    one = subject(report, "dates", "2023年6月30日")
    with pytest.raises(ValidationError):
        verdict(one, more.pop("verdict"), **more)


def test_a_review_file_is_whole_and_in_order(report: Report, tmp_path: Path) -> None:
    file = path(tmp_path, "甲/报告.docx")
    assert load(file) == Review()
    subjects = list(of_report(report).values())[:5]
    for one in reversed(subjects):
        amend(file, one.fingerprint, verdict(one, "right", by="王审", at="2024-01-02T03:04:05+00:00"))
    kept = json.loads(file.read_text("utf-8"))
    names = [one["fingerprint"] for one in kept["verdicts"]]
    assert names == sorted(one.fingerprint for one in subjects)
    assert [file.name for file in file.parent.iterdir()] == ["报告.docx.review.json"]
    amend(file, names[0], None)
    assert [one.fingerprint for one in load(file).verdicts] == names[1:]


@pytest.mark.parametrize("content", ["{", "[]", '{"verdicts": [{}]}', '{"verdicts": 3}'])
def test_a_damaged_review_is_named_and_not_overwritten(report: Report, tmp_path: Path, content: str) -> None:
    file = path(tmp_path, "报告.txt")
    file.write_text(content)
    one = subject(report, "dates", "6月30日")
    with pytest.raises(ReadError, match=r"报告\.txt\.review\.json: this is no review file"):
        amend(file, one.fingerprint, verdict(one, "right"))
    assert file.read_text() == content


def test_verdicts_outlive_other_text_around_them_and_are_orphans_without_their_own(report: Report) -> None:
    day, money = subject(report, "dates", "6月30日"), subject(report, "quantities", "1.2万元")
    review = Review(verdicts=(verdict(day, "right"), verdict(money, "wrong", reason="不是这一类")))
    longer = extract_text(TEXT.replace("一、组织", "前言若干字。\n一、组织"))
    assert set(lay(of_report(longer), review).standing) == {day.fingerprint, money.fingerprint}
    other = lay(of_report(extract_text(TEXT.replace("1.2万元", "2.2万元"))), review)
    assert {one.text for one in other.orphans} == {"2023年6月30日", "1.2万元"}  # they share the sentence that changed


def test_a_verdict_on_another_value_is_to_be_given_again(report: Report) -> None:
    one = subject(report, "dates", "6月30日")
    given = verdict(one, "right").model_copy(update={"judged": {"value": "2022-06-30", "bound": None}})
    assert lay(of_report(report), Review(verdicts=(given,))).standing[one.fingerprint].stale
    met = given.model_copy(update={"verdict": "edited", "edits": {"value": "2023-06-30"}})
    assert not lay(of_report(report), Review(verdicts=(met,))).standing[one.fingerprint].stale


def test_corrections_are_taken_in_and_indices_follow(report: Report) -> None:
    money, people = subject(report, "quantities", "3.5万元"), subject(report, "quantities", "2人")
    first = subject(report, "quantities", "3次")
    review = Review(
        verdicts=(
            verdict(first, "wrong", reason="不是这一类"),
            verdict(money, "edited", edits={"value": 36000}),
            verdict(people, "wrong", reason="多取了字"),
            verdict(subject(report, "problems", "学习不深入"), "edited", edits={"state": "completed"}),
        )
    )
    made = corrected(report, review)
    assert [q.text for q in made.quantities] == ["1.2万元", "3.5万元"]
    assert made.quantities[1].value == 36000
    assert made.problems[0].state == "completed"
    sums = [(s.act, made.quantities[s.quantity].text) for m in made.measures for s in m.recovered]
    assert sums == [("清退", "3.5万元")]
    assert not any(m.accountable for m in made.measures)
    assert report.quantities[0].text == "3次"
    assert Report.model_validate_json(made.model_dump_json()) == made


def test_a_problem_that_is_none_leaves_its_measures(report: Report) -> None:
    none = verdict(subject(report, "problems", "学习不深入"), "wrong", reason="不是问题")
    made = corrected(report, Review(verdicts=(none,)))
    assert made.problems == ()
    assert len(made.measures) == len(report.measures)
    assert {measure.problem for measure in made.measures} == {None}


def test_an_edit_that_a_record_cannot_have_changes_nothing(report: Report) -> None:
    one = verdict(subject(report, "problems", "学习不深入"), "edited", edits={"state": "finished"})
    assert corrected(report, Review(verdicts=(one,))) == report


@pytest.mark.parametrize(
    ("kind", "text", "field", "typed", "value"),
    [
        ("quantities", "1.2万元", "value", "1,200", 1200),
        ("quantities", "1.2万元", "value", "2～3.5", [2, 3.5]),
        ("quantities", "1.2万元", "value", "", None),
        ("quantities", "1.2万元", "unit", " 美元 ", "美元"),
        ("quantities", "1.2万元", "modifier", "", None),
        ("dates", "6月30日", "value", "2023-06", "2023-06"),
        ("problems", "学习", "responsible", "办公室、财务股", ["办公室", "财务股"]),
        ("problems", "学习", "responsible", "办公室", ["办公室"]),
        ("headings", "组织", "level", "2", 2),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value(
    report: Report, kind: str, text: str, field: str, typed: str, value: Any
) -> None:
    one = subject(report, kind, text)
    assert parsed(one, field, typed) == value
    assert parsed(one, field, shown(value)) == value


@pytest.mark.parametrize(
    ("kind", "text", "field", "typed"),
    [("quantities", "1.2万元", "value", "很多"), ("quantities", "1.2万元", "value", "1e400"), ("dates", "6月30日", "value", ""),
     ("problems", "学习", "state", "done"), ("headings", "组织", "level", "二"), ("measures", "学习", "status", "")],
)  # fmt: skip
def test_what_no_value_can_be_is_refused(report: Report, kind: str, text: str, field: str, typed: str) -> None:
    with pytest.raises(ValueError, match="不能作为"):
        parsed(subject(report, kind, text), field, typed)


def test_rows_of_a_comparison_are_judged_too() -> None:
    years = [TEXT, TEXT.replace("2023年", "2024年").replace("3次", "5次")]
    subjects = of_comparison(compare([extract_text(one) for one in years]))
    assert {one.kind for one in subjects.values()} >= {"problems"}
    assert all(set(one.editable) <= set(one.values) for one in subjects.values())
    assert all(one.choices(field) for one in subjects.values() for field in one.editable if field == "fate")
    assert {field for fields in EDITABLE.values() for field in fields} >= {"fate", "value", "state"}


def test_a_comparison_takes_its_verdicts_in(tmp_path: Path) -> None:
    paths = [str(SAMPLES / name) for name in ("work-report-lanxi-2022.md", "work-report-lanxi-2023.txt")]
    command = ["compare", *paths, "--format", "json", "--out"]
    assert runner.invoke(app, [*command, str(tmp_path / "as-read")]).exit_code == 0
    made = Comparison.model_validate_json((tmp_path / "as-read" / "comparison.json").read_bytes())
    figures = list(of_comparison(made).values())
    wrong, other = (one for one in figures if one.text in ("粮食总产量", "营造林") and one.rule == "achieved")
    review = tmp_path / "comparison.review.json"
    amend(review, wrong.fingerprint, verdict(wrong, "wrong", reason="口径不同"))
    amend(review, other.fingerprint, verdict(other, "edited", edits={"indicator": "人工造林"}))
    assert runner.invoke(app, [*command, str(tmp_path / "settled"), "--reviews", str(review)]).exit_code == 0
    settled = Comparison.model_validate_json((tmp_path / "settled" / "comparison.json").read_bytes())
    assert len(settled.indicators) == len(made.indicators) - 1
    assert wrong.fingerprint not in {row.fingerprint for row in settled.indicators}
    assert {row.indicator for row in settled.indicators if row.fingerprint == other.fingerprint} == {"人工造林"}
    assert settled.promises == made.promises


@given(
    st.recursive(
        st.text() | st.integers(-(2**60), 2**60) | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_toml_is_read_as_it_was_written(value: Any) -> None:
    assert tomllib.loads(toml.tables([("rule", {"id": "x", "值": value})]).decode()) == {
        "rule": [{"id": "x", "值": value}]
    }


def test_shipped_rules_survive_being_written() -> None:
    for name, data in load_rules().data.items():
        for table, entries in data.items():
            found = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
            if found:
                made = toml.tables((table, entry) for entry in found).decode()
                assert tomllib.loads(made)[table] == found, name


# ---- an archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    source = tmp_path / "reports"
    source.mkdir()
    (source / "甲.txt").write_text(TEXT, "utf-8")
    (source / "乙.txt").write_text("工作总结\n一、情况\n2022年，举办培训班4期，参训120人次。\n", "utf-8")
    extracted(tmp_path)
    return tmp_path / "out"


def extracted(folder: Path, *more: str) -> None:
    result = runner.invoke(app, ["extract", str(folder / "reports"), "--out", str(folder / "out"), *more])
    assert result.exit_code == 0, result.output


def judge(archive: Path, label: str, kind: str, text: str, decision: str, **more: Any) -> Subject:
    report = Report.model_validate_json((archive / f"{label}.json").read_bytes())
    one = subject(report, kind, text)
    amend(path(archive, label), one.fingerprint, verdict(one, decision, **more))
    return one


def reviewed(archive: Path, *more: str) -> tuple[str, str]:
    result = runner.invoke(app, ["review", str(archive), *more], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def test_verdicts_survive_a_fresh_run(archive: Path) -> None:
    judge(archive, "甲.txt", "dates", "6月30日", "right")
    judge(archive, "甲.txt", "quantities", "1.2万元", "wrong", reason="单位不对")
    before = path(archive, "甲.txt").read_bytes()
    extracted(archive.parent, "--fresh")
    assert path(archive, "甲.txt").read_bytes() == before
    out, err = reviewed(archive)
    rows = {tuple(line.split()[:2]): line.split()[2:] for line in out.splitlines()[1:]}
    assert rows["dates", "day"][2:] == ["1", "0", "0", "100%"]
    assert rows["quantities", "money"] == ["2", "1", "0", "1", "0", "0%"]
    assert rows["quantities", "count"][2:] == ["0", "0", "0"]
    assert "2 verdicts in 1 files" in err


def test_a_verdict_without_its_words_is_told_not_lost(archive: Path) -> None:
    judge(archive, "甲.txt", "quantities", "1.2万元", "wrong", reason="单位不对")
    source = archive.parent / "reports" / "甲.txt"
    source.write_text(TEXT.replace("投入资金1.2万元", "投入了资金"), "utf-8")
    extracted(archive.parent)
    assert "no longer there: 甲.txt: quantities 1.2万元 (wrong)" in reviewed(archive)[1]
    assert len(load(path(archive, "甲.txt")).verdicts) == 1


def test_corrections_become_examples_that_load(archive: Path, tmp_path: Path) -> None:
    judge(archive, "甲.txt", "quantities", "1.2万元", "edited", edits={"value": 13000, "noun": "资金"})
    judge(archive, "甲.txt", "dates", "2023年8月", "wrong", reason="不是日期")
    judge(archive, "乙.txt", "quantities", "120人次", "wrong", reason="不是这一类")
    judge(archive, "甲.txt", "problems", "学习", "edited", edits={"state": "completed"})
    folder = tmp_path / "mine"
    _, err = reviewed(archive, "--examples", str(folder))
    assert "3 examples written" in err
    assert "no rule by itself: problems quoted-problem: 学习不深入" in err
    made = tomllib.loads((folder / "quantities.toml").read_text("utf-8"))
    entries = {entry["id"]: entry for entries in made.values() for entry in entries}
    assert entries["money"]["examples"][-1] == {"text": "投入资金«1.2万元»", "value": 13000}
    assert entries["count"]["never"][-1] == "参训120人次"
    dates = tomllib.loads((folder / "dates.toml").read_text("utf-8"))["rule"]
    assert dates[0]["never"][-1] == "已于2023年8月印发《学习制度》"
    assert err.count("not yet: ") == 3
    checked = runner.invoke(app, ["rules", "check", "--rules", str(folder)])
    assert checked.exit_code == 1
    assert "money" in checked.stderr
    assert "13000" in checked.stderr
    again = runner.invoke(app, ["review", str(archive), "--examples", str(folder)])
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_an_example_of_a_correct_correction_holds(archive: Path, tmp_path: Path) -> None:
    """A rule that does what the reviewer says: its example is met, and with it the whole entry."""
    one = judge(archive, "甲.txt", "dates", "6月30日", "edited", edits={"value": "2023-06-30"})
    review = load(path(archive, "甲.txt")).verdicts[0]
    amend(path(archive, "甲.txt"), one.fingerprint, review.model_copy(update={"judged": {"value": "2023-06-03"}}))
    _, err = reviewed(archive, "--examples", str(tmp_path / "mine"))
    assert "1 examples written" in err
    assert "not yet" not in err


def test_an_entry_of_a_users_folder_keeps_its_place(tmp_path: Path) -> None:
    ids = [entry["id"] for entry in load_rules().data["dates"]["rule"]]
    entry = load_rules().data["dates"]["rule"][3]
    over = laid(files(shipped()), {"dates.toml": toml.tables([("rule", entry), ("rule", {**entry, "id": "new"})])})
    assert [one["id"] for one in over.data["dates"]["rule"]] == ["new", *ids]


def test_results_with_the_verdicts_go_to_another_folder(archive: Path, tmp_path: Path) -> None:
    judge(archive, "甲.txt", "quantities", "1.2万元", "wrong", reason="单位不对")
    judge(archive, "甲.txt", "quantities", "3.5万元", "edited", edits={"value": 36000})
    before = {file.name: file.read_bytes() for file in archive.iterdir() if file.suffix == ".json"}
    out = tmp_path / "corrected"
    assert "written: 2 reports" in reviewed(archive, "--out", str(out), "--format", "csv,xlsx")[1]
    with (out / "quantities.csv").open(encoding="utf-8-sig") as file:
        rows = {row["text"]: row["value"] for row in csv.DictReader(file)}
    assert "1.2万元" not in rows
    assert rows["3.5万元"] == "36000"
    assert (out / "甲.txt.xlsx").is_file()
    assert (out / "乙.txt.json").read_bytes() == (archive / "乙.txt.json").read_bytes()
    assert {file.name: file.read_bytes() for file in archive.iterdir() if file.suffix == ".json"} == before
    same = runner.invoke(app, ["review", str(archive), "--out", str(archive)])
    assert same.exit_code == 1
    assert "another folder" in same.stderr


def test_no_archive_is_said(tmp_path: Path) -> None:
    result = runner.invoke(app, ["review", str(tmp_path)])
    assert result.exit_code == 1
    assert "no archive" in result.stderr


@pytest.mark.skipif(not hasattr(Path, "chmod"), reason="needs permissions")
def test_a_review_that_cannot_be_written_is_said(report: Report, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one = subject(report, "dates", "6月30日")
    with pytest.raises((WriteError, ReadError)):
        amend(path(tmp_path / "file", "报告.txt"), one.fingerprint, verdict(one, "right"))


def test_samples_can_be_judged_in_a_copy(tmp_path: Path) -> None:
    """Every kind of record of a real report finds its own verdict again."""
    shutil.copy(SAMPLES / "rectification-lanxi-water-2022.txt", tmp_path)
    report = extract_text((tmp_path / "rectification-lanxi-water-2022.txt").read_text("utf-8"))
    review = Review(verdicts=tuple(verdict(one, "right") for one in of_report(report).values()))
    laid_out = lay(of_report(report), review)
    assert not laid_out.orphans
    assert not any(one.stale for one in laid_out.standing.values())
    assert corrected(report, review) == report
