"""The comparison page: the short answer, every row with its places, closed, safe, the same each time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from browsing import opened
from comparisons import EVIL, hostile, long, samples
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from test_review_page import parsed

from extractor.comparison.page import STYLES, context, to_html
from extractor.comparison.page.figures import heights, scale
from extractor.comparison.page.pairs import runs
from extractor.comparison.page.places import sentence
from extractor.comparison.records import Comparison, Place
from extractor.pages import render
from extractor.records import Span

ROWS = {"indicators": "indicator", "problems": "problem", "promises": "promise", "answers": "answer", "reuse": "reuse"}
SMALL = 3_000_000  # bytes


@pytest.fixture(scope="module")
def made() -> Comparison:
    return samples()


@pytest.fixture(scope="module")
def page(made: Comparison) -> LexborHTMLParser:
    return LexborHTMLParser(to_html(made).decode())


def words(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


def test_every_row_is_there_once_with_its_fingerprint(made: Comparison, page: LexborHTMLParser) -> None:
    for name, kind in ROWS.items():
        shown = [node.attributes["data-fingerprint"] for node in page.css(f"[data-kind={kind}]")]
        assert Counter(shown) == Counter(row.fingerprint for row in getattr(made, name))
    told = [one.fingerprint for dossier in made.dossiers for one in dossier.contradictions]
    assert Counter(told) == Counter(
        node.attributes["data-fingerprint"] for node in page.css("[data-kind=contradiction]")
    )


def test_tags_nest_names_are_unique_and_links_lead_somewhere(made: Comparison) -> None:
    found = parsed(to_html(made)).found
    ids = Counter(attributes["id"] for _, attributes in found if "id" in attributes)
    assert not [name for name, count in ids.items() if count > 1]
    assert {attributes["href"] for tag, attributes in found if tag == "a"} <= {f"#{name}" for name in ids}


def test_the_short_answer_leads_to_what_came_back(made: Comparison, page: LexborHTMLParser) -> None:
    returned = [row for row in made.problems if row.fate == "returned"]
    assert returned
    links = {node.attributes["href"] for node in page.css("#short .tile a")}
    assert {f"#problem-{row.fingerprint}" for row in returned} <= links
    lost = [row for row in made.promises if row.fate == "not_mentioned"]
    assert {f"#promise-{row.fingerprint}" for row in lost} <= links
    partly = sum(row.fate == "partly" for row in made.promises)
    assert f"部分兑现 {partly}" in words(page, "#short")


def test_a_problem_that_came_back_quotes_every_year(made: Comparison, page: LexborHTMLParser) -> None:
    row = next(row for row in made.problems if row.fate == "returned" and len(row.stations) > 1)
    shown = words(page, f"#problem-{row.fingerprint}")
    assert "● 又提出" in shown
    assert "✓ 已完成" in shown
    marks = [node.text() for node in page.css(f"#problem-{row.fingerprint} .quotes mark")]
    assert marks == [station.text for _, station in sorted(row.stations.items())]
    assert page.css_first(f"#problem-{row.fingerprint} .quotes").attributes.get("open", "no") is None


def test_a_promise_shows_both_places(made: Comparison, page: LexborHTMLParser) -> None:
    row = next(row for row in made.promises if row.answer)
    assert row.answer
    sides = page.css(f"#promise-{row.fingerprint} .sides > div")
    for side, place in zip(sides, (row.promise, row.answer), strict=True):
        assert side.css_first("mark").text() == place.text
        assert side.css_first(f".where a[href='#report-{place.report + 1}']")
        piece = place.source[0]
        assert f"第{piece.start + 1}—{piece.end}字" in side.text()


def test_figures_of_all_years_stand_in_one_unit(made: Comparison, page: LexborHTMLParser) -> None:
    row = next(
        row for row in made.indicators if row.kind == "value" and len({one.unit for one in row.cells.values()}) > 1
    )
    year, other = next((int(year), cell) for year, cell in row.cells.items() if cell.unit != row.unit)
    assert heights(row)[year] == pytest.approx(
        next(iter(row.cells.values())).value + sum(change.difference for change in row.changes)
    )
    shown = [" ".join(node.text().split()) for node in page.css(f"#indicator-{row.fingerprint} > tr:first-child > *")]
    assert shown[1] == scale(row).unit
    assert other.text in shown
    quotes = [node.text() for node in page.css(f"#indicator-{row.fingerprint} .quotes mark")]
    assert quotes == [cell.text for _, cell in sorted(row.cells.items())]


def test_achieved_targets_and_periods_stand_apart(made: Comparison, page: LexborHTMLParser) -> None:
    heads = [node.text() for node in page.css("#indicators h4")]
    assert {"完成数", "目标数"} <= set(heads)
    for scope, head in (("achieved", "完成数"), ("target", "目标数")):
        row = next(row for row in made.indicators if row.scope == scope and len(row.cells) > 1)
        table = page.css_first(f"#indicator-{row.fingerprint}").parent
        assert table.css_first("thead th").text() == head


def test_what_moved_stands_before_what_did_not(made: Comparison) -> None:
    changed = [
        row for row in made.indicators if row.scope == "achieved" and len(row.cells) == 2 and row.changes[0].difference
    ]
    still = changed[0].changes[0].model_copy(update={"difference": 0.0, "rate": 0.0})
    rows = (
        changed[0].model_copy(update={"changes": (still,)}),
        changed[1].model_copy(update={"series": changed[0].series}),
    )
    tree = LexborHTMLParser(to_html(made.model_copy(update={"indicators": rows})).decode())
    shown = [node.attributes["data-fingerprint"] for node in tree.css("[data-kind=indicator]")]
    assert shown == [rows[1].fingerprint, rows[0].fingerprint]


def test_contradictions_stand_with_the_stations_they_speak_of(made: Comparison, page: LexborHTMLParser) -> None:
    dossier = next(one for one in made.dossiers if one.contradictions)
    block = page.css_first(f"#dossier-{dossier.id}")
    assert len(block.css(".station")) == len(dossier.stations)
    assert dossier.contradictions[0].message in block.text()
    marked = [node for node in block.css(".station") if node.css_first("a.chip.bad")]
    assert len(marked) == len(dossier.contradictions[0].places)


@pytest.mark.parametrize("presence", ["twice", "missing", "unreadable"])
def test_gaps_are_words_in_a_grid(made: Comparison, presence: str) -> None:
    gap = made.gaps[0].model_copy(update={"presence": presence, "body": "另一局"})
    shown = LexborHTMLParser(to_html(made.model_copy(update={"gaps": (*made.gaps, gap)})).decode())
    assert {"twice": "重复", "missing": "缺", "unreadable": "读不出"}[presence] in words(shown, "#gaps")


def test_a_place_is_shown_in_its_sentence(made: Comparison) -> None:
    for row in made.promises:
        assert "".join(sentence(row.promise)).strip("…") in row.promise.quote.replace(
            row.promise.text, row.promise.text
        )


@given(st.text("甲乙丙丁戊", max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_shared_runs_keep_every_character(text: str, spans: list[tuple[int, int]]) -> None:
    place = Place(report=0, doc=0, text=text, span=Span(start=7, end=7 + len(text)), source=(), quote=text)
    cut = list(runs(place, [Span(start=7 + min(pair), end=7 + max(pair)) for pair in spans]))
    assert "".join(words for words, _ in cut) == text
    inside = {i for low, high in map(sorted, spans) for i in range(low, high)}
    marked = [both for words, both in cut for _ in words]
    assert marked == [i in inside for i in range(len(text))]


def test_no_script_nothing_from_outside_and_hostile_words_stay_words() -> None:
    page = to_html(hostile()).decode()
    assert not re.search(r"\x0b|\u202e", page)
    found = parsed(page.encode()).found
    policy = next(attributes["content"] for _, attributes in found if "http-equiv" in attributes)
    assert {"default-src 'none'", "script-src 'none'"} <= set(str(policy).split("; "))
    assert not [tag for tag, _ in found if tag in ("script", "img", "iframe", "object")]
    assert not [name for _, attributes in found for name in attributes if name.startswith("on") or name == "style"]
    assert {attributes["href"][:1] for tag, attributes in found if tag == "a"} == {"#"}
    assert "{{ 7*7 }}" in page


def test_a_local_program_can_stand_its_own_beside_each_row(made: Comparison) -> None:
    asked: list[str] = []
    own = {
        "control": lambda fingerprint: asked.append(fingerprint) or "",
        "seen": lambda place: f"/place?{place.report}",
    }
    page = render("comparison/page/compare.html", STYLES, **{**context(made), **own}).decode()
    rows = {row.fingerprint for name in ROWS for row in getattr(made, name)}
    assert set(asked) == rows | {one.fingerprint for dossier in made.dossiers for one in dossier.contradictions}
    assert "/place?0" in page


def test_the_same_comparison_gives_the_same_bytes(made: Comparison) -> None:
    assert to_html(made) == to_html(Comparison.model_validate_json(made.model_dump_json()))


def test_many_years_stay_small_and_their_tail_is_folded() -> None:
    page = to_html(long(16, 300))
    assert len(page) < SMALL
    tree = LexborHTMLParser(page.decode())
    assert len(tree.css("#indicators [data-kind=indicator]")) == 300
    assert len(tree.css("#indicators .part > .scroll [data-kind=indicator]")) == 30
    assert len(tree.css("#indicators .multiples svg")) == 12


def test_nothing_to_compare_is_said(made: Comparison) -> None:
    names = ("indicators", "problems", "promises", "answers", "dossiers", "reuse", "gaps")
    page = to_html(made.model_copy(update=dict.fromkeys(names, ())))
    assert "没有可以对照的内容" in page.decode()


sync_api = pytest.importorskip("playwright.sync_api")
CONTRAST = """() => {
  const parse = words => { const n = words.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const light = ([r, g, b]) => { const f = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = node => { for (; node; node = node.parentElement) { const c = parse(getComputedStyle(node).backgroundColor); if (c[3]) return c; } return [255, 255, 255]; };
  const poor = new Set();
  for (const node of document.querySelectorAll("main *, nav *")) {
    if (node.closest("svg") || ![...node.childNodes].some(c => c.nodeType === 3 && c.data.trim())) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}"""


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def shown(
    browser: sync_api.Browser,
    made: Comparison,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[sync_api.Page]:
    """Open, and held to ask nothing of anyone."""
    path = tmp_path_factory.mktemp("page") / "对照.html"
    path.write_bytes(to_html(made))
    yield from opened(browser, path.as_uri(), request.param)


def test_a_line_of_the_answer_leads_to_its_row(shown: sync_api.Page, made: Comparison) -> None:
    row = next(row for row in made.promises if row.fate == "not_mentioned")
    shown.locator(f"#short a[href='#promise-{row.fingerprint}']").click()
    target = shown.locator(f"#promise-{row.fingerprint}")
    sync_api.expect(target).to_be_in_viewport()
    sync_api.expect(target.locator("mark").first).to_have_text(row.promise.text)


def test_a_figure_leads_to_its_words_and_opens_them(shown: sync_api.Page, made: Comparison) -> None:
    row = next(row for row in made.indicators if len(row.cells) == 2)
    year = max(row.cells)
    quote = shown.locator(f"#indicator-{row.fingerprint}-{year}")
    assert not quote.is_visible()
    shown.locator(f"#indicator-{row.fingerprint} a[href='#indicator-{row.fingerprint}-{year}']").click()
    sync_api.expect(quote).to_be_visible()
    assert quote.locator("mark").inner_text() == row.cells[year].text


def test_it_fits_the_screen_and_can_be_read(shown: sync_api.Page) -> None:
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1366
    assert shown.evaluate(CONTRAST) == []


def test_hostile_words_run_nothing(browser: sync_api.Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("evil") / "evil.html"
    path.write_bytes(to_html(hostile()))
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.title() != "run"
    assert page.locator("img, main script").count() == 0
    assert EVIL[:30] in page.locator("#promises").inner_text()
    page.close()


def test_paper_shows_quotes_and_a_page_for_each_problem(
    browser: sync_api.Browser, made: Comparison, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import pypdfium2

    path = tmp_path_factory.mktemp("paper") / "page.html"
    path.write_bytes(to_html(made))
    page = browser.new_page()
    page.goto(path.as_uri())
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]
    texts = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pdf]
    row = next(row for row in made.indicators if len(row.cells) == 2)
    assert all("".join(cell.quote.split())[:20] in "".join(texts) for cell in row.cells.values())
    starts = [
        i
        for i, text in enumerate(texts)
        for one in made.dossiers
        if one.contradictions and f"编号{one.id}" in text[:200]
    ]
    assert len(starts) == len(set(starts)) == sum(bool(one.contradictions) for one in made.dossiers)
