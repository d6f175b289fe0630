"""The local application: what it shows, what it keeps, and whom it refuses."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest
from served import Answer, Served, serving
from typer.testing import CliRunner

from extractor.archive import Settings
from extractor.cli import app
from extractor.web import Desk, application, guard
from extractor.web.receiving import LONGEST_NAME, safe_name

pytest.importorskip("uvicorn")
SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
NAMES = (
    "rectification-lanxi-water-2021.txt", "rectification-lanxi-water-2022.txt", "rectification-lanxi-water-2023.docx",
    "feedback-lanxi-water-2022.txt",
)  # fmt: skip
FIRST = NAMES[1]
BODY = "岚溪县水务局"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
EVIL_FILE = "<img src=x onerror=alert(1)>.txt"
EVIL_TEXT = f"关于{EVIL}的报告\n一、情况{EVIL}\n2023年6月30日，投入{EVIL}资金3万元。\n"


def extract(*arguments: object) -> None:
    result = CliRunner().invoke(app, ["extract", *map(str, arguments)])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "reports" / "甲 乙").mkdir(parents=True)
    for name in NAMES:
        shutil.copy(SAMPLES / name, folder / "reports")
    (folder / "reports" / "甲 乙" / EVIL_FILE).write_text(EVIL_TEXT, "utf-8")
    (folder / "secret.json").write_text("{}")
    extract(folder / "reports", "--out", folder / "archive", "--format", "json")
    with serving(folder / "archive") as one:
        yield one


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports, of one, and its archive with the store."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "reports").mkdir()
    shutil.copy(SAMPLES / FIRST, folder / "reports")
    extract(folder / "reports", "--out", folder / "archive", "--format", "json,duckdb")
    return folder


@pytest.fixture
def own(tmp_path: Path, small: Path) -> Iterator[Served]:
    """An archive for one test alone."""
    shutil.copytree(small, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path / "archive") as one:
        yield one


# ---- what it shows


def test_the_archive_is_a_list_that_can_be_narrowed(served: Served) -> None:
    page = served.get("/").page
    rows = page.css("table.list tbody tr")
    assert len(rows) == len(NAMES) + 1
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
    finally:
        served.post("/verdict", body=BODY, withdraw=name)


def test_a_damaged_review_is_a_page_that_says_so(own: Served) -> None:
    (own.archive / f"{FIRST}.review.json").write_text("{")
    answer = own.get("/report", file=FIRST)
    assert answer.status == 409
    assert "this is no review file" in answer.text
    assert own.post("/verdict", file=FIRST, right="0" * 16).status == 409
    assert own.verdicts(FIRST) == "{"


# ---- files that are dropped in


def settled(served: Served) -> Answer:
    for _ in range(600):
        answer = served.get("/uploads")
        if "正在读" not in answer.text:
            return answer
        time.sleep(0.1)
    raise AssertionError("the files were not read in a minute")


def test_files_are_read_and_failures_named(own: Served) -> None:
    report = "临溪县财政局工作总结\n一、情况\n2024年，举办培训班4期。\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("里/丙.txt", report)
    sent = [("甲.txt", report), ("坏.docx", b"PK\x03\x04 broken"), ("空.txt", b""), ("一组.zip", buffer.getvalue())]
    answer = own.upload(*sent)
    assert (answer.status, answer.headers["location"]) == (303, "/uploads")
    said = {row.css_first("td").text(): row.text() for row in settled(own).page.css("tbody tr")}  # type: ignore[union-attr]
    assert "完整" in said["received/甲.txt"]
    assert "完整" in said["received/一组.zip/里/丙.txt"]
    assert "未读出" in said["received/坏.docx"]
    assert "是空文件" in said["空.txt"]
    assert (own.archive / "uploads" / "received" / "甲.txt").read_bytes() == report
    rows = {
        row["path"]: row for row in map(json.loads, (own.archive / "manifest.jsonl").read_text("utf-8").splitlines())
    }
    assert rows["received/甲.txt"]["root"] == "uploads"
    assert rows[FIRST]["removed"] is False
    assert "临溪县财政局工作总结" in own.get("/").text
    assert own.get("/search", words="培训班").page.css_first(".hits li")


def test_later_runs_keep_what_was_dropped_in(own: Served) -> None:
    own.upload(("甲.txt", "工作总结\n一、情况\n2024年，举办培训班4期。\n".encode()))
    settled(own)
    extract(own.archive.parent / "reports", "--out", own.archive, "--fresh")
    assert own.get("/report", file="received/甲.txt").status == 200
    extract(own.archive / "uploads", "--out", own.archive)
    assert own.get("/report", file="received/甲.txt").status == 200
    assert own.get("/report", file=FIRST).status == 200


def test_the_same_name_twice_is_two_files_unless_it_is_one(own: Served) -> None:
    first, second = (f"工作总结\n一、情况\n举办培训班{n}期。\n".encode() for n in (4, 5))
    for data in (first, second, first):
        own.upload(("甲.txt", data))
        settled(own)
    kept = sorted(file.name for file in (own.archive / "uploads" / "received").iterdir())
    assert kept == ["甲 (2).txt", "甲.txt"]
    assert not [file for file in own.archive.iterdir() if file.name.startswith(".")]


def test_an_archive_can_begin_with_a_dropped_file(tmp_path: Path) -> None:
    with serving(tmp_path / "new") as one:
        assert "还没有文件" in one.get("/").text
        for path in ("/search?words=a", "/ledger", "/compare", "/charts"):
            assert one.ask(path).status == 200
        one.upload(("甲.txt", "工作总结\n一、情况\n举办培训班4期。\n".encode()))
        settled(one)
        assert len(one.get("/").page.css("table.list tbody tr")) == 1


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    result = CliRunner().invoke(app, ["serve", str(tmp_path)])
    assert result.exit_code == 1
    assert "no archive" in result.stderr


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报告.docx", "报告.docx"), ("../../etc/passwd", "passwd"), (r"C:\Users\甲\报告.doc", "报告.doc"), ("/etc/shadow", "shadow"),
        (".bashrc", "bashrc"), ("~$报告.docx", "报告.docx"), ("", "未命名"), ("..", "未命名"), ("a\0b.txt", "a_b.txt"),
        ("CON.txt", "_CON.txt"), ("a:b|c?.txt", "a_b_c_.txt"), ("甲\u202etxt.exe", "甲_txt.exe"), ("报告.txt. ", "报告.txt"),
    ],
)  # fmt: skip
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("长" * 500 + ".docx")
    assert name.endswith("长.docx")
    assert len(name.encode()) <= LONGEST_NAME


# ---- whom it refuses


def test_it_listens_on_the_loopback_address_alone(served: Served) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in {*others, "127.0.0.2"}:
        with socket.socket() as one:
            one.settimeout(2)
            assert one.connect_ex((address, served.port)) != 0
    assert CliRunner().invoke(app, ["serve", str(served.archive), "--host", "0.0.0.0"]).exit_code == 2


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:{port}", "", None]
)
def test_another_host_is_refused(served: Served, host: str | None) -> None:
    named = host.format(port=served.port) if host is not None else None
    answer = served.ask("/", {"Host": named})
    assert answer.status in (400, 421)
    assert FIRST not in answer.text


@pytest.mark.parametrize(
    "cookie",
    [None, "extractor_{port}=", "extractor_{port}=wrong", "extractor_{port}=é", "other={token}", "extractor_1={token}"],
)
@pytest.mark.parametrize(
    "path", ["/", f"/report?file={FIRST}", "/ledger/export?format=csv", "/uploads", "/?token=wrong"]
)
def test_without_the_token_there_is_nothing(served: Served, cookie: str | None, path: str) -> None:
    value = cookie.format(port=served.port, token=served.token) if cookie is not None else None
    answer = served.ask(path, {"Cookie": value})
    assert answer.status == 403
    assert BODY not in answer.text


def test_the_token_becomes_a_cookie_and_leaves_the_address(served: Served) -> None:
    answer = served.ask(f"/search?token={served.token}&words=%E6%95%B4%E6%94%B9", {"Cookie": None})
    assert (answer.status, answer.headers["location"]) == (303, "/search?words=%E6%95%B4%E6%94%B9")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    away = served.ask(f"//evil.example/?token={served.token}", {"Cookie": None})
    assert away.headers["location"].startswith("/evil")


FORGED = [
    {"Origin": "https://evil.example"}, {"Origin": "https://evil.example", "Sec-Fetch-Site": None},
    {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": None}, {"Origin": None, "Sec-Fetch-Site": None}, {"Sec-Fetch-Site": "none"},
    {"Cookie": None}, {"Host": "evil.example"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FORGED)
def test_what_our_page_did_not_send_changes_nothing(served: Served, headers: dict[str, str | None]) -> None:
    name = served.fingerprint(FIRST, "20个")
    assert served.post("/verdict", headers, file=FIRST, right=name).status in (403, 421)
    assert served.upload(("甲.txt", b"x"), headers=headers).status in (403, 421)
    assert served.verdicts(FIRST) == ""
    assert not (served.archive / "uploads").exists()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_a_post_changes_anything(served: Served, method: str) -> None:
    name = served.fingerprint(FIRST, "20个")
    assert served.ask(f"/verdict?file={FIRST}&right={name}", method=method).status == 405
    assert served.ask("/upload", method=method).status == 405
    assert served.verdicts(FIRST) == ""


PATHS = [
    "../secret", "../secret.json", "/etc/passwd", "%2e%2e%2fsecret", "..%2fsecret", "....//secret", "a\0b", f"{FIRST}\0", f"./{FIRST}",
    f"x/../{FIRST}", f"{FIRST}/", "manifest.jsonl", "", ".", "C:\\secret", "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("file", PATHS)
def test_no_path_is_opened_that_the_manifest_does_not_name(served: Served, file: str) -> None:
    for answer in (
        served.get("/report", file=file), served.get("/place", file=file), served.get("/judge", file=file, fingerprint="0" * 16),
        served.get("/ledger/export", file=file, format="xlsx"), served.post("/verdict", file=file, right="0" * 16),
    ):  # fmt: skip
        assert answer.status == 404
    assert not list(served.archive.parent.glob("*.review.json"))


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.json",
        "/%2e%2e/secret.json",
        "/manifest.jsonl",
        "/static/",
        "/report/",
        "/web/web.css",
        f"/{FIRST}.json",
    ],
)
def test_there_are_no_files_to_ask_for(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status == 404
    assert "没有这一页" in answer.text


def test_a_link_out_of_the_archive_is_not_followed(own: Served) -> None:
    outside = own.archive.parent / "outside.json"
    shutil.copy(own.archive / f"{FIRST}.json", outside)
    (own.archive / f"{FIRST}.json").unlink()
    (own.archive / f"{FIRST}.json").symlink_to(outside)
    assert own.get("/report", file=FIRST).status == 404
    (own.archive / "uploads").symlink_to(own.archive.parent)
    own.upload(("甲.txt", b"x"))
    assert not (own.archive.parent / "received").exists()
    (own.archive / "uploads").unlink()
    own.upload(("甲.txt", "工作总结\n一、情况\n举办培训班4期。\n".encode()))
    assert "完整" in settled(own).text


def test_a_review_that_is_a_link_is_not_written_through(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    target = own.archive.parent / "target.json"
    (own.archive / f"{FIRST}.review.json").symlink_to(target)
    assert own.post("/verdict", file=FIRST, right=name).status == 404
    assert not target.exists()


HOSTILE = ["/", "/search?words={}", "/?words={}&year={}&kind={}&status={}&page={}", "/ledger?words={}&body={}&state={}&page={}",
           "/charts?body={}&year={}", "/compare?body={}", "/report?file={}", "/judge?file={}&fingerprint={}", "/{}", "/place?file={}"]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_what_is_asked_is_printed_as_text(served: Served, path: str) -> None:
    harmless(served.ask(path.replace("{}", quote(EVIL, safe=""))))


def test_hostile_reports_names_and_reasons_are_printed_as_text(own: Served) -> None:
    own.upload((EVIL_FILE.replace('"', "%22"), EVIL_TEXT.encode()))
    settled(own)
    label = next(file for file in own.archive.glob("received/*.txt.json")).relative_to(own.archive).as_posix()[:-5]
    name = own.fingerprint(label, "3万元")
    own.post(
        "/verdict",
        file=label,
        fingerprint=name,
        verdict="edited",
        reason=EVIL,
        by=EVIL[:90],
        **{"to-noun": EVIL, "to-unit": EVIL},
    )
    assert EVIL in json.loads(own.verdicts(label))["verdicts"][0]["reason"]
    for path in (f"/report?file={quote(label)}", f"/judge?file={quote(label)}&fingerprint={name}", "/", "/uploads",
                 f"/search?words={quote('资金')}", "/ledger", f"/judge?file={quote(label)}&fingerprint={name}&part=1"):  # fmt: skip
        answer = own.ask(path)
        assert answer.status == 200
        harmless(answer)


def harmless(answer: Answer) -> None:
    page = answer.page
    assert len(page.css("script")) <= 1
    assert not page.css("img, iframe, object, embed, base, link[href]:not([rel=icon])")
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert not (value or "").lower().startswith("javascript:")
    for link in page.css("a[href], form[action]"):
        to = link.attributes.get("href") or link.attributes.get("action") or ""
        assert to.startswith(("#", "/")), to
        assert not to.startswith("//")


def test_bodies_are_bounded(served: Served) -> None:
    assert served.ask("/upload", {"Content-Length": str(600 << 20)}, "POST").status == 413
    many = "&".join(f"f{i}=1" for i in range(100)).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert served.ask("/verdict", form, "POST", many).status == 400
    files = [(f"{i}.txt", b"x") for i in range(201)]
    assert served.upload(*files).status == 400
    assert (
        served.post(
            "/verdict", file=FIRST, fingerprint=served.fingerprint(FIRST, "20个"), verdict="wrong", reason="长" * 3000
        ).status
        == 400
    )
    assert not (served.archive / "uploads").exists()


def test_a_body_of_untold_length_is_bounded_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "method": "POST", "path": "/verdict", "raw_path": b"/verdict", "query_string": b"", "scheme": "http",
        "headers": [
            (b"host", b"127.0.0.1:1"), (b"cookie", b"extractor_1=token"), (b"origin", b"http://127.0.0.1:1"),
            (b"transfer-encoding", b"chunked"), (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"a=" + b"x" * 400, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(application(Desk(tmp_path, Settings()), "token", 1)(scope, receive, send))
    assert sent[0]["status"] == 413


def test_errors_are_pages(served: Served) -> None:
    for path in ("/nothing", "/report", "/compare?body=x", "/judge?file=x"):
        answer = served.ask(path)
        assert answer.status == 404
        assert answer.page.css_first("h1")
        assert "Traceback" not in answer.text
