"""What the READMEs show is what happens, and they show every command."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import extractor
from extractor.cli import app

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_is_shown(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for command in commands.values():
        for part in getattr(command, "commands", {"": command}).values():
            words = f"{command.name} {part.name}" if part is not command else command.name
            assert f"extractor {words}" in text
            for option in (name for param in part.params for name in param.opts if name.startswith("--")):
                assert option in text, f"{words} {option}"


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_says_what_comes_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    scope: dict[str, object] = {}
    exec(code, scope)
    for expression, value in re.findall(r"^print\((.+)\) +# (.+)$", code, re.MULTILINE):
        assert str(eval(expression, scope)) == value


def test_the_walk_through_of_the_rules_works(tmp_path: Path) -> None:
    text = (ROOT / "rules" / "README.md").read_text("utf-8")
    for name, block in zip(("quantities", "noise"), re.findall(r"```toml\n(.*?)```", text, re.DOTALL), strict=True):
        (tmp_path / f"{name}.toml").write_text(textwrap.dedent(block), "utf-8")
    assert CliRunner().invoke(app, ["rules", "check", "--rules", str(tmp_path)]).exit_code == 0
    report = extractor.extract_text(
        "一、开展情况\n投入挖掘机1200台班。\n本文由青笺文库整理，会员可免费下载", rules=tmp_path
    )
    assert [q.rule for q in report.quantities] == ["my-machine-shifts"]
    assert [n.rule for n in report.noise] == ["qingjian"]


@pytest.mark.parametrize("name", READMES)
def test_every_figure_that_is_claimed_was_measured(name: str) -> None:
    (section,) = re.findall(
        r"^## (?:Measured|实测)\n(.*?)^## ", (ROOT / name).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")
    first_reading = (ROOT / "tests" / "gold" / "README.md").read_text("utf-8")
    claims = re.findall(r"\d+(?:\.\d+|/\d+)", section)
    assert len(claims) > 15
    measured = set(re.findall(r"\d+(?:\.\d+|/\d+)", results + first_reading))
    assert set(claims) <= measured
