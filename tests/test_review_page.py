"""The review page: every character once, every record marked and linked, valid, closed, the same each time."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor import extract, extract_text
from extractor.archive import Limits, Settings
from extractor.archive.plan import make
from extractor.archive.walk import Job
from extractor.archive.work import read
from extractor.records import Report
from extractor.writers.page import to_html
from extractor.writers.page.marks import ORDER, Mark, clipped, tokens
from extractor.writers.page.noise import strays
from extractor.writers.page.words import dated

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
SHARED = Path(__file__).parents[2] / "shared" / "corpus"
NAMES = [
    "rectification-lanxi-water-2021.txt", "rectification-lanxi-water-2022.txt", "rectification-lanxi-water-2023.docx",
    "rectification-lanxi-water-2023.pdf", "rectification-lanxi-water-2023.html", "work-report-lanxi-2022.md",
    "work-report-lanxi-2023.ofd",
]  # fmt: skip
BLOCKS = {
    "article",
    "details",
    "div",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "section",
    "table",
    "ul",
}
VOID = {"meta", "link", "input", "br", "img"}
SINGULAR = {
    "problems": "problem",
    "measures": "measure",
    "quantities": "quantity",
    "dates": "date",
    "headings": "heading",
}
EVIL = """关于<script>alert(1)</script>"'整改情况的报告
一、<img src=x onerror=alert(1)>组织落实情况
1.“"><svg onload=alert(1)>学习'不深入”问题整改情况：2023年5月1日，印发《<b onclick="x">制度</b>》，投入javascript:alert(1)资金3万元。
（1）</style></article><a href="javascript:alert(2)">点击</a>\x01\x0b\u202e共召开会议3次，计2次。{{ 7*7 }}
"""


@pytest.fixture(scope="module", params=NAMES)
def report(request: pytest.FixtureRequest) -> Report:
    return extract(SAMPLES / request.param)


@pytest.fixture(scope="module")
def page(report: Report) -> LexborHTMLParser:
    return tree(report)


def tree(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser(to_html(report).decode())


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(node: LexborNode, without: frozenset[str] = frozenset({"noise", "figcaption", "summary", "chip"})) -> str:
    """The words of a node without those inside of certain classes and tags."""
    if node.tag == "-text":
        return squeezed(node.text_content or "")
    if without & {node.tag, *(node.attributes.get("class") or "").split()}:
        return ""
    return "".join(words(child, without) for child in node.iter(include_text=True))


class Strict(HTMLParser):
    """Fails where a tag closes another than the last opened, or a link stands in a link."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len(dict(attributes)) == len(attributes), attributes
        assert tag != "a" or "a" not in self.stack
        assert tag not in BLOCKS or "p" not in self.stack
        self.found.append((tag, dict(attributes)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def parsed(page: bytes) -> Strict:
    parser = Strict()
    parser.feed(page.decode())
    assert not parser.stack
    return parser


def test_every_character_of_the_text_stands_once(report: Report, page: LexborHTMLParser) -> None:
    sheets = page.css("article.sheet")
    for document, sheet in zip(report.documents, sheets, strict=True):
        if report.tables:
            assert Counter(words(sheet)) == Counter(squeezed(document.text))
        else:
            assert words(sheet) == squeezed(document.text)


def test_all_noise_stands_once(report: Report, page: LexborHTMLParser) -> None:
    nodes = page.css(".sheet .noise:not(summary .noise)")
    shown = "".join(words(node, frozenset()) for node in nodes)
    assert Counter(shown) == Counter(squeezed("".join(noise.text for noise in report.noise)))


@pytest.mark.parametrize("kind", SINGULAR)
def test_a_record_is_marked_where_it_stands(report: Report, page: LexborHTMLParser, kind: str) -> None:
    marks: dict[str, list[LexborNode]] = {}
    for node in page.css(".m[data-record]"):
        marks.setdefault(str(node.attributes["data-record"]), []).append(node)
    for i, record in enumerate(getattr(report, kind), 1):
        pieces = marks[f"{SINGULAR[kind]}-{i}"]
        assert "".join(map(words, pieces)) == squeezed(record.text)
        assert pieces[0].attributes["id"] == f"at-{SINGULAR[kind]}-{i}"
        assert f"规则 {record.rule}" in pieces[0].attributes.get("data-tip")


def test_tags_nest_names_are_unique_and_links_lead_somewhere(report: Report) -> None:
    found = parsed(to_html(report)).found
    ids = Counter(attributes["id"] for _, attributes in found if "id" in attributes)
    assert not [name for name, count in ids.items() if count > 1]
    hrefs = {attributes["href"] for tag, attributes in found if tag == "a"}
    assert hrefs <= {f"#{name}" for name in ids}


def test_records_and_checks_bear_what_a_correction_needs(report: Report, page: LexborHTMLParser) -> None:
    cards = page.css("[data-fingerprint]")
    kinds = ("problems", "measures", "quantities", "dates", "headings", "checks")
    assert len(cards) == sum(len(getattr(report, kind)) for kind in kinds)
    assert all(
        card.attributes.get("data-kind") and card.attributes.get("data-rule") and card.attributes.get("id")
        for card in cards
    )
    assert len({(card.attributes.get("data-kind"), card.attributes.get("data-fingerprint")) for card in cards}) == len(
        cards
    )
    assert {c.attributes.get("data-fingerprint") for c in page.css(".check")} == {c.fingerprint for c in report.checks}


def test_the_same_report_gives_the_same_small_page(report: Report) -> None:
    page = to_html(report)
    assert page == to_html(Report.model_validate_json(report.model_dump_json()))
    assert len(page) < 400_000


def test_what_does_not_fit_comes_first() -> None:
    page = tree(extract(SAMPLES / "rectification-lanxi-water-2022.txt"))
    checks = page.css("#checks .check")
    assert [check.attributes.get("data-outcome") for check in checks[:2]] == ["broken", "holds"]
    assert "20 ≠ 19" in checks[0].text()
    stated = page.css_first(str(checks[0].css("a")[0].attributes["href"]))
    assert stated.text() == "20个"
    assert "doubt" in stated.attributes.get("class")
    assert len(checks[0].css("a")) == 20
    assert "1 项不符" in page.css(".tree")[0].text()


def test_noise_stands_in_its_line() -> None:
    page = to_html(extract(SAMPLES / "rectification-lanxi-water-2022.txt")).decode()
    assert re.search(r'出厂水<span class="noise" title="噪声，规则 chunk-counter">3、</span>检测指标不全', page)


def test_headers_and_footers_stand_at_the_edges_of_their_pages() -> None:
    report = extract(SAMPLES / "rectification-lanxi-water-2023.pdf")
    (document,) = report.documents
    for stray in strays(report):
        page = {run.page for run in document.runs if run.at <= max(0, stray.at - 1) < run.at + run.end - run.start}
        after = {run.page for run in document.runs if run.at <= stray.at < run.at + run.end - run.start}
        assert page != after or stray.at in (0, len(document.text))


def test_a_table_is_a_table() -> None:
    page = tree(extract(SAMPLES / "rectification-lanxi-water-2023.docx"))
    (table,) = page.css("#at-table-1 table")
    rows = [[words(cell) for cell in row.iter()] for row in table.css("tr")]
    assert rows[0] == ["序号", "问题", "整改措施", "责任单位", "时限", "进展"]
    assert rows[3][4:] == ["2024年3月底", "持续推进"]
    assert [cell.tag for cell in table.css("tr")[0].iter()] == ["th"] * 6
    assert table.css("td .m.date")[0].attributes.get("data-record").startswith("date-")


def test_a_table_outside_of_the_text_is_listed_without_a_link() -> None:
    report = extract(SAMPLES / "rectification-lanxi-water-2023.docx")
    page = tree(report.model_copy(update={"tables": report.tables * 2}))
    assert page.css_first("#table-1 a.go") is not None
    assert page.css_first("#table-2 a.go") is None
    assert "不在正文中" in page.css_first("#table-2").text()


def test_merged_cells_reach_as_far_as_they_do(tmp_path: Path) -> None:
    path = tmp_path / "表.html"
    path.write_text(
        "<html><body><h1>关于收支情况的报告</h1><p>收支情况见下表，共列示支出2项。</p><table border=1>"
        "<tr><th rowspan=2>项目</th><th colspan=2>金额（万元）</th></tr><tr><th>预算</th><th>决算</th></tr>"
        "<tr><td>办公费</td><td>12.5</td><td>11.3</td></tr><tr><td>差旅费</td><td>—</td><td>2.1</td></tr></table></body></html>",
        "utf-8",
    )
    (table,) = tree(extract(path)).css("#at-table-1 table")
    first = table.css("tr")[0]
    assert [(words(c), c.attributes.get("rowspan"), c.attributes.get("colspan")) for c in first.iter()] == [
        ("项目", "2", None), ("金额（万元）", None, "2"),
    ]  # fmt: skip
    assert [len(list(row.iter())) for row in table.css("tr")] == [2, 2, 3, 3]
    assert "预算" in table.css("td")[1].attributes.get("title")


def test_pages_are_shown_with_a_box_for_every_record() -> None:
    settings = Settings(("html",), page_images=True)
    outcome = read(settings, Job(SAMPLES / "rectification-lanxi-water-2023.pdf", PurePath("甲.pdf")))
    page = outcome.results["html"]
    found = parsed(page).found
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    report = extract(SAMPLES / "rectification-lanxi-water-2023.pdf")
    records = [record for kind in SINGULAR for record in getattr(report, kind)]
    assert sum(name.startswith("box-") for name in map(str, ids)) == len(records)
    images = [str(attributes["href"]) for tag, attributes in found if tag == "image"]
    assert len(images) == max(piece.page or 0 for record in records for piece in record.source)
    assert all(image.startswith("data:image/png;base64,") for image in images)
    assert (
        b"<image"
        not in read(Settings(("html",)), Job(SAMPLES / report.source.name, PurePath("甲.pdf"))).results["html"]
    )


def test_asking_for_pages_writes_the_html_again() -> None:
    limits = Limits()
    assert make(Settings(("html",)), limits) != make(Settings(("html",), page_images=True), limits)


def test_hostile_words_stay_words() -> None:
    report = extract_text(EVIL)
    report = report.model_copy(update={"source": report.source.model_copy(update={"name": EVIL})})
    page = to_html(report)
    found = parsed(page).found
    tags = Counter(tag for tag, _ in found)
    assert (tags["script"], tags["style"], tags["img"]) == (1, 1, 0)
    assert not [name for _, attributes in found for name in attributes if name.startswith("on") or name == "style"]
    assert all(attributes.get("href", "#").startswith(("#", "data:,")) for _, attributes in found)
    assert not re.search(rb"[\x00-\x08\x0b-\x1f]|\xe2\x80\xae", page)
    sheet = LexborHTMLParser(page.decode()).css("article.sheet")[0]
    assert "{{ 7*7 }}" in sheet.text()
    assert "<script>alert(1)</script>" in sheet.text()
    assert "</a>␁" in sheet.text()


@pytest.mark.parametrize("text", ["。", "一、", "2023年", "甲" * 3000])
def test_a_page_of_almost_nothing(text: str) -> None:
    parsed(to_html(extract_text(text)))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2023-01-30", "2023-01-30"), ("2022-36", "2022 年第四季度"), ("2022-40", "2022 年上半年"), ("P3Y", "此前 3 年"),
     ("2022-09/2022-12", "2022-09 至 2022-12"), ("2019/..", "2019 至 此后"), ("2023-XX-06", "2023-XX-06")],
)  # fmt: skip
def test_a_date_is_said_in_words(value: str, shown: str) -> None:
    assert dated(value) == shown


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text("甲乙丙\n", min_size=1, max_size=40))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = draw(st.lists(st.tuples(ends, st.sampled_from(ORDER)), max_size=12))
    return text, [Mark(min(at), max(at), kind, f"x-{i}", i, "") for i, (at, kind) in enumerate(spans)]


