"""The sample reports: what was planted in them by hand is found, and the whole result is what it was.

`EXTRACTOR_REGENERATE=1 python -m pytest tests/test_samples.py` writes the expected results anew; read the diff
before committing it.
"""

from __future__ import annotations

import importlib
import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from annotated import annotated, lines

import extractor
from extractor.records import Report
from extractor.text import fold

SAMPLES = Path(__file__).parent.parent / "samples"
REPORTS = SAMPLES / "reports"
PLANTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "planted.json").read_text("utf-8"))
REGENERATE = os.environ.get("EXTRACTOR_REGENERATE") == "1"
each_sample = pytest.mark.parametrize("name", PLANTED)


@cache
def read(name: str) -> Report:
    return extractor.extract(REPORTS / name)


def plain(words: str) -> str:
    """As the scorers compare: full-width forms, blanks and quotes made alike."""
    return "".join(c for c in unicodedata.normalize("NFKC", words) if not c.isspace() and c not in "\"'“”‘’")


def missing(planted: Iterable[Any], found: list[Any]) -> list[Any]:
    """What of `planted` is not in `found`, both taken in order."""
    lost, at = [], 0
    for fact in planted:
        if fact in found[at:]:
            at = found.index(fact, at) + 1
        else:
            lost.append(fact)
    return lost


def text_of(name: str) -> str:
    """The text that a sample is made of, and by which its twins are known."""
    return name.partition(".")[0].removesuffix("-scan")


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(SAMPLES)
    return importlib.import_module("make")


def test_all_reports_are_made(make: Any) -> None:
    assert {path.name for path in REPORTS.iterdir() if path.suffix != ".json"} == {*make.SAMPLES, *make.CONVERTED}


def test_the_text_of_every_report_is_planted() -> None:
    assert {text_of(path.name) for path in REPORTS.iterdir()} == {text_of(name) for name in PLANTED}


def test_make_gives_the_committed_files(make: Any) -> None:
    for name, made in make.SAMPLES.items():
        assert made() == (REPORTS / name).read_bytes(), f"{name}: run `python samples/make.py`"


def test_results_are_not_regenerated_unseen() -> None:
    assert not (REGENERATE and os.environ.get("CI")), "EXTRACTOR_REGENERATE is for a person's machine"


@each_sample
def test_expected_result(name: str) -> None:
    """The twins of a sample are held against it in test_twins: one result serves all files of a text."""
    path = REPORTS / f"{text_of(name)}.json"
    result = annotated(read(name))
    if REGENERATE:
        path.write_text(lines(result), "utf-8")
        pytest.skip(f"{path.name} written anew")
    assert result == json.loads(path.read_text("utf-8"))


@each_sample
def test_documents(name: str) -> None:
    report, planted = read(name), PLANTED[name]
    assert [plain(d.title) for d in report.documents] == [plain(title) for title in planted["titles"]]
    assert [d.year for d in report.documents] == planted["years"]
    assert (report.status, report.source.encoding) == ("ok", planted["encoding"])


@each_sample
def test_headings(name: str) -> None:
    levels: list[Counter[str]] = [Counter() for _ in PLANTED[name]["titles"]]
    for heading in read(name).headings:
        levels[heading.doc][str(heading.level)] += 1
    assert levels == PLANTED[name]["levels"]


@each_sample
def test_problem_headings(name: str) -> None:
    found = [plain(h.title) for h in read(name).headings if h.kind == "problem"]
    assert found == [plain(problem) for problem in PLANTED[name]["problems"]]


@each_sample
def test_dates(name: str) -> None:
    planted = [(plain(text), value, bound) for text, value, bound in PLANTED[name]["dates"]]
    found = [(plain(d.text), d.value, d.bound) for d in read(name).dates if d.cell is None]
    assert not missing(planted, found)


@each_sample
def test_quantities(name: str) -> None:
    found = [q for q in read(name).quantities if q.cell is None]
    planted = PLANTED[name]["quantities"]
    wanted = [(plain(q["text"]), q["value"], q["unit"]) for q in planted]
    assert not missing(wanted, [(plain(q.text), _number(q.value), q.unit) for q in found])


