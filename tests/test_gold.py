"""Accuracy has floors: the annotated documents here, and those and the peers' cases beside this repository, where they are."""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

import extractor

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from scoring import OWN, Score, annotated, scored

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))

shared = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold files are not here")


@pytest.fixture(scope="session")
def own() -> dict[str, Score]:
    return scored([OWN])


@pytest.mark.parametrize("figure", FLOORS["own"])
def test_own(own: dict[str, Score], figure: str) -> None:
    assert round(own[figure].f1, 4) >= FLOORS["own"][figure]


@pytest.mark.parametrize("kind", ["dates", "quantities"])
def test_what_is_annotated_stands_in_the_text_in_this_order(kind: str) -> None:
    for gold, (source, *_) in annotated(OWN):
        text, at = source.read_text("utf-8"), 0
        for record in gold[kind]:
            at = text.index(record["text"], at) + len(record["text"])


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Stem → (gold file, result file) of every gold file of a document."""
    out = tmp_path_factory.mktemp("gold")
    pairs = {}
    for gold in sorted((SHARED / "gold").glob("*.json")):
        for source in (SHARED / "corpus").glob(f"{gold.stem}.*"):
            result = out / f"{source.name}.json"
            result.write_text(extractor.extract(source).model_dump_json(), "utf-8")
            pairs[gold.stem] = (str(gold), str(result))
    assert pairs
    return pairs


@pytest.fixture(scope="session")
def figures(results: dict[str, tuple[str, str]]) -> dict[str, dict[str, float]]:
    score = module(SHARED / "score.py").score
    tables = {"gold": score(list(results.values()))[0], "seed": score([results["seed"]])[0]}
    return {name: {figure: row["f1"] for figure, row in table.items()} for name, table in tables.items()}


@shared
@pytest.mark.parametrize(("part", "figure"), [(p, f) for p in ("gold", "seed") for f in FLOORS[p]])
def test_gold(figures: dict[str, dict[str, float]], part: str, figure: str) -> None:
    assert round(figures[part][figure], 4) >= FLOORS[part][figure]


@pytest.fixture(scope="session")
def passed() -> dict[str, float]:
    """Share of the peers' cases passed, per kind."""
    peers = module(SHARED / "peers" / "run_cases.py")
    done: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for line in (SHARED / "peers" / "cases-dev.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        report = extractor.extract_text(case["input"], reference_date=case.get("reference_date"))
        found = [json.loads(record.model_dump_json()) for record in getattr(report, peers.LISTS[case["kind"]])]
        done[case["kind"]] += 1
        right[case["kind"]] += peers.judge(case, found)
    return {kind: right[kind] / done[kind] for kind in done}


@shared
@pytest.mark.parametrize("kind", FLOORS["peers"])
def test_peers(passed: dict[str, float], kind: str) -> None:
    assert round(passed[kind], 4) >= FLOORS["peers"][kind]
