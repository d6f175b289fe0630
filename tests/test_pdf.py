"""PDF files: rows become paragraphs and tables again, each character with its page and place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_files import A4, LONG, ROWS, Page, body, opened, page, pdf, wrapped

import extractor
from extractor.errors import ReadError
from extractor.readers import read_bytes
from extractor.readers.pdf import MOST_CHARACTERS
from extractor.text import Span


def test_rows_become_paragraphs(tmp_path: Path) -> None:
    first, second = LONG * 3 + "取得实效。", LONG + "完成任务。"
    source = opened(tmp_path, page(first, second))
    assert body(source) == ["某局党组整改报告", first, second]
    assert body(source, "footer") == ["- 1 -"]
    assert [line.number for line in source.lines] == [1, 2, 3, 4]


def test_a_paragraph_over_a_page_break(tmp_path: Path) -> None:
    words = LONG * 2
    rows = wrapped(words + "整改到位。", ROWS - 2, ROWS)
    pages = [Page().text(230, 50, "某局党组整改报告", 9), Page().text(230, 50, "某局党组整改报告", 9)]
    pages[0].rows(80, 700, rows[:2]).text(285, 800, "第1页 共2页", 9)
    pages[1].rows(80, 110, rows[2:]).text(285, 800, "第2页 共2页", 9)
    source = opened(tmp_path, *pages)
    assert body(source) == [words + "整改到位。"]
    assert [at.page for at in source.lines[0].prints] == [1, 1, 2, 2]
    assert Counter(line.part for line in source.lines) == {"body": 1, "header": 2, "footer": 2}


def test_every_record_has_page_and_box(tmp_path: Path) -> None:
    rows = wrapped("一" * (ROWS - 5) + "于2022年10月21日召开会议5次，取得实效。", ROWS - 2, ROWS)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(Page().rows(80, 110, rows)))
    report = extractor.extract(path)
    (date,) = report.dates
    first, second = date.source
    assert (first.page, second.page) == (1, 1)
    assert first.box is not None
    assert second.box is not None
    assert first.box[3] < second.box[3]
    assert second.box[0] == 80.0
    assert second.box[2] - second.box[0] == pytest.approx(sum(6 if c.isascii() else 12 for c in date.text[first.end - first.start :]), abs=0.2)  # fmt: skip


@pytest.mark.parametrize("number", ["{}", "— {} —", "第{}页", "{}/3", "Page {} of 3", "·{}·", "某局工作报告 {}"])
def test_page_numbers_in_any_style(tmp_path: Path, number: str) -> None:
    pages = [Page().rows(80, 110, wrapped(LONG, ROWS - 2, ROWS)).text(285, 800, number.format(i), 9) for i in (1, 2, 3)]
    assert body(opened(tmp_path, *pages), "footer") == [number.format(i) for i in (1, 2, 3)]


@pytest.mark.parametrize("numerals", ["ⅰⅱⅲ", "一二三", ["i", "ii", "iii"]])
def test_page_numbers_that_are_no_digits(tmp_path: Path, numerals: str) -> None:
    pages = [Page().rows(80, 110, wrapped(LONG, ROWS - 2, ROWS)).text(285, 800, n, 9) for n in numerals]
    assert body(opened(tmp_path, *pages), "footer") == (list(numerals))


def test_the_title_of_a_form_on_each_page_is_no_header(tmp_path: Path) -> None:
    pages = [page(start + LONG, header="").text(200, 70, "绩效目标填报表", 18) for start in "甲乙丙"]
    assert body(opened(tmp_path, *pages)).count("绩效目标填报表") == 3


def test_what_stands_at_the_edge_of_a_page_once_is_text(tmp_path: Path) -> None:
    pages = [Page().text(80, 60, f"附件{n}").rows(80, 110, ["\u3000\u3000" + LONG[:20]]) for n in "甲乙丙"]
    pages[2].text(300, 800, "2023年11月10日")
    source = opened(tmp_path, *pages)
    assert {"附件甲", "附件乙", "附件丙", "2023年11月10日"} <= set(body(source))


def test_a_title_over_two_rows_is_one(tmp_path: Path) -> None:
    top = Page().text(231, 100, "某市人民政府", 22).text(121, 130, "关于政府信息公开工作年度报告说明", 22)
    source = opened(tmp_path, top.rows(80, 200, wrapped(LONG * 3, ROWS - 2, ROWS)))
    assert body(source)[0] == "某市人民政府关于政府信息公开工作年度报告说明"
    assert (source.lines[0].centred, source.lines[0].size, source.lines[1].centred) == (True, 22.0, False)


def test_headings_are_not_joined(tmp_path: Path) -> None:
    heading = "一、" + "整" * (ROWS - 4)
    rows = ["\u3000\u3000" + heading, "\u3000\u3000（一）加强领导", *wrapped(LONG * 2, ROWS - 2, ROWS)]
    assert body(opened(tmp_path, Page().rows(80, 110, rows))) == [heading, "（一）加强领导", LONG * 2]


def test_bold_runs_and_sizes(tmp_path: Path) -> None:
    made = Page().text(104, 110, "（一）加强领导。", 12, bold=True).text(200, 110, "召开会议5次，")
    source = opened(tmp_path, made.rows(80, 130, wrapped(LONG * 2, ROWS, ROWS)[1:]))
    assert source.lines[0].bold == (Span(0, 8),)
    assert source.lines[0].size == 12.0


def test_overprinted_text_comes_once(tmp_path: Path) -> None:
    made = Page()
    for shift in (0, 0.3, 0.6):
        made.text(80 + shift, 110, "一、组织领导")
    assert body(opened(tmp_path, made)) == ["一、组织领导"]


def test_gaps_between_chinese_and_digits_are_no_blanks(tmp_path: Path) -> None:
    made = (
        Page()
        .text(80, 110, "截至")
        .text(107, 110, "2023")
        .text(134, 110, "年底")
        .text(80, 140, "Annual")
        .text(119, 140, "report")
    )
    assert body(opened(tmp_path, made)) == ["截至2023年底", "Annual report"]


def test_symbols_of_private_fonts_are_marks(tmp_path: Path) -> None:
    source = opened(tmp_path, Page().text(80, 110, "\uf06c加强组织领导。"))
    assert source.lines[0].marks == (Span(0, 1),)


def test_footnotes(tmp_path: Path) -> None:
    rows = wrapped(LONG * 4 + "完成。", ROWS - 2, ROWS)
    first = Page().rows(80, 600, rows[:4]).text(80, 740, "①指某县农村供水工程。", 9).text(80, 755, "②指管网。", 9)
    source = opened(tmp_path, first, Page().rows(80, 110, rows[4:]))
    assert body(source) == [LONG * 4 + "完成。"]
    assert body(source, "footnote") == ["①指某县农村供水工程。", "②指管网。"]


def test_the_mark_of_a_footnote_is_no_figure(tmp_path: Path) -> None:
    made = (
        Page()
        .text(104, 600, "建成管网")
        .text(152, 595, "1", 6)
        .text(155, 600, "12.5公里。")
        .text(80, 740, "1指一期。", 9)
    )
    source = opened(tmp_path, made.rows(80, 400, wrapped(LONG * 3, ROWS - 2, ROWS)))
    line = next(line for line in source.lines if "管网" in line.text)
    assert line.text == "建成管网112.5公里。"
    assert line.marks == (Span(4, 5),)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = wrapped("左" * 60 + "。", 16, 18)
    right = wrapped("右" * 60 + "。", 16, 18)
    source = opened(tmp_path, Page().text(200, 80, "两栏排版的工作简报", 18).rows(60, 130, left).rows(310, 130, right))
    assert body(source) == ["两栏排版的工作简报", "左" * 60 + "。", "右" * 60 + "。"]


def test_two_years_side_by_side_over_pages(tmp_path: Path) -> None:
    left, right = wrapped("左" * 300 + "。", 16, 18), wrapped("右" * 300 + "。", 16, 18)
    top = (
        Page()
        .text(60, 100, "2022年报告")
        .text(310, 100, "2023年报告")
        .rows(60, 130, left[:9])
        .rows(310, 130, right[:9])
    )
    source = opened(tmp_path, top, Page().rows(60, 60, left[9:]).rows(310, 60, right[9:]))
    assert body(source) == ["2022年报告", "左" * 300 + "。", "2023年报告", "右" * 300 + "。"]


def test_labels_and_values_are_read_across(tmp_path: Path) -> None:
    made = Page()
    for i, (label, value) in enumerate([("收入", "120"), ("支出", "110"), ("结余", "10"), ("合计", "240")]):
        made.text(80, 110 + 20 * i, label).text(400, 110 + 20 * i, value)
    assert body(opened(tmp_path, made)) == ["收入 120", "支出 110", "结余 10", "合计 240"]


def test_a_turned_page_is_read_upright(tmp_path: Path) -> None:
    made = Page((842, 595), turn=90)  # printed sideways and turned back: text runs up the unturned page
    for i, row in enumerate(["一、收支情况", "二、项目情况"]):
        made.text(100 + 20 * i, 500, row, angle=90)
    source = opened(tmp_path, made)
    assert body(source) == ["一、收支情况", "二、项目情况"]
    assert source.lines[0].prints[0].top < source.lines[1].prints[0].top


def test_a_watermark_is_no_text(tmp_path: Path) -> None:
    pages = [
        page(start + LONG, number=n).text(200, 600, "内部资料", 60, angle=45) for n, start in enumerate("甲乙丙", 1)
    ]
    source = opened(tmp_path, *pages)
    assert body(source) == ["甲" + LONG, "乙" + LONG, "丙" + LONG]
    assert body(source, "header").count("内部资料") == 3


def test_a_scan_is_partial_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.readers.ocr.installed", lambda: False)
    scan = Page().image(0, 0, *A4)
    source = opened(tmp_path, Page().rows(80, 110, wrapped(LONG, ROWS - 2, ROWS)), scan, scan)
    (warning,) = source.warnings
    assert warning.code == "scan"
    assert "pages 2-3" in warning.message
    assert "[ocr]" in warning.message
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(scan))
    report = extractor.extract(path)
    assert report.status == "partial"
    assert report.issues[0].code == "scan"


def refusal(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as error:
        read_bytes(data, "report.pdf")
    return error.value


WHOLE = pdf(*(page(LONG * 3, number=n) for n in (1, 2, 3)))


def test_files_that_cannot_be_read_say_why() -> None:
    assert refusal(pdf(page(LONG), encrypted=True)).code == "encrypted"
    assert refusal(pdf()).code == "damaged"
    assert refusal(pdf(Page())).code == "empty"
    assert refusal(b"%PDF-1.7\n" + b"\0" * 200).code == "damaged"
    crowd = Page()
    for i in range(MOST_CHARACTERS // 10_000 + 1):
        crowd.text(0, 80 * i, "一" * 10_000)
    assert refusal(pdf(crowd)).code == "too_large"


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_that_is_cut_off_is_refused_or_partial(tenth: int) -> None:
    data = WHOLE[: len(WHOLE) * tenth // 10]
    try:
        found = {warning.code for warning in read_bytes(data, "report.pdf").warnings}
    except ReadError as error:
        found = {error.code}
    assert found & {"cut", "damaged", "empty"}


SYLLABLES = st.text(st.sampled_from("整改情况一、（二）2023年。"), min_size=1, max_size=90)


@given(st.lists(st.lists(SYLLABLES, max_size=5), min_size=1, max_size=3))
def test_no_character_is_lost_or_read_twice(pages: list[list[str]]) -> None:
    made = [page(*words, number=n) for n, words in enumerate(pages, 1)]
    drawn = Counter("".join(f"某局党组整改报告-{n}-" for n in range(1, len(pages) + 1)) + "".join(map("".join, pages)))
    found = read_bytes(pdf(*made), "report.pdf")
    assert Counter("".join(line.text for line in found.lines).replace(" ", "")) == drawn
    for line in found.lines:
        assert sum(len(at.edges) - 1 for at in line.prints) == len(line.text)
