"""What a file does to the process that reads it costs that file only: one line of the manifest, and nothing else."""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import pytest
from typer.testing import CliRunner

from extractor import Failure, Report, extract_many
from extractor.archive import work
from extractor.cli import app

forked = pytest.mark.skipif(
    sys.platform != "linux", reason="children see what a test replaces only where they are forked"
)


def run(*args: str | Path) -> int:
    return CliRunner().invoke(app, [str(arg) for arg in ("extract", *args)]).exit_code


def manifest(out: Path) -> dict[str, dict[str, str]]:
    rows = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert len({row["path"] for row in rows}) == len(rows)
    return {row["path"]: row for row in rows}


def hog() -> None:
    """Take address space without touching it, so that the limit of memory is met long before that of time."""
    held = []
    while True:
        held.append(bytes(50 << 20))


def spin() -> None:
    """Hold the interpreter's lock in C, so that no handler of a signal can run."""
    sys.set_int_max_str_digits(0)
    int("9" * 4_000_000)


HARM: dict[str, tuple[Callable[[], object], str, str]] = {
    "hang.txt": (lambda: time.sleep(60), "timeout", "2 s"),
    "spin.txt": (spin, "timeout", "2 s"),
    "abort.txt": (os.abort, "crashed", "SIGABRT"),
    "exit.txt": (lambda: os._exit(3), "crashed", "exit code 3"),
    "segfault.txt": (lambda: ctypes.string_at(0), "crashed", "SIGSEGV"),
    "hog.txt": (hog, "memory", "1,024 MB"),
    "defect.txt": (lambda: 1 / 0, "defect", "division"),
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """pytest's own handler would print a traceback for every child that breaks off."""
    on = faulthandler.is_enabled()
    faulthandler.disable()
    yield
    if on:
        faulthandler.enable()


@pytest.fixture
def harmful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that harm their reader between forty that do not."""
    real = work.report_of

    def reads_and_harms(settings: work.Settings, job: work.Job) -> Report:
        report = real(settings, job)
        if job.name.name in HARM:
            HARM[job.name.name][0]()
        return report

    monkeypatch.setattr(work, "report_of", reads_and_harms)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in [*HARM, *(f"{i:02}.txt" for i in range(40))]:
        (folder / name).write_bytes(hostile.TEXT + name.encode())
    return folder


@forked
def test_harm_is_one_line_each_and_no_neighbour_is_lost(harmful: Path, tmp_path: Path) -> None:
    assert run(harmful, "--out", tmp_path / "out", "--timeout", "2", "--memory", "1024", "--jobs", "3") == 1
    rows = manifest(tmp_path / "out")
    assert {path for path, row in rows.items() if row["status"] == "failed"} == set(HARM)
    for name, (_, code, words) in HARM.items():
        assert rows[name]["code"] == code, rows[name]
        assert words in rows[name]["message"]
    assert {path.name for path in (tmp_path / "out").glob("*.json")} == {f"{i:02}.txt.json" for i in range(40)}


@forked
def test_limits_decide_whether_a_failure_is_tried_again(harmful: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(harmful, "--out", out, "--timeout", "1", "--memory", "1024")
    first = (out / "manifest.jsonl").read_bytes()
    run(harmful, "--out", out, "--timeout", "1", "--memory", "1024")
    assert (out / "manifest.jsonl").read_bytes() == first
    run(harmful, "--out", out, "--timeout", "1.5", "--memory", "1024")
    rows = manifest(out)
    assert "1.5 s" in rows["hang.txt"]["message"]


@forked
def test_failures_are_values_in_order(harmful: Path) -> None:
    paths = [*sorted(harmful.iterdir()), harmful / "missing.txt"]
    found = list(extract_many(paths, jobs=3, timeout=2, memory=1024))
    assert len(found) == len(paths)
    for path, one in zip(paths, found, strict=True):
        if isinstance(one, Failure):
            assert one.path == path
            assert one.code == (HARM[path.name][1] if path.name in HARM else "missing")
        else:
            assert one.source.name == path.name


def test_hostile_files_in_one_run(tmp_path: Path) -> None:
    """Known attacks, samples cut at every tenth, suffixes that lie, zips: each named, none lost."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    codes: dict[str, set[str | None]] = {}
    for name, (data, allowed) in {**hostile.documents(), **hostile.pdfs()}.items():
        (folder / name).write_bytes(data)
        codes[name] = {*allowed}
    for name, data, path, allowed in hostile.zips():
        (folder / name).write_bytes(data)
        codes[path] = {*allowed}
    quiet = {**hostile.truncations(), **hostile.swapped()}
    for name, data in quiet.items():
        (folder / name).write_bytes(data)
    for path in hostile.SAMPLES:
        (folder / path.name).write_bytes(path.read_bytes())
    assert run(folder, "--out", out, "--timeout", "20", "--memory", "2048", "--jobs", "2") == 1
    rows = manifest(out)
    assert len(codes) + len(quiet) >= 40
    assert set(rows) == {*codes, *quiet, *(path.name for path in hostile.SAMPLES)}
    for path, allowed in codes.items():
        assert rows[path]["code"] in allowed, rows[path]
    for path in hostile.SAMPLES:
        assert rows[path.name]["status"] != "failed", rows[path.name]
        assert (out / f"{path.name}.json").is_file()
    assert not [row for row in rows.values() if row["code"] == "defect"]
    assert not any("passwd" in str(row) or "root:" in str(row) for row in rows.values())
    assert sorted(path for path in tmp_path.iterdir()) == [folder, out]
