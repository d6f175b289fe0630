"""The store: everything in the JSON is there, keys join, views count right, a search finds what a scan finds."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from extractor import edtf
from extractor.archive import manifest
from extractor.cli import app
from extractor.errors import QueryError, ReadError
from extractor.records import Report
from extractor.store import keep, load
from extractor.store.query import answer
from extractor.store.search import find
from extractor.text import fold

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
R21, R22, R23 = (f"rectification-lanxi-water-{year}" for year in ("2021.txt", "2022.txt", "2023.docx"))
W22, W23 = "work-report-lanxi-2022.md", "work-report-lanxi-2023.txt"
ODD = "杂项[1]'\".txt"  # a name that SQL and file patterns would take for more than a name
ODD_TEXT = """关于“双随机、一公开”的情况报告
一、总体情况
２０２３年，ＡＢＣ平台共办理12件，Kelvin \u212a ſ ß é É 𠮷野家 😀 "quoted" AND NOT (NEAR* ^x:y) -z; 100% a_b --
办"件 办*件 办 件 办　件 c++ C++
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def silent(_: str) -> None: ...


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples of every kind, a copy, an odd name, a file that fails and one that went away."""
    source, out = tmp_path_factory.mktemp("source") / "报告", tmp_path_factory.mktemp("out's [1]")
    (source / "copies").mkdir(parents=True)
    for name in (R21, R22, R23, W22, W23):
        shutil.copy(SAMPLES / name, source)
    shutil.copy(SAMPLES / R21, source / "copies")
    shutil.copy(SAMPLES / W23, source / "gone.txt")
    (source / ODD).write_text(ODD_TEXT, "utf-8")
    (source / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    for _ in range(2):
        run("extract", source, "--out", out, "--unsafe-in-process")
        (source / "gone.txt").unlink(missing_ok=True)
    find(out, ["整改"], 1, silent)
    return out


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with answer(archive, sql, silent) as (_, found):
        return list(found)


@cache
def reports(archive: Path) -> dict[str, Report]:
    kept = (row for row in manifest.read(archive / manifest.NAME) if row.status != "failed" and not row.removed)
    return {row.path: Report.model_validate_json((archive / f"{row.path}.json").read_bytes()) for row in kept}


def everything(archive: Path) -> dict[str, list[tuple[Any, ...]]]:
    names = [name for (name,) in rows(archive, "SELECT table_name FROM duckdb_tables()")]
    return {name: rows(archive, f"FROM {name}") for name in names}


LISTS = ["headings", "dates", "quantities", "problems", "measures", "tables", "noise", "checks", "issues"]


@pytest.mark.parametrize("kind", LISTS)
def test_every_record_is_a_row(archive: Path, kind: str) -> None:
    expected = [
        (file, n, getattr(record, "text", None), len(record.source) if hasattr(record, "source") else None)
        for file, report in sorted(reports(archive).items())
        for n, record in enumerate(getattr(report, kind))
    ]
    text = "NULL" if kind in ("tables", "issues") else "text"
    source = "NULL" if kind == "issues" else "len(source)"
    assert rows(archive, f"SELECT file, n, {text}, {source} FROM {kind}") == expected
    assert rows(archive, f"SELECT count(*) - count(DISTINCT id) FROM {kind}") == [(0,)]


def test_values_are_those_of_the_json(archive: Path) -> None:
    def ends(value: Any) -> tuple[Any, Any]:
        return value if isinstance(value, tuple) else (value, None)

    quantities = [
        (*ends(q.value), q.unit, q.dimension, q.modifier, q.noun, q.span.start, q.span.end, q.source[0].number)
        for _, report in sorted(reports(archive).items())
        for q in report.quantities
    ]
    assert quantities == rows(
        archive,
        "SELECT value, value_to, unit, dimension, modifier, noun, span_start, span_end, source[1].number FROM quantities",
    )
    assert any(high is not None for _, high, *_ in quantities)
    cells = [
        (n, i, j, text, table.states[i][j])
        for _, report in sorted(reports(archive).items())
        for n, table in enumerate(report.tables)
        for i, row in enumerate(table.rows)
        for j, text in enumerate(row)
    ]
    assert cells
    assert cells == rows(
        archive, "SELECT t.n, row_no, column_no, text, state FROM cells JOIN tables t ON id = table_id"
    )


def test_words_stand_at_their_span(archive: Path) -> None:
    for kind in ("headings", "dates", "quantities", "problems", "measures", "checks"):
        printed = rows(
            archive,
            f"SELECT r.text, substr(d.text, span_start + 1, span_end - span_start) FROM {kind} r JOIN documents d USING (doc_id)",
        )
        assert printed
        assert all(fold(text) == fold(words) for text, words in printed)


def test_keys_join(archive: Path) -> None:
    """What a record says of another by words or index is what its key leads to."""
    measures = rows(archive, "SELECT m.problem, p.text FROM measures m LEFT JOIN problems p ON p.id = m.problem_id")
    assert all(said == found for said, found in measures)
    parents = rows(archive, "SELECT p.parent, q.text FROM problems p LEFT JOIN problems q ON q.id = p.parent_id")
    assert all(said == found for said, found in parents)
    dates = rows(
        archive,
        "SELECT m.file, m.n, list(d.text ORDER BY d.id) FROM (SELECT file, n, unnest(date_ids) AS id FROM measures) m "
        "JOIN dates d USING (id) GROUP BY ALL ORDER BY ALL",
    )
    assert dates == [
        (file, n, [report.dates[i].text for i in measure.dates])
        for file, report in sorted(reports(archive).items())
        for n, measure in enumerate(report.measures)
        if measure.dates
    ]
    in_cells = rows(archive, "SELECT q.text, c.text FROM quantities q JOIN cells c USING (table_id, row_no, column_no)")
    assert len(in_cells) == sum(q.cell is not None for report in reports(archive).values() for q in report.quantities)
    assert all(fold(text) in fold(cell) for text, cell in in_cells)


def test_a_record_has_the_title_year_and_section_of_its_place(archive: Path) -> None:
    (row,) = rows(
        archive,
        f"SELECT document, year, section FROM quantities WHERE file = '{R21}' AND text = '126.8万元'",
    )
    title = "中共岚溪县水务局党组关于十四届县委第一轮巡察整改情况的报告"
    top, second, problem = row[2].split(" / ")
    assert row[:2] == (title, 2021)
    assert (top, fold(second)) == ("二、巡察反馈问题整改情况", "(一)贯彻治水兴水决策部署方面")
    assert fold(problem).startswith("问题一:农村饮水工程")


def test_files_say_what_became_of_each(archive: Path) -> None:
    found = rows(archive, "SELECT path, status, removed, copy_of FROM files")
    assert found == [
        ("broken.docx", "failed", False, None),
        (f"copies/{R21}", "ok", False, None),
        ("gone.txt", "ok", True, None),
        (R21, "ok", False, f"copies/{R21}"),
        (R22, "ok", False, None),
        (R23, "ok", False, None),
        (W22, "ok", False, None),
        (W23, "ok", False, None),
        (ODD, "ok", False, None),
    ]
    assert [file for file, *_ in rows(archive, "FROM v_unread")] == ["broken.docx"]


def test_views_give_what_was_counted_by_hand(archive: Path) -> None:
    """The figures are those of samples/planted.json and of the texts; a copy does not count twice."""
    # 126.8万、壹拾贰万陆仟、2万、3.86万、4.2万、480万
    money = rows(archive, "SELECT sum(mentions), sum(total), max(high) FROM v_money WHERE year = 2021")
    assert money == [(6, 1_268_000 + 126_000 + 20_000 + 38_600 + 42_000 + 4_800_000, 4_800_000)]
    counts = (
        "SELECT sum(mentions), min(low), max(high), sum(total) FROM v_counts_by_year WHERE year = 2021 AND unit = '条'"
    )
    assert rows(archive, counts) == [(2, 28, 36, 64)]  # 批评意见28条、整改措施36条
    outlets = "SELECT year, noun, high FROM v_counts_by_year WHERE noun = '规模以上取水口' AND year = 2021"
    assert rows(archive, outlets) == [(2021, "规模以上取水口", 42)]
    broken = rows(archive, "SELECT year, stated FROM v_checks_broken")
    assert (2022, "20") in [(year, "".join(filter(str.isdigit, stated))) for year, stated in broken]


def test_promises_have_the_last_day_of_their_deadline(archive: Path) -> None:
    found = rows(
        archive, f"SELECT text, due FROM v_open_promises WHERE file = 'copies/{R21}' AND due IS NOT NULL ORDER BY id"
    )
    assert [(text[:14], due) for text, due in found] == [
        ("2022年6月底前，制定出台", datetime.date(2022, 6, 30)),
        ("2022年底前，投资约480", datetime.date(2022, 12, 31)),
        ("2022年底前，全县42处规", datetime.date(2022, 12, 31)),
    ]


def test_problems_count_their_measures(archive: Path) -> None:
    found = rows(
        archive, f"SELECT text, due, state, done, ongoing, planned FROM v_problems WHERE file = 'copies/{R21}'"
    )
    assert [row[3:] for row in found] == [(3, 0, 0)] * 8 + [(4, 0, 0)]  # （3）对整改后……一律倒查责任，问责1人
    assert found[1][1:3] == (datetime.date(2021, 9, 30), "completed")
    assert found[7][1:3] == (datetime.date(2022, 6, 30), "ongoing")
    planned = rows(archive, f"SELECT text, done, planned FROM v_problems WHERE file = '{R23}' AND planned > 0")
    assert planned == [("节水型社会建设推进缓慢", 3, 1), ("河湖生态流量监管缺位", 3, 1)]


def test_sums_and_days(archive: Path) -> None:
    recovered = f"SELECT act, value FROM v_sums WHERE file = '{R23}' AND kind = 'recovered'"
    assert rows(archive, recovered) == [("追回", 120_800), ("收回", 162_000)]
    days = (
        f"SELECT earliest, latest FROM v_dates_calendar WHERE file = 'copies/{R21}' AND text = '2021年4月12日至6月10日'"
    )
    assert rows(archive, days) == [(datetime.date(2021, 4, 12), datetime.date(2021, 6, 10))]
    for value, earliest, latest in rows(archive, "FROM calendar"):
        assert edtf.bounds(value) == (earliest, latest)


def test_it_is_made_anew_row_for_row(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when every file is a batch of its own."""
    before = everything(archive)
    again = shutil.copytree(archive, tmp_path / "again", ignore=shutil.ignore_patterns("archive.*"))
    assert everything(again) == before
    (again / keep.NAME).unlink()
    monkeypatch.setattr(load, "BATCH", 1)
    assert everything(again) == before
    assert not list(again.glob(".*"))


