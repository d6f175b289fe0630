"""A browser, and archives that are served to the tests of the local application."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from served import FIRST, REPORTS, SAMPLES, Served, extract, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("needs chromium")
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A body's reports of three years with its feedback; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "reports").mkdir()
    for name in REPORTS:
        shutil.copy(SAMPLES / name, folder / "reports")
    (folder / "secret.json").write_text("{}")
    extract(folder / "reports", "--out", folder / "archive", "--format", "json")
    with serving(folder / "archive") as one:
        yield one


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports, of one, and its archive with the store."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "reports").mkdir()
    shutil.copy(SAMPLES / FIRST, folder / "reports")
    extract(folder / "reports", "--out", folder / "archive", "--format", "json,duckdb")
    return folder


@pytest.fixture(scope="module")
def lone(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(small, folder, dirs_exist_ok=True)
    with serving(folder / "archive") as one:
        yield one


@pytest.fixture
def own(lone: Served, small: Path) -> Served:
    """The small archive for one test to change, as it was before the last one did."""
    folder = lone.archive.parent
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.copytree(small, folder, dirs_exist_ok=True)
    return lone
