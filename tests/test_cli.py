"""Commands as a user runs them: what they print, write and return."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.records import Report

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TEXT = "一、总体情况\n截至2023年6月，共办理信访件12件。\n"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    return path


def manifest(out: Path) -> dict[str, dict[str, str]]:
    rows = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    return {row["path"]: row for row in rows}


def test_extract_writes_a_result_and_a_manifest(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("extract", report, "--out", out).exit_code == 0
    result = Report.model_validate_json((out / "报告.txt.json").read_bytes())
    assert [date.value for date in result.dates] == ["2023-06"]
    row = manifest(out)["报告.txt"]
    assert (row["status"], row["sha256"]) == ("ok", result.source.sha256)


def test_a_folder_is_mirrored_and_its_own_results_are_not_read(report: Path, tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    report.rename(tmp_path / "2022" / report.name)
    (tmp_path / ".hidden").write_text("x", "utf-8")
    for _ in range(2):
        assert run("extract", tmp_path, "--out", tmp_path / "out").exit_code == 0
        assert list(manifest(tmp_path / "out")) == ["2022/报告.txt"]
        assert (tmp_path / "out" / "2022" / "报告.txt.json").is_file()


def test_results_are_not_read_as_sources(report: Path, tmp_path: Path) -> None:
    assert run("extract", tmp_path, "--out", tmp_path / "old").exit_code == 0
    assert run("extract", tmp_path, "--out", tmp_path / "new").exit_code == 0
    assert list(manifest(tmp_path / "new")) == ["报告.txt"]
    for folder, out in ((tmp_path, tmp_path), (tmp_path / "old", tmp_path / "again")):
        result = run("extract", folder, "--out", out)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "another folder" in result.stderr or "archive of results" in result.stderr
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.txt"}\n', "utf-8")  # of another program
    assert run("extract", tmp_path, "--out", tmp_path / "more").exit_code == 0
    assert list(manifest(tmp_path / "more")) == ["manifest.jsonl", "报告.txt"]


def test_progress_is_plain_lines_where_nobody_watches(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.archive import progress

    monkeypatch.setattr(progress, "EVERY", -1.0)
    (tmp_path / "坏.docx").write_bytes(b"PK")
    lines = run("extract", tmp_path, "--out", tmp_path / "out", "--jobs", "1").stderr.splitlines()
    assert sum(line.startswith(("0 of 2 files, ", "1 of 2 files, ", "2 of 2 files, ")) for line in lines) == 2
    assert sum(line.startswith("failed: 坏.docx: ") for line in lines) == 1
    assert lines[-1] == "2 files: 1 ok, 0 partial, 1 failed"


def test_tables_of_an_earlier_run_are_told(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "earlier run" not in run("extract", report, "--out", out, "--format", "csv").stderr
    assert "earlier run" not in run("extract", report, "--out", out).stderr
    report.write_text("一、新问题\n投入3万元。\n", "utf-8")
    assert "--format csv" in run("extract", report, "--out", out).stderr


BAD = {
    "empty.txt": b"",
    "blank.txt": b"\xef\xbb\xbf  \n\n",
    "garbage.txt": bytes(range(256)) * 64,
    "no-zip.docx": b"this is no zip file",
    "cut.docx": b"PK\x03\x04" + b"\0" * 100,
    "long.txt": "字".encode() * 1_700_000,
    "encrypted.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\0" * 1000
    + "EncryptedPackage".encode("utf-16-le")
    + b"\0" * 1000,
}


def test_bad_files_cost_one_line_each_and_nothing_else(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "empty-folder").mkdir()
    result = run("extract", *(tmp_path / name for name in BAD), tmp_path / "missing.txt", report, "--out", out)
    assert result.exit_code == 1
    rows = manifest(out)
    assert {path for path, row in rows.items() if row["status"] == "failed"} == {*BAD, "missing.txt"}
    assert rows["报告.txt"]["status"] == "ok"
    assert not [row for row in rows.values() if row["code"] == "defect"]
    lines = [line for line in result.stderr.splitlines() if line.startswith("failed: ")]
    assert len(lines) == len(BAD) + 1
    assert {line.split(": ")[1] for line in lines} == {*BAD, "missing.txt"}
    assert "Traceback" not in result.output


def test_an_empty_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("extract", tmp_path / "empty", "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "holds no file" in result.stderr


def test_two_files_for_one_place_are_refused(report: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / report.name).write_text(TEXT, "utf-8")
    result = run("extract", report, tmp_path / "b" / report.name, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "would overwrite" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="a file as folder fails otherwise on Windows")
def test_an_out_folder_that_is_a_file(report: Path) -> None:
    result = run("extract", report, "--out", report)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_usage_errors_are_exit_code_2(report: Path, tmp_path: Path) -> None:
    assert run("extract", report, "--out", tmp_path / "o", "--format", "xml").exit_code == 2
    assert run("extract", report).exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("show", report, "--reference-date", "2023-13").exit_code == 2


def test_show_prints_the_tree_and_the_records(report: Path) -> None:
    result = run("show", report)
    assert result.exit_code == 0
    for words in ("一、 总体情况", "2023-06 until", "total 12 件 信访件"):
        assert words in result.stdout


def test_explain_names_rule_and_characters(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    result = run("explain", report)
    assert result.exit_code == 0
    for words in ("dates", "截至2023年6月", "2023-06 until", "body 2:2-9"):
        assert words in result.stdout


def test_show_says_in_one_line_why_not(tmp_path: Path) -> None:
    result = run("show", tmp_path / "missing.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_schema_describes_a_report(report: Path) -> None:
    schema = json.loads(run("schema").stdout)
    assert set(schema["required"]) == set(Report.model_fields)


def test_rules_check_and_list() -> None:
    assert run("rules", "check").exit_code == 0
    assert "quantities.toml" in run("rules", "list").stdout


def test_a_wrong_rule_is_named_with_what_came_out(tmp_path: Path) -> None:
    (tmp_path / "noise.toml").write_text(
        "[[noise]]\nid = 'my-site'\nscope = 'line'\npattern = '欢迎访问某某网'\nexamples = [{ text = '«欢迎光临某某网»' }]\n",
        "utf-8",
    )
    result = run("rules", "check", "--rules", tmp_path)
    assert result.exit_code == 1
    assert "noise.toml: rule 'my-site'" in result.stderr
    assert "欢迎光临某某网" in result.stderr


@pytest.mark.parametrize(
    "content", ["[[noise]\n", "[[noise]]\nid = 'x'\nscope = 'line'\npattern = '('\n", "[[noise]]\npattern = 1\n"]
)
def test_a_rule_file_that_does_not_load_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "noise.toml").write_text(content, "utf-8")
    result = run("rules", "check", "--rules", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: noise.toml")


def test_help_needs_no_heavy_import() -> None:
    code = "import sys, extractor.cli; print([m for m in ('pydantic', 'lxml', 'jieba', 'regex', 'rich.progress') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_the_whole_corpus_is_read_without_a_defect(tmp_path: Path) -> None:
    files = [path for path in sorted(CORPUS.iterdir()) if path.suffix in {".txt", ".md", ".docx"}]
    result = run("extract", *files, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    for path in files:
        report = Report.model_validate_json((tmp_path / f"{path.name}.json").read_bytes())
        for kind in ("headings", "dates", "quantities"):
            for record in getattr(report, kind):
                text = report.documents[record.doc].text
                assert text[record.span.start : record.span.end] == record.text
