"""Imports go one way: a stage never imports another, and nothing imports upwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "extractor"
LAYERS = [  # lower floors first; a module may import lower floors and its own package
    {"errors", "scratch", "terminal", "text", "numerals", "edtf"},
    {"source", "words", "rules"},
    {"found"},
    {"signed"},
    {"records"},
    {"placing", "pages", "fingerprints", "terms"},
    {
        "readers",
        "cleaning",
        "outline",
        "finders",
        "checks",
        "writers",
        "confidence",
    },  # side by side, blind to each other
    {"assemble"},
    {"pipeline", "comparison"},
    {"rulecheck"},
    {"archive", "show"},
    {"store", "evidence"},
    {"reviews"},
    {"web"},
    {"cli", "__init__"},
    {"__main__"},
]
PAGED = PACKAGE / "readers" / "paged"  # under the readers of PDF and OFD and under recognition, knowing none of them
FLOOR = {name: i for i, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))


def home(path: Path) -> str:
    """The name by which the layers know a file: its first part below the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def imports(tree: ast.Module) -> set[str]:
    names = imported(tree)
    return {name.split(".")[1] for name in names if name.startswith("extractor.") and name.split(".")[1] in FLOOR}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = home(path)
    assert own in FLOOR, f"{own} stands on no floor: add it to LAYERS"
    for name in imports(ast.parse(path.read_text("utf-8"))):
        same_package = name == own
        ground = FLOOR[own] <= FLOOR["records"] and FLOOR[name] == FLOOR[own]
        assert same_package or ground or FLOOR[name] < FLOOR[own], f"{own} must not import {name}"


@pytest.mark.parametrize("path", sorted(PAGED.glob("*.py")), ids=lambda path: path.name)
def test_pages_know_no_format(path: Path) -> None:
    names = imported(ast.parse(path.read_text("utf-8")))
    above = {name for name in names if name.startswith("extractor.readers.") and ".paged." not in name}
    assert not above | {name for name in names if name.startswith("pypdfium2")}
