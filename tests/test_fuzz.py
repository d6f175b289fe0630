"""What fuzzing found, at its smallest, and a short run of it; the long one is `python benchmarks/fuzz.py`."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import doc_files
import docx_files
import pdf_files
import pytest
import test_ofd
import test_xlsx

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from fuzzers import texts
from fuzzers.invariants import checked
from fuzzers.long import CONSTRUCTS
from fuzzers.targets import TARGETS, rules

from extractor import edtf, extract_text, numerals, readers
from extractor.comparison.indicators.rulefile import IndicatorRules
from extractor.errors import RuleError
from extractor.outline.markers import numbered_as
from extractor.readers.doc.lists import numbering
from extractor.records import Report
from extractor.rules import laid, shipped


@pytest.mark.skipif(sys.platform != "linux", reason="its children are forked")
def test_a_short_run_finds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/fuzz.py", "--executions", "250", "--seed", "7", "--jobs", "1", "--out"]
    run = subprocess.run([*command, str(tmp_path)], cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_made_from_its_number_alone(name: str) -> None:
    target = TARGETS[name]
    assert [target.make(Random(f"9 {i}")) for i in range(5)] == [target.make(Random(f"9 {i}")) for i in range(5)]


def test_the_same_bytes_whatever_the_order_of_sets() -> None:
    """Sets of strings are in another order in every process."""
    code = (
        "import sys; sys.path[:0] = ['.', 'benchmarks', 'tests']\n"
        "from random import Random\nfrom hashlib import sha256\nfrom fuzzers import texts\n"
        "from extractor import extract_text\nfrom extractor.errors import ReadError\nfrom extractor.writers.json import to_json\n"
        "whole = sha256()\n"
        "for i in range(40):\n"
        "    try:\n        whole.update(to_json(extract_text(texts.text(Random(f'3 {i}')))))\n"
        "    except ReadError:\n        pass\n"
        "print(whole.hexdigest())"
    )
    root = Path(__file__).parents[1]
    digests = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, cwd=root, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def read(data: bytes, name: str) -> Report:
    return checked(readers.read_bytes(data, name), rules())


@pytest.mark.parametrize(
    "text",
    [
        "万" * 2000,
        "一" * 3000 + "元",
        "1." * 2000,
        "八万五十" * 1000,
        "（105）会议少\n（106）记录少\n105.制度少\n（108）学习少\n",
        "".join(f"（一百零{i}）会议少\n" for i in "一二四五") + "(103)、会议少\n",
        "五年来、一季度末完成。",
        "第十条 \n责任单位：某局\n整改时限：2023年6月\n整改情况：已完成。\n",
        "\ud800一、总体情况\0\udfff",
        "<!--" * 300 + "-->",
    ],
)
def test_texts(text: str) -> None:
    checked(readers.read_text(text), rules())


def test_five_years_and_a_quarter() -> None:
    found = extract_text("五年来、一季度末完成。", reference_date="2023").dates
    assert [date.value for date in found] == ["P5Y", "2023-33"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("quantities.toml", "[[form]]\nid = 'x'\npattern = '{nowhere}分'\nmake = 'plain'\n"),
        ("quantities.toml", "splits = ['不是单位|的']\n"),
        ("quantities.toml", "words = ['']\n"),
        ("headings.toml", "[[contents]]\nid = 'x'\npattern = '[{0,12}('\n"),
    ],
)
def test_a_rule_that_shows_its_fault_only_in_use(name: str, rule: str) -> None:
    base = {one.name: one.read_bytes() for one in shipped().glob("*.toml")}
    with pytest.raises(RuleError):
        extract_text("一、总体情况\n投入12万元。", rules=laid(base, {name: rule.encode()}))


@pytest.mark.parametrize("table", ["alias", "idle"])
def test_a_word_of_an_indicator_that_is_no_pattern(table: str) -> None:
    base = {one.name: one.read_bytes() for one in shipped().glob("*.toml")}
    rule = f"[[{table}]]\nid = 'x'\nwords = ['总量(']\n"
    with pytest.raises(RuleError):
        laid(base, {"indicators.toml": rule.encode()}).of(IndicatorRules).plain("生产总值")


def test_a_day_that_no_year_has() -> None:
    """Each of ten thousand years was tried, for each of five hundred cells of a sheet."""
    with pytest.raises(ValueError, match="no day"):
        edtf.check("XXXX-02-30")
    assert edtf.bounds("XXXX-02-29").earliest == date(4, 2, 29)


def test_doc_lists_without_end() -> None:
    """Four billion uses of lists were claimed by a table of four bytes."""
    root = numbering(b"\0\0", b"", b"\xff\xff\xff\xff")
    assert root is not None
    assert len(root) == 0


def test_edtf_of_other_digits() -> None:
    with pytest.raises(ValueError, match="no date"):
        edtf.check("٢٠٢٣")


def test_numbers_beyond_a_hundred() -> None:
    assert [numbered_as(style, 105) for style in ("(一)", "1.")] == ["(105)", "105."]
    assert [numerals.ordinal(value) for value in (1, 10, 12, 20, 99, 100)] == [
        "一",
        "十",
        "十二",
        "二十",
        "九十九",
        "100",
    ]


def test_a_numeral_of_any_length_is_none() -> None:
    assert numerals.number("亿" * 5000) is None


def test_rtf_numbers_of_half_characters_and_line_ends() -> None:
    report = read(rb"{\rtf1\ansi {\listtext \u55357?a\'0ab }\outlinelevel-1 text\par}", "a.rtf")
    assert "text" in report.documents[0].text


def test_text_of_no_size() -> None:
    flat = [test_ofd.text("一、总体情况", 30, y, more='CTM="0 0 0 0 0 0"') for y in (30, 40)]
    read(docx_files.archive(test_ofd.parts(test_ofd.content(*flat, test_ofd.text("二、整改情况", 30, 60)))), "a.ofd")
    page = pdf_files.Page().text(72, 80, "一、总体情况")
    for y in (100, 120):
        page.text(72, y, "看不见的", size=0.001)
    read(pdf_files.pdf(page), "a.pdf")


def test_pdf_of_a_character_beyond_16_bits() -> None:
    report = read(pdf_files.pdf(pdf_files.Page().text(72, 80, "关于𬭎某问题")), "a.pdf")
    assert "𬭎" in report.documents[0].text


def test_xlsx_place_stated_twice() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c></row></sheetData>'
    report = read(test_xlsx.workbook(sheet), "a.xlsx")
    assert report.tables[0].rows == (("1", "3"),) if report.tables else True


def test_doc_properties_without_end() -> None:
    """A vector of 2 147 483 647 values: olefile would read them all."""
    pairs = struct.pack("<II", 12, 16) + struct.pack("<II", 0x100C, 0x7FFFFFFF)
    summary = bytes(44) + struct.pack("<I", 48) + struct.pack("<II", 200, 1) + pairs
    data = doc_files.container({"\x05SummaryInformation": summary, "WordDocument": b"\0" * 4096})
    from extractor.readers.ole import properties
    from extractor.readers.raw import Raw

    assert properties(Raw("a.doc", data)) == {}


def test_html_tag_without_a_name() -> None:
    read(b"<p>text</p><\x00><svg><\x00/></svg><p>2023</p>", "a.html")


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_long_texts_of_one_construct(name: str) -> None:
    """Read at all: what takes the square of its length meets the time limit of patterns."""
    source = CONSTRUCTS[name](5_000)
    if source.strip():
        checked(readers.read_text(source), rules())


def test_generators_make_what_reports_hold() -> None:
    """A generator that came to make no dates, headings or problems any more would find nothing."""
    reports = [extract_text(texts.text(Random(f"5 {i}"))) for i in range(40)]
    for kind in ("headings", "dates", "quantities", "problems", "noise"):
        assert sum(len(getattr(report, kind)) for report in reports) > 8, kind