def test_it_is_loaded_only_when_the_archive_has_changed(archive: Path, tmp_path: Path) -> None:
    again = shutil.copytree(archive, tmp_path / "again")
    told: list[str] = []
    find(again, ["整改"], 1, silent)
    find(again, ["整改"], 1, told.append)
    assert told == []
    kept = (again / manifest.NAME).read_bytes().splitlines(keepends=True)
    (again / manifest.NAME).write_bytes(b"".join(line for line in kept if R22.encode() not in line))
    find(again, ["整改"], 1, told.append)
    assert [line.split()[0] for line in told] == ["loading", "indexing"]
    assert rows(again, f"SELECT count(*) FROM documents WHERE file = '{R22}'") == [(0,)]
    for name in ("archive.duckdb", "archive.sqlite"):
        (again / name).write_bytes((again / name).read_bytes()[:5000])  # cut off
    assert find(again, ["整改"], 1, told.append).paragraphs
    assert len(told) == 4


@pytest.mark.parametrize("content", [b'{"cut', b"[]", b'{"dates": 5}', b""])
def test_a_result_that_is_none_is_named(archive: Path, tmp_path: Path, content: bytes) -> None:
    again = shutil.copytree(archive, tmp_path / "again", ignore=shutil.ignore_patterns("archive.*"))
    (again / f"{R22}.json").write_bytes(content)
    with pytest.raises(ReadError, match="result"):
        keep.current(again, silent)
    assert not (again / keep.NAME).exists()
    assert not list(again.glob(".*"))