@given(marked())
def test_any_marks_nest_and_lose_nothing(drawn: tuple[str, list[Mark]]) -> None:
    text, marks = drawn
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
    ends = [*(i for i, char in enumerate(text) if char == "\n"), len(text)]
    clips = clipped(marks, starts, ends)
    covered: dict[str, str] = {mark.id: "" for mark in marks}
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        stack: list[Mark] = []
        printed = ""
        for token in tokens(text, start, end, clips.get(i, [])):
            if token.kind == "open":
                assert token.mark
                stack.append(token.mark)
            elif token.kind == "close":
                assert stack.pop() is token.mark
            else:
                printed += token.text
                for mark in stack:
                    covered[mark.id] += token.text
        assert not stack
        assert printed == text[start:end]
    assert covered == {mark.id: text[mark.start : mark.end].replace("\n", "") for mark in marks}


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the corpus")
@pytest.mark.parametrize(
    "name", ["gwr-fujian-2025.docx", "gwr-national-2018.txt", "final-accounts-putuo-finance-2024.pdf"]
)
def test_a_report_of_twenty_five_pages_is_under_a_megabyte(name: str) -> None:
    report = extract(SHARED / name)
    page = to_html(report)
    parsed(page)
    assert len(page) < 1_000_000
    sheets = LexborHTMLParser(page.decode()).css("article.sheet")
    assert Counter("".join(map(words, sheets))) == Counter(squeezed("".join(d.text for d in report.documents)))