@each_sample
def test_what_quantities_say(name: str) -> None:
    """Dimension, modifier and noun of a planted quantity: its words stand somewhere with all of them."""
    wrong = {}
    for fact in PLANTED[name]["quantities"]:
        said = {key: fact[key] for key in ("dimension", "modifier", "noun") if key in fact}
        alike = [q for q in read(name).quantities if q.cell is None and plain(q.text) == plain(fact["text"])]
        if alike and said not in (printed := [q.model_dump(include=set(said)) for q in alike]):
            wrong[fact["text"]] = (said, printed)
    assert not wrong


def _number(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else round(value, 6) if isinstance(value, float) else value


@each_sample
def test_problems(name: str) -> None:
    planted = PLANTED[name]
    in_table = [problem["text"] for problem in planted.get("table_problems", ())]
    assert [plain(p.text) for p in read(name).problems] == [plain(text) for text in (*planted["problems"], *in_table)]
    parents = {plain(p.text): plain(p.parent) for p in read(name).problems if p.parent}
    assert parents == {plain(part): plain(whole) for part, whole in planted.get("parents", {}).items()}


@each_sample
def test_fields_of_problems(name: str) -> None:
    planted = PLANTED[name]
    facts = {planted["problems"][fact["problem"] - 1]: fact for fact in planted.get("fields", ())}
    facts |= {fact["text"]: fact for fact in planted.get("table_problems", ())}
    found = {p.text: p for p in read(name).problems}
    for text, fact in facts.items():
        assert text in found
        problem = found[text]
        assert list(problem.responsible or ()) == fact["responsible"]
        assert (problem.deadline, problem.progress) == (fact["deadline"], fact["progress"])


@each_sample
def test_measures(name: str) -> None:
    wrong = []
    for problem, marker, text, status, outputs in PLANTED[name]["measures"]:
        found = [m for m in read(name).measures if plain(m.text).startswith(plain(text))]
        said = [(m.problem and plain(m.problem), plain(m.marker), m.status, [*map(plain, m.outputs)]) for m in found]
        if said != [(problem and plain(problem), plain(marker), status, [*map(plain, outputs)])]:
            wrong.append((text, said))
    assert not wrong


@each_sample
def test_only_the_planted_contradictions_are_broken(name: str) -> None:
    broken = {check.stated for check in read(name).checks if check.outcome == "broken"}
    assert broken == set(PLANTED[name]["broken"])


@each_sample
def test_noise(name: str) -> None:
    report = read(name)
    noise = "\n".join(n.text for n in report.noise)
    assert not [words for words in PLANTED[name]["noise"] if words not in noise]
    assert not [words for words in PLANTED[name]["noise"] if len(words) > 4 and words in report.documents[0].text]


@each_sample
def test_every_record_is_what_is_printed(name: str) -> None:
    report = read(name)
    for record in (*report.headings, *report.dates, *report.quantities, *report.problems, *report.measures):
        printed = report.documents[record.doc].text[record.span.start : record.span.end]
        assert fold(printed) == fold(record.text)


def test_word_numbers_its_headings_by_itself() -> None:
    markers = [plain(h.marker) for h in read("rectification-lanxi-water-2023.docx").headings]
    assert markers[:9] == ["一、", "(一)", "(二)", "(三)", "二、", "(一)", "1.", "(1)", "(2)"]


def test_the_table_is_read_cell_by_cell() -> None:
    planted = PLANTED["rectification-lanxi-water-2023.docx"]
    (table,) = read("rectification-lanxi-water-2023.docx").tables
    header, *rows = table.rows
    assert list(header) == planted["table"]
    assert [row[1] for row in rows] == [problem["text"] for problem in planted["table_problems"]]


def test_a_tracked_change_counts_as_accepted() -> None:
    text = read("rectification-lanxi-water-2023.docx").documents[0].text
    assert "另移交立行立改问题4个。" in text
