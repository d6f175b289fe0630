"""Archives: the same bytes for any number of jobs, resumed after any interruption, zips opened like folders."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import hostile
import pytest

from extractor import archive, extract_many
from extractor.archive import work
from extractor.archive.executor import Limits
from extractor.archive.manifest import read
from extractor.archive.results import Place, put
from extractor.errors import ReadError, RuleError, WriteError
from extractor.readers import ocr
from extractor.readers.paged.sheets import Sheet

HOLD = """
import pathlib, sys
from extractor.scratch import scratch
with scratch(pathlib.Path(sys.argv[1]), "drafts"):
    print("held", flush=True)
    sys.stdin.read()
"""
SCAN = Path(__file__).parent.parent / "samples" / "reports" / "work-report-lanxi-2023-scan.pdf"
TEXT = "一、总体情况\n截至2023年6月，共办理信访件{}件。\n"
FORMATS = ("json", "csv", "xlsx")


def run(
    *paths: Path, out: Path, jobs: int = 2, fresh: bool = False, settings: work.Settings | None = None
) -> list[str]:
    """Do a run; the paths of the files that were worked on."""
    chosen = settings or work.Settings(("json", "csv"))
    with archive.prepared(paths, out, chosen, Limits(seconds=20), jobs, fresh) as planned:
        return [row.path for row in planned]


def rows(out: Path) -> dict[str, archive.Row]:
    return {row.path: row for row in read(out / "manifest.jsonl")}


def content(out: Path) -> dict[str, bytes]:
    """Every file of an archive; the manifest without the seconds."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    lines = [json.loads(line) for line in files["manifest.jsonl"].splitlines()]
    return {**files, "manifest.jsonl": json.dumps([{**line, "seconds": 0} for line in lines]).encode()}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Thirty files in three folders, one of them broken, two of the same content."""
    for i in range(30):
        path = tmp_path / "in" / f"202{i % 3}" / f"报告{i:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(i % 29), "utf-8")
    (tmp_path / "in" / "2020" / "broken.docx").write_bytes(b"PK\x03\x04")
    return tmp_path / "in"


def test_any_number_of_jobs_gives_the_same_bytes(tree: Path, tmp_path: Path) -> None:
    settings = work.Settings(FORMATS)
    for jobs in (1, 4):
        run(tree, out=tmp_path / str(jobs), jobs=jobs, settings=settings)
    here = Limits(isolated=False)
    with archive.prepared([tree], tmp_path / "here", settings, here, 1) as planned:
        assert len(list(planned)) == 31
    assert content(tmp_path / "1") == content(tmp_path / "4") == content(tmp_path / "here")
    paths = [row.path for row in read(tmp_path / "1" / "manifest.jsonl")]
    assert paths == sorted(paths)
    assert len(paths) == 31


def test_a_second_run_does_what_is_new_or_changed(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert len(run(tree, out=out)) == 31
    before = content(out)
    assert run(tree, out=out) == []
    assert content(out) == before
    (tree / "2020" / "报告00.txt").write_text(TEXT.format(77), "utf-8")
    (tree / "new.txt").write_text(TEXT.format(78), "utf-8")
    (out / "2021" / "报告01.txt.json").unlink()
    assert sorted(run(tree, out=out)) == ["2020/报告00.txt", "2021/报告01.txt", "new.txt"]
    run(tree, out=tmp_path / "undisturbed")
    assert content(out) == content(tmp_path / "undisturbed")
    assert len(run(tree, out=out, fresh=True)) == 32
    assert content(out) == content(tmp_path / "undisturbed")


def test_other_rules_are_another_result(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(tree, out=out)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "noise.toml").write_text(
        "[[noise]]\nid = 'my-site'\nscope = 'line'\npattern = '欢迎访问某某网'\nexamples = [{ text = '«欢迎访问某某网»' }]\n",
        "utf-8",
    )
    settings = work.Settings(rules=tmp_path / "rules")
    assert len(run(tree, out=out, settings=settings)) == 31
    assert run(tree, out=out, settings=settings) == []
    assert len({row.rules_version for row in rows(out).values()}) == 1


def test_another_format_needs_no_second_reading(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run(tree, out=out, settings=work.Settings())
    monkeypatch.setattr(work, "report_of", _never)
    done = run(tree, out=out, settings=work.Settings(FORMATS))
    assert len(done) == 30
    monkeypatch.undo()
    run(tree, out=tmp_path / "at-once", settings=work.Settings(FORMATS))
    assert content(out) == content(tmp_path / "at-once")


def _never(settings: work.Settings, job: work.Job) -> None:
    raise AssertionError("was read again")


def test_the_same_content_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(TEXT.format(1), "utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "worse.docx").write_bytes(b"PK\x03\x04")
    seen: list[str] = []
    real = work.report_of

    def noted(settings: work.Settings, job: work.Job) -> object:
        seen.append(job.name.name)
        return real(settings, job)

    monkeypatch.setattr(work, "report_of", noted)
    with archive.prepared([tmp_path], tmp_path / "out", work.Settings(), Limits(isolated=False), 1) as planned:
        assert len(list(planned)) == 5
    assert seen == ["a.txt", "bad.docx", "c.md"]  # .md is read as Markdown: another report
    a, b = (json.loads((tmp_path / "out" / f"{name}.txt.json").read_bytes()) for name in "ab")
    assert (a["source"].pop("name"), b["source"].pop("name")) == ("a.txt", "b.txt")
    assert a == b
    found = rows(tmp_path / "out")
    assert (found["worse.docx"].code, found["worse.docx"].status) == (found["bad.docx"].code, "failed")


def test_what_is_no_longer_there_is_marked(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(tree, out=out)
    (tree / "2020" / "报告03.txt").unlink()
    run(tree, out=out)
    assert [row.path for row in rows(out).values() if row.removed] == ["2020/报告03.txt"]
    assert (out / "2020" / "报告03.txt.json").is_file()
    assert "报告03" not in (out / "documents.csv").read_text("utf-8")
    (tree / "2020" / "报告03.txt").write_text(TEXT.format(3), "utf-8")
    assert run(tree, out=out) == []
    assert not any(row.removed for row in rows(out).values())
    run(tree / "2021", out=out)  # another folder says nothing of this one
    assert not any(row.removed for row in rows(out).values())


def test_a_file_that_breaks_leaves_no_old_result(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(1), "utf-8")
    run(path, out=tmp_path / "out")
    path.write_bytes(b"")
    run(path, out=tmp_path / "out")
    assert rows(tmp_path / "out")["a.txt"].code == "empty"
    assert not (tmp_path / "out" / "a.txt.json").exists()


def test_a_cut_line_of_the_manifest_costs_one_file(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(tree, out=out)
    before = content(out)
    path = out / "manifest.jsonl"
    path.write_bytes(path.read_bytes()[:-100])
    assert len(run(tree, out=out)) == 1
    assert content(out) == before


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("rows_before", [0, 3, 17])
def test_a_killed_run_is_resumed(tree: Path, tmp_path: Path, rows_before: int) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "extractor", "extract", tree, "--out", out, "--format", "csv", "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(read(out / "manifest.jsonl")) < rows_before:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(read(out / "manifest.jsonl"))
    for path in out.rglob("*.json"):
        json.loads(path.read_bytes())
    assert len(run(tree, out=out)) == 31 - done
    run(tree, out=tmp_path / "undisturbed")
    assert content(out) == content(tmp_path / "undisturbed")


def test_what_a_killed_run_left_undone_is_cleared_away(tree: Path, tmp_path: Path) -> None:
    """Whatever its children still write has nowhere to go: not even an old result in place of a new one."""
    out = tmp_path / "out"
    killed = [out / ".drafts-0123", out / ".store-0123"]
    for folder in killed:
        folder.mkdir(parents=True)
        (folder / "lock").touch()
        (folder / "half").write_bytes(b"{")
    (out / ".dates.csv.part").write_bytes(b"half")
    run(tree, out=out)
    assert not list(out.rglob(".*"))
    with pytest.raises(WriteError):
        put(Place(out, killed[0]), "late.txt", {"json": b"{}"})


def test_two_runs_do_not_write_into_one_archive(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", HOLD, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(WriteError, match="another run is writing"):
            run(tree, out=out)
        other.communicate()
    assert len(run(tree, out=out)) == 31


def test_a_scan_is_read_again_once_it_can_be_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SCAN, tmp_path / "in" / "scan.pdf")
    (tmp_path / "in" / "a.txt").write_bytes(hostile.TEXT)
    monkeypatch.setattr(ocr, "installed", lambda: False)
    run(tmp_path / "in", out=tmp_path / "out")
    row = rows(tmp_path / "out")["scan.pdf"]
    assert (row.status, row.lacked) == ("partial", "ocr")
    assert run(tmp_path / "in", out=tmp_path / "out") == []
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "sheet", lambda page, number, before: Sheet(number, (595.0, 842.0), (), (), ocr=0.1))
    assert run(tmp_path / "in", out=tmp_path / "out") == ["scan.pdf"]
    assert rows(tmp_path / "out")["scan.pdf"].lacked is None


def test_a_large_file_has_more_time() -> None:
    limits = Limits(seconds=60)
    assert [limits.time(size) for size in (0, 1 << 19, 7 << 20, 1 << 30)] == [60, 60, 480, 600]


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(hostile.zipped(files))
    return path


def test_a_zip_is_a_folder(tmp_path: Path) -> None:
    members = {
        "inner/report.docx": hostile.WORD,
        "内/说明.txt": hostile.TEXT,
        "__MACOSX/._x": b"x",
        "inner/.DS_Store": b"x",
    }
    source, out = zip_of(tmp_path / "archive.zip", members), tmp_path / "out"
    assert sorted(run(source, out=out)) == ["archive.zip/inner/report.docx", "archive.zip/内/说明.txt"]
    result = json.loads((out / "archive.zip" / "inner" / "report.docx.json").read_bytes())
    assert result["source"]["name"] == "report.docx"
    assert rows(out)["archive.zip/inner/report.docx"].sha256 == result["source"]["sha256"]
    assert run(source, out=out) == []
    zip_of(source, {**members, "more.txt": hostile.TEXT + b"1", "inner/report.docx": b""})
    assert sorted(run(source, out=out)) == ["archive.zip/inner/report.docx", "archive.zip/more.txt"]


def test_a_zip_that_opens_at_last_is_no_longer_a_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source, out = tmp_path / "in" / "a.zip", tmp_path / "out"
    source.write_bytes(hostile.zipped({}))
    run(tmp_path / "in", out=out)
    assert rows(out)["a.zip"].code == "empty"
    zip_of(source, {"a.txt": hostile.TEXT})
    run(tmp_path / "in", out=out)
    assert {row.path: (row.status, row.removed) for row in rows(out).values()} == {"a.zip/a.txt": ("ok", False)}


@pytest.mark.parametrize("raw", ["整改报告.txt".encode("gbk"), "整改报告.txt".encode()])
def test_names_of_a_chinese_windows(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(hostile.zip_named(raw))
    assert run(tmp_path / "a.zip", out=tmp_path / "out") == ["a.zip/整改报告.txt"]
    assert (tmp_path / "out" / "a.zip" / "整改报告.txt.json").is_file()


@pytest.mark.parametrize(("name", "data", "path", "codes"), list(hostile.zips()), ids=lambda value: str(value)[:20])
def test_zips_that_are_refused(tmp_path: Path, name: str, data: bytes, path: str, codes: Sequence[str]) -> None:
    (tmp_path / name).write_bytes(data)
    run(tmp_path / name, out=tmp_path / "deep" / "out", settings=work.Settings())
    row = rows(tmp_path / "deep" / "out")[path]
    assert (row.status, row.code in codes) == ("failed", True), row
    assert sorted(entry.name for entry in tmp_path.rglob("*") if entry.is_file()) == sorted([name, "manifest.jsonl"])


def test_two_members_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(hostile.zipped({"a/b.txt": hostile.TEXT, "a\\b.txt": hostile.TEXT + b"1"}))
    assert sorted(run(tmp_path / "a.zip", out=tmp_path / "out")) == ["a.zip/a/b (2).txt", "a.zip/a/b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_names_that_no_result_can_have(tmp_path: Path) -> None:
    long, odd = "长" * 84 + ".t", os.fsdecode(b"\xb1\xa8.txt")
    (tmp_path / "in").mkdir()
    for name in (long, odd, "good.txt"):
        (tmp_path / "in" / name).write_bytes(hostile.TEXT)
    assert len(run(tmp_path / "in", out=tmp_path / "out")) == 3
    found = rows(tmp_path / "out")
    assert found["good.txt"].status == "ok"
    assert (found[long].code, found[long].status) == ("unsafe", "failed")
    assert found[r"\udcb1\udca8.txt"].sha256 == found["good.txt"].sha256
    assert (tmp_path / "out" / r"\udcb1\udca8.txt.json").is_file()
    assert run(tmp_path / "in", out=tmp_path / "out") == []


def test_many_reports_stream_in_order(tree: Path) -> None:
    paths = sorted(path for path in tree.rglob("*.txt"))
    names = [one.source.name for one in extract_many(iter(paths), jobs=3)]  # type: ignore[union-attr]
    assert names == [path.name for path in paths]
    stream = extract_many((path for path in paths), jobs=2)
    assert next(stream).source.name == paths[0].name  # type: ignore[union-attr]
    stream.close()  # type: ignore[attr-defined]


def test_wrong_arguments_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        extract_many([], rules=tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError):
        run(tmp_path / "empty", out=tmp_path / "out")
