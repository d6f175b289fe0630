"""The local application: what it shows and what it keeps; dropped files: `test_web_uploads`, whom it refuses: `test_web_attacks`."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from pydantic import BaseModel
from served import BODY, FIRST, REPORTS, Served, extract
from typer.testing import CliRunner

from extractor.cli import app
from extractor.reviews.subjects import EDITABLE, choices

pytest.importorskip("uvicorn")


# ---- what it shows


def test_the_archive_is_a_list_that_can_be_narrowed(served: Served) -> None:
    page = served.get("/").page
    rows = page.css("table.list tbody tr")
    assert len(rows) == len(REPORTS)
    first = next(row for row in rows if FIRST in row.text())
    assert [word in first.text() for word in (BODY, "2022", "整改报告", "txt", "完整", "1 项不符", "0/")] == [True] * 7
    assert len(served.get("/", year="2021").page.css("table.list tbody tr")) == 1
    broken = served.get("/", status="broken").page.css("table.list tbody tr")
    assert any(FIRST in row.text() for row in broken)
    assert all("项不符" in row.text() for row in broken)
    assert len(served.get("/", words="回头看 水务局").page.css("table.list tbody tr")) == 2
    assert "没有符合的文件" in served.get("/", words="无此报告").text


def test_words_are_found_and_lead_to_their_place(served: Served) -> None:
    page = served.get("/search", words="往来款").page
    hit = page.css_first(".hits li")
    assert hit
    assert hit.css_first("mark").text() == "往来款"  # type: ignore[union-attr]
    answer = served.ask((hit.css_first("a").attributes["href"] or "").replace("&amp;", "&"))  # type: ignore[union-attr]
    assert answer.status == 303
    to = answer.headers["location"]
    place = served.ask(to.partition("#")[0]).page.css_first(f"#{urlsplit(to).fragment}")
    assert place
    assert "往来款" in place.text()


def test_a_report_has_a_way_to_judge_every_record_and_check(served: Served) -> None:
    page = served.get("/report", file=FIRST).page
    named = {one.attributes["data-fingerprint"] for one in page.css("[data-fingerprint]")}
    assert named == {one.attributes["data-judge"] for one in page.css("[data-judge]")}
    assert len(page.css("button[name=right][form=verdicts]")) == len(page.css("[data-judge]"))
    ids = [one.attributes["id"] for one in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_a_body_is_compared_and_every_row_can_be_judged(served: Served) -> None:
    links = [one.attributes["href"] for one in served.get("/compare").page.css(".what a")]
    assert [parse_qs(urlsplit(link or "").query)["body"] for link in links] == [[BODY]]
    page = served.get("/compare", body=BODY).page
    judged = {one.attributes["data-judge"] for one in page.css("[data-judge]")}
    rows = {one.attributes["data-fingerprint"] for one in page.css("[data-fingerprint]:not(.dossier)")}
    assert judged == rows
    assert len(judged) > 20
    seen = page.css_first(".where a[href^='/place']")
    assert seen
    assert served.ask(seen.attributes["href"] or "").status == 303


def test_the_ledger_is_a_table_with_filters_and_files(served: Served) -> None:
    page = served.get("/ledger", file=FIRST).page
    assert len(page.css("table.ledger tbody tr")) == 19
    assert [one.text().replace("待填", "") for one in page.css("table.ledger th")][:3] == [
        "序号",
        "突出问题",
        "具体问题",
    ]
    assert len(served.get("/ledger", file=FIRST, words="往来款").page.css("table.ledger tbody tr")) == 1
    done = served.get("/ledger", year="2021", state="completed").page
    assert 0 < len(done.css("table.ledger tbody tr")) < 9
    link = page.css_first("table.ledger td a")
    assert link
    place = urlsplit(link.attributes["href"] or "")
    assert served.ask(f"{place.path}?{place.query}").page.css_first(f"#{place.fragment}")
    sheet = served.get("/ledger/export", format="csv", file=FIRST)
    assert sheet.headers["content-disposition"].startswith("attachment; ")
    assert len(list(csv.reader(io.StringIO(sheet.body.decode("utf-8-sig"))))) == 20
    book = openpyxl.load_workbook(io.BytesIO(served.get("/ledger/export", format="xlsx", file=FIRST).body))
    assert book["台账"].max_row == 20
    assert served.get("/ledger", profile="无此样式").status == 404


def test_charts_are_drawn_for_the_archive_and_for_a_body(served: Served) -> None:
    assert len(served.get("/charts").page.css("figure svg")) == 2
    page = served.get("/charts", body=BODY, year="2022").page
    assert [one.text().partition("：")[0] for one in page.css("figure > h2")] == ["数字", "问题", "日历"]
    link = page.css_first("svg a[href^='/report']")
    assert link


def test_every_page_has_its_policy_and_is_not_kept(served: Served) -> None:
    for path in (
        "/",
        "/search?words=a",
        f"/report?file={FIRST}",
        "/ledger",
        "/compare",
        "/charts",
        "/uploads",
        "/nothing",
    ):
        headers = served.ask(path).headers
        policy = dict(part.partition(" ")[::2] for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


# ---- verdicts


def test_a_record_is_confirmed_and_taken_back(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    answer = own.post("/verdict", file=FIRST, right=name)
    assert (answer.status, answer.headers["location"]) == (303, f"/report?file={FIRST}#is-{name}")
    page = own.get("/report", file=FIRST).page
    assert page.css_first(f"#is-{name}.is-right")
    assert page.css_first("#judged").text() == "1"  # type: ignore[union-attr]
    assert "1/" in own.get("/").page.css_first(".share").text()  # type: ignore[union-attr]
    own.post("/verdict", file=FIRST, withdraw=name)
    assert json.loads(own.verdicts(FIRST))["verdicts"] == []


def test_wrong_and_edited_come_from_the_form(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    form = own.get("/judge", file=FIRST, fingerprint=name).page.css_first("form.judgement")
    assert form
    fields = {one.attributes["name"] for one in form.css("input, select")}
    assert fields == {
        "file",
        "fingerprint",
        "verdict",
        "to-value",
        "to-unit",
        "to-dimension",
        "to-modifier",
        "to-noun",
        "reason",
        "by",
    }
    refused = own.post("/verdict", file=FIRST, fingerprint=name, verdict="wrong", reason=" ")
    assert refused.status == 400
    assert "判为错误须写明理由" in refused.text
    same = own.post("/verdict", file=FIRST, fingerprint=name, verdict="edited", **{"to-value": "20"})
    assert "改正须改动至少一项取值" in same.text
    bad = own.post("/verdict", file=FIRST, fingerprint=name, verdict="edited", **{"to-value": "二十"})
    assert "“二十”不能作为这一项的取值" in bad.text
    assert own.verdicts(FIRST) == ""
    done = own.post("/verdict", file=FIRST, fingerprint=name, verdict="edited", by="王审", **{"to-value": "19"})
    assert done.status == 303
    kept = json.loads(own.verdicts(FIRST))["verdicts"][0]
    assert (kept["judged"]["value"], kept["edits"], kept["by"]) == (20, {"value": 19}, "王审")
    assert "取值：19" in own.get("/report", file=FIRST).page.css_first(f"#is-{name}").text()  # type: ignore[union-attr]


@pytest.mark.parametrize("model", EDITABLE, ids=lambda model: model.__name__)
def test_every_choice_of_the_form_has_a_word_of_its_own(model: type[BaseModel]) -> None:
    from extractor.web.words import word

    for field in EDITABLE[model]:
        words = [word(model, field, one) for one in choices(model, field)]
        assert not any(one.isascii() for one in words)
        assert len(set(words)) == len(words)


def test_the_script_is_given_parts(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    part = own.post("/verdict", file=FIRST, right=name, part=1)
    assert part.status == 200
    assert "<html" not in part.text
    assert part.page.css_first(f"[data-judge='{name}'].is-right")
    assert part.page.css_first("[data-count='1']")


def test_a_verdict_outlives_a_fresh_run_and_stays_when_its_words_go(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    own.post("/verdict", file=FIRST, fingerprint=name, verdict="wrong", reason="不是这一类")
    source = own.archive.parent / "reports"
    extract(source, "--out", own.archive, "--fresh")
    assert own.get("/report", file=FIRST).page.css_first(f"#is-{name}.is-wrong")
    text = (source / FIRST).read_text("utf-8")
    (source / FIRST).write_text(text.replace("20个问题", "若干问题"), "utf-8")
    extract(source, "--out", own.archive)
    page = own.get("/report", file=FIRST).page
    assert not page.css_first(f"#is-{name}")
    orphan = page.css_first(".orphans li")
    assert orphan
    assert "20个" in orphan.text()
    assert "不是这一类" in orphan.text()


def test_ledgers_take_verdicts_in_or_not(own: Served) -> None:
    before = len(own.get("/ledger", file=FIRST).page.css("table.ledger tbody tr"))
    name = own.fingerprint(FIRST, "防汛物资储备底数不清")
    own.post("/verdict", file=FIRST, fingerprint=name, verdict="wrong", reason="不是问题")
    assert len(own.get("/ledger", file=FIRST).page.css("table.ledger tbody tr")) == before - 1
    assert len(own.get("/ledger", file=FIRST, verdicts="no").page.css("table.ledger tbody tr")) == before
    for query, rows in ({}, before - 1), ({"verdicts": "no"}, before):
        book = openpyxl.load_workbook(io.BytesIO(own.get("/ledger/export", format="xlsx", file=FIRST, **query).body))
        assert book["台账"].max_row == rows + 1


def test_a_row_of_a_comparison_is_judged(served: Served) -> None:
    page = served.get("/compare", body=BODY).page
    row = page.css_first("[data-kind=problem][data-fingerprint]")
    assert row
    name = row.attributes["data-fingerprint"]
    try:
        assert served.post("/verdict", body=BODY, right=name).headers["location"].endswith(f"#is-{name}")
        kept = json.loads((served.archive / "comparison.review.json").read_text("utf-8"))["verdicts"][0]
        assert (kept["fingerprint"], kept["kind"], kept["about"]) == (name, "problems", BODY)
        assert served.get("/compare", body=BODY).page.css_first(f"#is-{name}.is-right")
        said = CliRunner().invoke(app, ["review", str(served.archive)])
        assert "1 verdicts on rows of comparisons: 1 right" in said.stderr
    finally:
        served.post("/verdict", body=BODY, withdraw=name)


def test_a_damaged_review_is_a_page_that_says_so(own: Served) -> None:
    (own.archive / f"{FIRST}.review.json").write_text("{")
    answer = own.get("/report", file=FIRST)
    assert answer.status == 409
    assert "this is no review file" in answer.text
    assert own.post("/verdict", file=FIRST, right="0" * 16).status == 409
    assert own.verdicts(FIRST) == "{"
    assert "复核文件损坏" in own.get("/").text
