"""`extractor compare` as a user runs it, and the comparison of the samples as it was.

`EXTRACTOR_REGENERATE=1 python -m pytest tests/test_compare.py` writes the samples' comparison anew; read the diff
before committing it.
"""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from annotated import lines
from typer.testing import CliRunner, Result

import extractor
from extractor.cli import app
from extractor.comparison import outputs
from extractor.comparison.records import Comparison
from extractor.comparison.summary import years

SAMPLES = Path(__file__).parent.parent / "samples"
REPORTS = SAMPLES / "reports"
EXPECTED = SAMPLES / "comparison.json"
WATER = [
    REPORTS / name
    for name in (
        "rectification-lanxi-water-2021.txt",
        "rectification-lanxi-water-2022.txt",
        "rectification-lanxi-water-2023.docx",
        "feedback-lanxi-water-2022.txt",
    )
]
WORK = [REPORTS / name for name in ("work-report-lanxi-2022.md", "work-report-lanxi-2023.docx")]
PAPER = "临溪县水利局{year}年工作总结\n一、主要工作\n新建渠道{km}公里。\n"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def compared(out: Path) -> Comparison:
    return Comparison.model_validate_json((out / "comparison.json").read_bytes())


def members(out: Path) -> dict[str, list[tuple[int, str]]]:
    made = compared(out)
    return {one.id: [(m.year, made.reports[m.report].file) for m in one.members] for one in made.series}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year, km in ((2021, 12), (2022, 15)):
        (folder / f"summary-{year}.txt").write_text(PAPER.format(year=year, km=km), "utf-8")
    return folder


ID = "临溪县水利局/工作总结"


