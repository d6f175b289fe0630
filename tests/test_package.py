"""The wheel in a bare environment: the rules are inside and the commands work away from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, ROOT], check=True)
    return next(out.glob("*.whl"))


def test_every_rule_file_is_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"extractor/rules/{path.name}" for path in (ROOT / "rules").glob("*.toml")} <= names
    assert not [name for name in names if name.startswith(("tests/", "samples/"))]


def test_it_works_in_a_bare_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    bin_folder = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", wheel], check=True, cwd=tmp_path)
    subprocess.run([bin_folder / "extractor", "rules", "check"], check=True, cwd=tmp_path, capture_output=True)
    (tmp_path / "a.txt").write_text("一、总体情况\n2023年6月30日，共办理信访件12件。\n", "utf-8")
    subprocess.run(
        [bin_folder / "extractor", "extract", "a.txt", "--out", "out"], check=True, cwd=tmp_path, capture_output=True
    )
    report = json.loads((tmp_path / "out" / "a.txt.json").read_text("utf-8"))
    assert [date["value"] for date in report["dates"]] == ["2023-06-30"]
    assert [quantity["noun"] for quantity in report["quantities"]] == ["信访件"]
