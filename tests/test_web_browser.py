"""The local application in real Chromium: looked at, corrected, added to; and no request leaves the loopback address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

import pytest
from browsing import WORDS, YELLOW
from served import Served, serving
from typer.testing import CliRunner

from extractor import Report
from extractor.cli import app

sync_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("uvicorn")
SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
FIRST, LATER = "rectification-lanxi-water-2021.txt", "rectification-lanxi-water-2022.txt"
BODY = "岚溪县水务局"
DROP = """([name, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name));
  for (const type of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    result = CliRunner().invoke(
        app, ["extract", *(str(SAMPLES / name) for name in (FIRST, LATER)), "--out", str(folder)]
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def running(made: Path) -> Iterator[Served]:
    with serving(made) as one:
        yield one


@pytest.fixture
def served(running: Served) -> Served:
    """Without verdicts of an earlier test."""
    for file in running.archive.rglob("*.review.json"):
        file.unlink()
    return running


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(browser: sync_api.Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[sync_api.Page]:
    yield from opened(browser, served, request.param)


@pytest.fixture
def scripted(browser: sync_api.Browser, served: Served) -> Iterator[sync_api.Page]:
    yield from opened(browser, served, True)


def opened(browser: sync_api.Browser, served: Served, script: bool) -> Iterator[sync_api.Page]:
    """At the archive, as its user opens it. Held to ask no one else, and to break no policy."""
    context = browser.new_context(
        base_url=served.base,
        java_script_enabled=script,
        viewport={"width": 1366, "height": 768},
        reduced_motion="reduce",
    )
    page = context.new_page()
    asked: list[str] = []
    broken: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: broken.append(message.text) if "status of 400" not in message.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(served.address)
    assert urlsplit(page.url).query == ""
    yield page
    assert asked
    assert [url for url in asked if not url.startswith((f"{served.base}/", "data:"))] == []
    assert broken == []
    context.close()


def record(page: sync_api.Page, text: str) -> sync_api.Locator:
    return page.locator(".record", has=page.locator(".go", has_text=text)).first


def test_a_record_leads_to_its_characters(page: sync_api.Page, served: Served) -> None:
    page.locator("a", has_text="回头看").first.click()
    report = Report.model_validate_json((served.archive / f"{LATER}.json").read_bytes())
    page.locator("#quantity-20 .go").click()
    lit = page.locator(".m:target")
    assert lit.evaluate(WORDS) == report.quantities[19].text
    assert lit.evaluate("mark => getComputedStyle(mark).backgroundColor") == YELLOW
    sync_api.expect(lit).to_be_in_viewport()


def test_a_correction_stays(page: sync_api.Page, served: Served) -> None:
    page.goto(f"/report?file={LATER}")
    card = record(page, "20个")
    card.locator("a", has_text="错、改").click()
    form = page.locator("form.judgement")
    form.locator("[value=edited]").check()
    form.locator("[name=to-value]").fill("19")
    form.locator("[name=by]").fill("王审")
    form.locator("button").click()
    sync_api.expect(record(page, "20个").locator(".judge")).to_contain_text("取值：19")
    page.reload()
    assert "取值：19" in record(page, "20个").locator(".judge").inner_text()
    assert page.locator("#judged").inner_text() == "1"
    kept = json.loads(served.verdicts(LATER))["verdicts"]
    assert [(one["edits"], one["by"]) for one in kept] == [({"value": 19}, "王审")]
    record(page, "20个").locator("button", has_text="撤回").click()
    sync_api.expect(record(page, "20个").locator("button", has_text="对")).to_be_visible()


def test_one_click_confirms(page: sync_api.Page, served: Served) -> None:
    page.goto(f"/report?file={LATER}")
    card = record(page, "防汛物资储备底数不清")
    card.hover()
    card.locator("button", has_text="对").click()
    sync_api.expect(record(page, "防汛物资储备底数不清").locator(".chip.good", has_text="对")).to_be_visible()
    assert served.verdicts(LATER).count('"right"') == 1


def test_a_check_is_judged(page: sync_api.Page, served: Served) -> None:
    page.goto(f"/report?file={LATER}")
    page.locator("#checks .check.bad a", has_text="错").last.click()
    form = page.locator("form.judgement")
    form.locator("[name=reason]").fill("另有附件")
    form.locator("button").click()
    sync_api.expect(page.locator("#checks .check.bad .judge").first).to_contain_text("另有附件")
    assert '"kind": "checks"' in served.verdicts(LATER)


def test_keys_judge_the_record_that_is_lit(scripted: sync_api.Page, served: Served) -> None:
    scripted.goto(f"/report?file={LATER}")
    scripted.keyboard.press("j")
    first = scripted.locator(".record.on").get_attribute("id")
    scripted.keyboard.press("y")
    sync_api.expect(scripted.locator(f"#{first} .judge.is-right")).to_be_visible()
    sync_api.expect(scripted.locator(".record.on")).not_to_have_attribute("id", first or "")
    second = scripted.locator(".record.on").get_attribute("id")
    scripted.keyboard.press("x")
    sync_api.expect(scripted.locator(f"#{second} [name=reason]")).to_be_focused()
    scripted.keyboard.type("多取了字")
    scripted.keyboard.press("Enter")
    sync_api.expect(scripted.locator(f"#{second} .judge.is-wrong")).to_contain_text("多取了字")
    scripted.keyboard.press("u")
    sync_api.expect(scripted.locator(f"#{second} .judge.is-wrong")).to_have_count(0)
    scripted.keyboard.press("e")
    sync_api.expect(scripted.locator(f"#{second} .to :is(input, select)").first).to_be_focused()
    scripted.keyboard.press("Escape")
    sync_api.expect(scripted.locator(".judgement")).to_have_count(0)
    assert len(json.loads(served.verdicts(LATER))["verdicts"]) == 1


def test_a_refused_correction_says_why(page: sync_api.Page, served: Served) -> None:
    page.goto(f"/report?file={LATER}")
    record(page, "20个").locator("a", has_text="错、改").click()
    page.locator("form.judgement [value=wrong]").check()
    page.locator("form.judgement button").click()
    sync_api.expect(page.locator("form.judgement [role=alert]")).to_contain_text("须写明理由")
    assert served.verdicts(LATER) == ""


def test_a_file_is_dropped_in_and_read(scripted: sync_api.Page, served: Served) -> None:
    scripted.evaluate(DROP, ["总结2024.txt", "临溪县财政局2024年工作总结\n一、情况\n2024年，举办培训班4期。\n"])
    scripted.wait_for_url("**/uploads")
    link = scripted.locator("a", has_text="received/总结2024.txt")
    link.wait_for()
    link.click()
    assert "举办培训班" in scripted.locator("#doc-1").inner_text()
    scripted.goto("/")
    assert "临溪县财政局2024年工作总结" in scripted.locator("table.list").inner_text()


def test_too_many_files_are_not_sent(scripted: sync_api.Page, served: Served) -> None:
    file = {"mimeType": "text/plain", "buffer": b"x"}
    scripted.locator("input[type=file]").set_input_files([{"name": f"{i}.txt", **file} for i in range(201)])
    sync_api.expect(scripted.locator("#drop")).to_contain_text("一次最多 200 份，这里有 201 份")
    assert scripted.url == f"{served.base}/"


def test_files_are_picked_without_a_script(browser: sync_api.Browser, served: Served) -> None:
    for page in opened(browser, served, False):
        page.locator("input[type=file]").set_input_files(
            [
                {
                    "name": "甲.txt",
                    "mimeType": "text/plain",
                    "buffer": "工作总结\n一、情况\n举办培训班4期。\n".encode(),
                },
                {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"},
            ]
        )
        page.locator("#drop button").click()
        page.locator("td", has_text="未读出").wait_for()
        assert page.locator("a", has_text="received/甲.txt").is_visible()


def test_two_years_are_compared_and_a_row_is_judged(page: sync_api.Page, served: Served) -> None:
    page.locator("nav a", has_text="对比").click()
    page.locator(".what a", has_text=BODY).click()
    assert "2021" in page.locator("#problems table thead").first.inner_text()
    row = page.locator("[data-kind=problem]").first
    row.locator("button", has_text="对").click()
    sync_api.expect(page.locator("[data-kind=problem]").first.locator(".judge.is-right")).to_be_visible()
    page.reload()
    assert page.locator("[data-kind=problem]").first.locator(".judge.is-right").count() == 1
    page.locator("#problems .where a[href^='/place']").first.click()
    sync_api.expect(page.locator(".m:target")).to_be_in_viewport()


def test_a_hit_leads_to_its_words(page: sync_api.Page) -> None:
    page.locator("[role=search] input").fill("往来款")
    page.locator("[role=search] button").click()
    assert page.locator(".hits mark").first.inner_text() == "往来款"
    page.locator(".hits a").first.click()
    sync_api.expect(page.locator(".m:target")).to_be_in_viewport()


def test_the_ledger_is_filtered_and_taken_along(page: sync_api.Page) -> None:
    page.locator("nav a", has_text="台账").click()
    page.locator("[name=year]").select_option("2022")
    page.locator(".filters button").click()
    assert page.locator("table.ledger tbody tr").count() == 19
    with page.expect_download() as download:
        page.locator("a", has_text="导出 CSV").click()
    assert download.value.suggested_filename == "台账-巡视巡察.csv"


@pytest.mark.parametrize(
    "path", ["/", "/ledger", f"/charts?body={quote(BODY)}", f"/report?file={LATER}", f"/compare?body={quote(BODY)}"]
)
def test_paper_and_narrow_windows(scripted: sync_api.Page, path: str) -> None:
    import pypdfium2

    scripted.goto(path)
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert scripted.evaluate(width) <= 0
    pdf = pypdfium2.PdfDocument(scripted.pdf(prefer_css_page_size=True))
    assert 0 < len(pdf) < 60
    words = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "岚溪县" in words
    assert "全文检索" not in words
    assert "错、改" not in words


@pytest.fixture
def elsewhere(served: Served) -> Iterator[str]:
    """A page of another port of this host, which has our cookies: it sends our form and frames our pages."""
    name = served.fingerprint(LATER, "20个")
    page = (
        f'<form method="post" action="{served.base}/verdict"><input name="file" value="{LATER}">'
        f'<input name="right" value="{name}"><button>x</button></form><iframe src="{served.base}/"></iframe>'
    )

    class Evil(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Evil) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_page_elsewhere_can_neither_read_nor_frame_nor_post(
    browser: sync_api.Browser, served: Served, elsewhere: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address)
    page.goto(elsewhere)
    assert BODY not in page.frames[1].content()
    read = page.evaluate(
        f"fetch('{served.base}/', {{credentials: 'include'}}).then(a => a.text()).catch(() => 'refused')"
    )
    assert read == "refused"
    page.locator("button").click()
    page.locator("h1", has_text="不是从本页面发出的").wait_for()
    assert served.verdicts(LATER) == ""
    page.goto(served.base)
    assert BODY in page.content()
    context.close()