def test_files(papers: Path, tmp_path: Path) -> None:
    files = sorted(papers.iterdir())
    result = run("compare", *files, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert ID in result.stdout
    assert "2021–2022" in result.stdout
    assert max(map(len, result.stdout.splitlines())) < 1000  # in a pipe, lines once were padded to its width
    assert members(tmp_path / "out") == {ID: [(2021, str(files[0])), (2022, str(files[1]))]}


def test_a_folder_an_archive_its_results_and_a_zip_give_the_same_rows(papers: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    assert run("extract", papers, "--out", archive).exit_code == 0
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as packed:
        for file in papers.iterdir():
            packed.write(file, file.name)
    made: list[dict[str, Any]] = []
    for i, path in enumerate([papers, archive, tmp_path / "reports.zip"]):
        out = tmp_path / f"out{i}"
        assert run("compare", path, "--out", out).exit_code == 0
        inside = "reports.zip/" if path.suffix == ".zip" else ""
        assert members(out) == {ID: [(year, f"{inside}summary-{year}.txt") for year in (2021, 2022)]}
        made.append(compared(out).model_dump(exclude={"reports", "gaps"}))
    assert made[0] == made[1] == made[2]
    assert run("compare", *sorted(archive.glob("*.json")), "--out", tmp_path / "json").exit_code == 0
    assert compared(tmp_path / "json").indicators == compared(tmp_path / "out0").indicators


def test_a_folder_gives_the_files_that_extract_reads_in_it(papers: Path, tmp_path: Path) -> None:
    for name, content in [
        ("draw.py", b"print(1)\n"),
        ("list.csv", b"a,b\n"),
        ("notes", b"a word\n"),
        ("x.bin", b"\0\1"),
    ]:
        (papers / name).write_bytes(content)
    archive = tmp_path / "archive"
    run("extract", papers, "--out", archive)
    read = sorted(path.name.removesuffix(".json") for path in archive.glob("*.json"))
    run("compare", papers, "--out", tmp_path / "out")
    assert [one.file for one in compared(tmp_path / "out").reports] == read
    assert members(tmp_path / "out") == {ID: [(year, f"summary-{year}.txt") for year in (2021, 2022)]}


def test_the_same_input_gives_the_same_bytes_and_leaves_its_own_output_alone(papers: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    run("extract", papers, "--out", archive)
    made = []
    for _ in range(2):
        assert run("compare", archive, "--out", archive).exit_code == 0
        made.append((archive / "comparison.json").read_bytes())
    assert made[0] == made[1]
    assert run("compare", papers, "--out", papers / "out").exit_code == 0
    assert run("compare", papers, "--out", papers / "out").exit_code == 0


def test_two_folders_may_hold_files_of_one_name(papers: Path, tmp_path: Path) -> None:
    for year in (2021, 2022):
        (tmp_path / str(year)).mkdir()
        (papers / f"summary-{year}.txt").rename(tmp_path / str(year) / "summary.txt")
    assert run("compare", tmp_path / "2021", tmp_path / "2022", "--out", tmp_path / "out").exit_code == 0
    files = [f"{(tmp_path / str(year)).as_posix()}/summary.txt" for year in (2021, 2022)]
    assert members(tmp_path / "out") == {ID: [(2021, files[0]), (2022, files[1])]}


def test_a_file_that_cannot_be_read_is_said_and_has_its_place_in_the_grid(papers: Path, tmp_path: Path) -> None:
    (papers / "summary-2023.docx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    (papers / "notes.json").write_text("{}", "utf-8")
    result = run("compare", papers, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "not read: summary-2023.docx: " in result.stderr
    assert "not read: notes.json: " in result.stderr
    places = {(gap.year, gap.presence, gap.files) for gap in compared(tmp_path / "out").gaps}
    assert (2023, "unreadable", ("summary-2023.docx",)) in places
    (papers / "notes.json").unlink()
    archive = tmp_path / "archive"
    assert run("extract", papers, "--out", archive).exit_code == 1
    assert run("compare", archive, "--out", tmp_path / "again").exit_code == 0, "the run that made it has said so"
    assert compared(tmp_path / "again").gaps == compared(tmp_path / "out").gaps


def test_nothing_to_compare_is_one_line(tmp_path: Path) -> None:
    result = run("compare", tmp_path / "missing.txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "nothing to compare" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_list_says_what_titles_do_not(papers: Path, tmp_path: Path) -> None:
    (papers / "summary-2022.txt").write_text("一、主要工作\n新建渠道15公里。\n", "utf-8")
    listed = tmp_path / "list.csv"
    listed.write_bytes(f"文件,系列,年度\nsummary-2022.txt,{ID},2022\n".encode("gb18030"))
    assert run("compare", papers, "--series", listed, "--out", tmp_path / "out").exit_code == 0
    made = compared(tmp_path / "out")
    assert [(m.year, m.by) for m in made.series[0].members] == [(2021, "body: title; year: title"), (2022, "list")]
    assert not made.issues


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,series,year\nnone.txt,a/b,2022\n", "line 2: no file that is compared is called 'none.txt'"),
        ("file,series,year\n\nsummary-2022.txt,a/b,22\n", "line 3: '22' is no year"),
        ("file,series,year\nsummary-2022.txt,,2022\n", "line 2: the series is empty"),
        ("file,series,year\nsummary-2022.txt,a,2022\nsummary-2022.txt,a,2023\n", "line 3: summary-2022.txt stands in line 2"),
        ("summary-2022.txt,a,2022\n", "line 1: no column file, series, year"),
        ("", "line 1: no column"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_named_by_its_line(papers: Path, tmp_path: Path, text: str, words: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(text, "utf-8")
    result = run("compare", papers, "--series", listed, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("error: ")
    assert words in result.stderr


def test_usage(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("compare", papers, "--out", out, "--format", "docx").exit_code == 2
    assert run("compare", papers, "--answers", "--out", out).exit_code == 2
    assert run("compare", papers).exit_code == 2
    assert run("compare", papers, papers, "--answers", "--out", out).exit_code == 2


def test_every_format_is_written_unless_some_are_asked_for(papers: Path, tmp_path: Path) -> None:
    run("compare", papers, "--out", tmp_path / "all")
    assert {path.suffix[1:] for path in (tmp_path / "all").iterdir()} == set(outputs.FILES)
    run("compare", papers, "--out", tmp_path / "json", "--format", "json")
    assert [path.name for path in (tmp_path / "json").iterdir()] == ["comparison.json"]


def test_two_reports_of_two_bodies_are_said_not_to_be_comparable(papers: Path, tmp_path: Path) -> None:
    (papers / "summary-2022.txt").write_text("临溪县财政局2022年工作总结\n一、主要工作\n", "utf-8")
    result = run("compare", papers, "--out", tmp_path / "out")
    assert "no two reports are of one body and one kind" in result.stdout


def test_what_a_report_answers_to_feedback(tmp_path: Path) -> None:
    result = run("compare", "--answers", WATER[3], WATER[1], "--out", tmp_path / "out")
    assert result.exit_code == 0
    made = compared(tmp_path / "out")
    assert [one.file for one in made.reports] == [str(WATER[3]), str(WATER[1])]
    assert made.answers
    assert not made.indicators
    for row in made.answers:
        wanting = row.fate in ("not_answered", "softened", "partly")
        assert not wanting or (row.finding and row.finding.text[:20] in result.stdout)


def test_a_program_compares_reports() -> None:
    made = extractor.compare(extractor.extract(path) for path in WORK)
    assert isinstance(made, extractor.Comparison)
    assert [one.id for one in made.series] == ["岚溪县人民政府/政府工作报告"]
    assert [one.file for one in made.reports] == [path.name for path in WORK]


def test_years_are_told_in_runs() -> None:
    assert years([2005, 2003, 2004, 2009, 2003]) == "2003–2005, 2009"


def _brief(made: Comparison) -> dict[str, list[dict[str, Any]]]:
    """What the comparison says, without where it stands: a line for each row."""
    row = made.model_dump(mode="json")
    text = lambda place: place and place["text"]  # noqa: E731
    return {
        "series": [{"id": one["id"], "years": [m["year"] for m in one["members"]]} for one in row["series"]],
        "indicators": [
            {key: one[key] for key in ("series", "indicator", "kind", "scope", "table", "trend")}
            | {"cells": {year: text(cell) for year, cell in one["cells"].items()}}
            for one in row["indicators"]
        ],
        "problems": [
            {"fate": one["fate"], "stations": {year: text(station) for year, station in one["stations"].items()}}
            for one in row["problems"]
        ],
        "promises": [
            {"start": one["start"], "fate": one["fate"], "promise": text(one["promise"]), "answer": text(one["answer"])}
            for one in row["promises"]
        ],
        "answers": [
            {"fate": one["fate"], "finding": text(one["finding"]), "answer": text(one["answer"])}
            for one in row["answers"]
        ],
        "contradictions": [
            {"dossier": one["title"], "rule": each["rule"], "message": each["message"]}
            for one in row["dossiers"]
            for each in one["contradictions"]
        ],
        "reuse": [
            {"kind": one["kind"], "left": one["left"]["report"], "right": one["right"]["report"], "text": text(one["right"])}
            for one in row["reuse"]
        ],
        "gaps": [{key: one[key] for key in ("body", "kind", "year", "presence")} for one in row["gaps"]],
        "issues": [{"code": one["code"], "message": one["message"]} for one in row["issues"]],
    }  # fmt: skip


def test_the_samples_comparison_is_what_it_was() -> None:
    found = _brief(extractor.compare(extractor.extract(path) for path in (*WATER, *WORK)))
    if os.environ.get("EXTRACTOR_REGENERATE") == "1":
        EXPECTED.write_text(lines(found), "utf-8")
        pytest.skip(f"{EXPECTED.name} written anew")
    assert found == json.loads(EXPECTED.read_text("utf-8"))
