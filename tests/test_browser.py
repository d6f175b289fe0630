"""The review page in real Chromium: records and their characters lead to each other, with a script and without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WORDS, YELLOW, opened

from extractor import extract
from extractor.records import Report
from extractor.writers.page import to_html

sync_api = pytest.importorskip("playwright.sync_api")
SAMPLE = Path(__file__).parent.parent / "samples" / "reports" / "rectification-lanxi-water-2022.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    return extract(SAMPLE)


@pytest.fixture(scope="module")
def address(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "报告.html"
    path.write_bytes(to_html(report))
    return path.as_uri()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(browser: sync_api.Browser, address: str, request: pytest.FixtureRequest) -> Iterator[sync_api.Page]:
    """Open, and held to ask nothing of anyone."""
    yield from opened(browser, address, request.param)


@pytest.fixture
def scripted(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    yield from opened(browser, address, True)


def test_all_is_there_to_read(page: sync_api.Page, report: Report) -> None:
    assert page.locator(".record").count() == sum(
        len(getattr(report, kind)) for kind in ("problems", "measures", "quantities", "dates", "headings", "tables")
    )
    assert page.locator("#problem-1").is_visible()
    assert page.locator("#checks .check.bad").first.is_visible()
    assert page.locator("#charts svg").count() >= 3
    assert "乡镇供水站建成后无人管" in page.locator("#doc-1").inner_text()


@pytest.mark.parametrize(("kind", "i"), [("quantity", 20), ("date", 12), ("problem", 3), ("measure", 30)])
def test_a_record_leads_to_its_characters_and_they_lead_back(
    page: sync_api.Page, report: Report, kind: str, i: int
) -> None:
    records = {
        "quantity": report.quantities,
        "date": report.dates,
        "problem": report.problems,
        "measure": report.measures,
    }
    card, mark = page.locator(f"#{kind}-{i}"), page.locator(f"#at-{kind}-{i}")
    card.locator(".go").click()
    lit = page.locator(".m:target")
    assert lit.get_attribute("id") == f"at-{kind}-{i}"
    assert lit.evaluate(WORDS) == records[kind][i - 1].text
    assert lit.evaluate("mark => getComputedStyle(mark).backgroundColor") == YELLOW
    sync_api.expect(mark).to_be_in_viewport()
    back = mark if kind in ("quantity", "date") else mark.locator(".tag").first
    back.click()
    sync_api.expect(card).to_be_in_viewport()
    assert page.url.endswith(f"#{kind}-{i}")


def test_pointing_at_a_mark_shows_value_rule_and_source(page: sync_api.Page, report: Report) -> None:
    mark = page.locator("#at-quantity-20")
    mark.scroll_into_view_if_needed()
    mark.hover()
    shown = mark.evaluate("mark => getComputedStyle(mark, '::after').content")
    assert f"规则 {report.quantities[19].rule}" in shown
    assert "出处 第" in shown
    assert mark.evaluate("mark => getComputedStyle(mark, '::after').position") == "fixed"


def test_a_kind_can_be_hidden(page: sync_api.Page) -> None:
    page.locator("label[for=show-measures]").click()
    assert not page.locator("#measure-1").is_visible()
    assert not page.locator("#at-measure-1 > .tag").is_visible()
    assert page.locator("#at-measure-1").is_visible()
    page.locator("label[for=show-measures]").click()
    assert page.locator("#measure-1").is_visible()


def test_a_check_leads_to_what_it_speaks_of(page: sync_api.Page) -> None:
    page.locator("#checks .check.bad a").first.click()
    sync_api.expect(page.locator(".m:target")).to_have_text("20个")
    sync_api.expect(page.locator(".m:target")).to_be_in_viewport()


def test_keys_walk_the_records(scripted: sync_api.Page) -> None:
    scripted.keyboard.press("j")
    first = scripted.locator(".record.on").get_attribute("id")
    scripted.keyboard.press("j")
    scripted.keyboard.press("k")
    assert scripted.locator(".record.on").get_attribute("id") == first
    assert scripted.locator(".m.on").first.get_attribute("data-record") == first
    assert scripted.evaluate("document.activeElement.id") == first
    scripted.keyboard.press("n")
    assert "bad" in (scripted.locator(".check.on").get_attribute("class") or "")


def test_the_list_can_be_searched(scripted: sync_api.Page) -> None:
    scripted.keyboard.press("/")
    scripted.keyboard.type("往来款")
    texts = scripted.locator(".record:visible").all_inner_texts()
    assert texts
    assert all("往来款" in text for text in texts)
    scripted.keyboard.press("Escape")
    assert scripted.locator("#problem-1").is_visible()


def test_tab_reaches_a_mark_with_a_visible_focus(scripted: sync_api.Page) -> None:
    scripted.locator("#at-date-1").focus()
    scripted.keyboard.press("Tab")
    outline = "element => getComputedStyle(element).outlineStyle"
    assert scripted.locator(":focus").evaluate(outline) == "solid"


def test_paper_shows_text_and_records_on_a4(scripted: sync_api.Page) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(scripted.pdf(prefer_css_page_size=True))
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]
    words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "乡镇供水站建成后无人管" in words
    assert "自查" in words
    assert len(pdf) < 40


def test_a_script_in_a_report_does_not_run(browser: sync_api.Browser, tmp_path: Path) -> None:
    text = "关于<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">的报告\n一、情况\n投入3万元。\n"
    (tmp_path / "evil.txt").write_text(text, "utf-8")
    (tmp_path / "evil.html").write_bytes(to_html(extract(tmp_path / "evil.txt")))
    for page in opened(browser, (tmp_path / "evil.html").as_uri(), True):
        assert page.title() != "run"
        assert page.locator("#doc-1 img").count() == 0