def test_a_result_that_was_taken_away_is_a_file_that_failed(archive: Path, tmp_path: Path) -> None:
    again = shutil.copytree(archive, tmp_path / "again", ignore=shutil.ignore_patterns("archive.*"))
    (again / f"{R22}.json").unlink()
    assert rows(again, f"SELECT code FROM v_unread WHERE file = '{R22}'") == [("missing",)]
    assert rows(again, "SELECT count(*) FROM documents") == [(len(reports(archive)) - 1,)]


def test_what_is_no_archive_is_said_so(tmp_path: Path) -> None:
    for command in (("query", tmp_path, "SELECT 1"), ("search", tmp_path, "整改")):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "no archive" in result.stderr


def test_it_is_in_a_version_that_duckdb_1_reads(archive: Path) -> None:
    with duckdb.connect(str(keep.current(archive, silent)), read_only=True) as db:
        (tags,) = db.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'archive'").fetchone() or ()
    assert str(dict(tags)["storage_version"]).startswith("v1.2")


@pytest.mark.parametrize(
    "sql",
    [
        "SELEC 1",
        "SELECT * FROM nothing",
        "SELECT no_such_column FROM files",
        "SELECT 'x'::INTEGER",
        "",
        "DROP TABLE files",
        "COPY files TO 'files.csv'",
        "FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb'",
        "INSTALL fts",
        "LOAD fts",
        "SET enable_external_access = true",
        "FROM 'https://example.org/a.parquet'",
    ],
)
def test_sql_that_is_wrong_or_leads_out_is_one_line(
    archive: Path, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("query", archive, sql, "--format", "csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
    with pytest.raises(QueryError):
        rows(archive, sql)


def test_nothing_is_loaded_from_the_network(archive: Path) -> None:
    options = "autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"
    assert rows(archive, f"SELECT {', '.join(f'current_setting({name!r})' for name in options)}") == [(False,) * 3]


def test_query_prints_tables_csv_and_json(archive: Path) -> None:
    sql = f"SELECT file, year, [1, 2] AS list, '=1+1' AS formula, 1.5 AS half, 12.0::DOUBLE AS whole, NULL AS none FROM documents WHERE file = '{R23}'"
    (line,) = json.loads(run("query", archive, sql, "--format", "json").stdout)
    assert line == {
        "file": R23,
        "year": 2023,
        "list": [1, 2],
        "formula": "=1+1",
        "half": "1.5",
        "whole": 12,
        "none": None,
    }
    (cells,) = csv.DictReader(io.StringIO(run("query", archive, sql, "--format", "csv").stdout))
    assert cells == {
        "file": R23,
        "year": "2023",
        "list": "[1, 2]",
        "formula": "'=1+1",
        "half": "1.5",
        "whole": "12",
        "none": "",
    }
    assert "formula" in run("query", archive, sql).stdout
    assert run("query", archive, "SELECT 1 WHERE false", "--format", "json").stdout == "[]\n"
    assert "first 1,000 rows" in run("query", archive, "FROM range(1001)").stderr


def test_the_store_lists_what_is_in_it(archive: Path) -> None:
    contents = rows(archive, "FROM v_contents")
    assert {"files", "documents", *LISTS, "cells", "sums", "calendar", "v_money"} <= {name for name, *_ in contents}
    assert all(comment for _, comment, _ in contents)


def test_parquet_holds_the_same_rows(archive: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    shutil.copy(SAMPLES / R23, source)
    result = run("extract", source, "--out", out, "--format", "parquet,duckdb", "--unsafe-in-process")
    assert result.exit_code == 0, result.stderr
    held = everything(out)
    held.pop("made")
    assert {path.stem for path in out.glob("*.parquet")} == set(held)
    for name, expected in held.items():
        assert duckdb.execute(f"FROM read_parquet('{out / name}.parquet')").fetchall() == expected


def lines(archive: Path) -> Iterator[tuple[int, int, str]]:
    """Every paragraph with its document and where it starts."""
    for doc_id, text in rows(archive, "SELECT doc_id, text FROM documents"):
        start = 0
        for line in text.split("\n"):
            if line.strip():
                yield doc_id, start, line
            start += len(line) + 1


@cache
def scanned(archive: Path) -> list[tuple[int, int, str]]:
    return [(doc_id, start, lower(line)) for doc_id, start, line in lines(archive)]


def lower(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in fold(text))


def assert_found_as_scanned(archive: Path, *words: str) -> None:
    expected = {
        (doc_id, start + line.index(lower(words[0])))
        for doc_id, start, line in scanned(archive)
        if all(lower(word) in line for word in words)
    }
    found = find(archive, words, 100_000, silent)
    assert found.paragraphs == len(found.hits) == len(expected)
    if len(words) == 1:
        assert {(hit.doc_id, hit.start) for hit in found.hits} == expected


@pytest.mark.parametrize("size", [1, 2, 3, 4, 9])
def test_a_search_finds_what_a_scan_finds(archive: Path, size: int) -> None:
    """Words from everywhere in the samples, punctuation and blanks included."""
    text = "".join(line for *_, line in scanned(archive))
    for at in range(0, len(text) - size, 211):
        assert_found_as_scanned(archive, text[at : at + size])


@pytest.mark.parametrize(
    "words",
    [
        ["整改"], ["水"], ["。"], ["“回头看”"], ["双随机、一公开"], ["（一）"], ["(一)"], ["2023年"], ["２０２３年"],
        ["不在其中的词"], ["ABC"], ["abc"], ["k"], ["\u212a"], ["s"], ["ſ"], ["É"], ["𠮷"], ["𠮷野"], ["😀"], ["c++"], ["%"],
        ["整改", "水务"], ["水", "。", "2021年"],
        ['"'], ['""'], ['"quoted"'], ["AND"], ["NOT ("], ["NEAR*"], ["^x:y"], ["*"], ['办"件'], ["办*件"], ["办 件"],
        ["--"], ["a_b"], ["' OR 1=1 --"], ["text:整改"], ["整改*"], ["\x00"], ["\n"],
    ],
)  # fmt: skip
def test_a_word_is_what_is_typed(archive: Path, words: list[str]) -> None:
    assert_found_as_scanned(archive, *words)


@settings(max_examples=200, deadline=None)
@given(word=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5))
def test_no_word_breaks_the_search(archive: Path, word: str) -> None:
    assert_found_as_scanned(archive, word)


def test_a_hit_says_where_and_shows_the_words(archive: Path) -> None:
    (hit,) = [hit for hit in find(archive, ["水费", "阶梯"], 50, silent).hits if hit.file == R23]
    assert (hit.year, hit.document) == (2023, "中共岚溪县水务局党组关于涉水领域专项巡察整改情况的报告")
    assert (hit.section or "").startswith("二、重点问题整改情况 / ")
    assert "“«水费»收缴率" in hit.snippet
    assert "推行«阶梯»水价" in hit.snippet
    text = reports(archive)[R23].documents[0].text
    assert text[hit.start : hit.end] == "水费"
    assert len(find(archive, ["整改"], 3, silent).hits) == 3


def test_search_on_the_terminal(archive: Path) -> None:
    result = run("search", archive, "阶梯", "--limit", 1)
    assert "推行«阶梯»水价" in result.stdout
    assert result.stderr == "1 paragraphs, 1 shown\n"
    (hit,) = json.loads(run("search", archive, "阶梯", "--format", "json").stdout)
    assert hit["file"] == R23
    assert run("search", archive, "没有的词").exit_code == 0


def test_the_index_is_sqlite(archive: Path) -> None:
    find(archive, ["整改"], 1, silent)
    with sqlite3.connect(archive / "archive.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
