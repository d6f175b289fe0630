"""Attacks on the local application, each listed and refused.

HOSTS and COOKIES: another name for this host (DNS rebinding), no token or a wrong one. FORGED: what other pages send
(CSRF). PATHS, FILES and NAMES: ways out of the archive, by address, by link, by the name of a dropped file. EVIL: script
in what is asked, in file names, titles, texts, reasons, review files and rows of a comparison (XSS). QUERIES: words that
mean something to the index. BOMBS: files that grow; after them bodies that are large or never end.
"""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import socket
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from served import BODY, FIRST, SAMPLES, Answer, Served, extract, serving
from typer.testing import CliRunner

from extractor.archive import Settings
from extractor.cli import app
from extractor.web import Desk, application, guard
from extractor.web.receiving import LONGEST_NAME, safe_name

pytest.importorskip("uvicorn")
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SLY = "\"'><<b>script>alert(1)<</b>/script><svg/onload=alert(1)//"  # cleaning, which takes tags for noise, leaves some
OTHER = "临溪县水务局"
EVIL_FILE = "<img src=x onerror=alert(1)>.txt"
EVIL_TEXT = f"关于{EVIL}的报告{SLY}\n一、情况{EVIL}{SLY}\n2023年6月30日，投入{EVIL}资金3万元{SLY}。\n"


def test_it_listens_on_the_loopback_address_alone(served: Served) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in {*others, "127.0.0.2"}:
        with socket.socket() as one:
            one.settimeout(2)
            assert one.connect_ex((address, served.port)) != 0
    assert CliRunner().invoke(app, ["serve", str(served.archive), "--host", "0.0.0.0"]).exit_code == 2


HOSTS = ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:{port}", "", None]


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused(served: Served, host: str | None) -> None:
    named = host.format(port=served.port) if host is not None else None
    answer = served.ask("/", {"Host": named})
    assert answer.status in (400, 421)
    assert FIRST not in answer.text


COOKIES = [
    None, "extractor_{port}=", "extractor_{port}=wrong", "extractor_{port}=é", "other={token}", "extractor_1={token}",
]  # fmt: skip


@pytest.mark.parametrize("cookie", COOKIES)
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
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert served.token not in served.get("/").text


@pytest.mark.parametrize("path", ["//evil.example/", "/%5Cevil.example/", "/%09/evil.example/", "/%0d%0aX-Evil:1"])
def test_the_token_leads_nowhere_else(served: Served, path: str) -> None:
    answer = served.ask(f"{path}?token={served.token}&x=%0d%0aX-Evil:1", {"Cookie": None})
    assert urlsplit(urljoin(served.base, answer.headers["location"])).netloc == f"127.0.0.1:{served.port}"
    assert "x-evil" not in answer.headers


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


FILES = [
    "/../secret.json", "/%2e%2e/secret.json", "/manifest.jsonl", "/static/", "/report/", "/web/web.css", f"/{FIRST}.json",
]  # fmt: skip


@pytest.mark.parametrize("path", FILES)
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
    assert "完整" in own.settled().text


def test_a_review_that_is_a_link_is_not_written_through(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    target = own.archive.parent / "target.json"
    (own.archive / f"{FIRST}.review.json").symlink_to(target)
    assert own.post("/verdict", file=FIRST, right=name).status == 404
    assert not target.exists()


NAMES = [
    ("报告.docx", "报告.docx"), ("../../etc/passwd", "passwd"), (r"C:\Users\甲\报告.doc", "报告.doc"), ("/etc/shadow", "shadow"),
    (".bashrc", "bashrc"), ("~$报告.docx", "报告.docx"), ("", "未命名"), ("..", "未命名"), ("a\0b.txt", "a_b.txt"),
    ("CON.txt", "_CON.txt"), ("a:b|c?.txt", "a_b_c_.txt"), ("甲\u202etxt.exe", "甲_txt.exe"), ("报告.txt. ", "报告.txt"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("长" * 500 + ".docx")
    assert name.endswith("长.docx")
    assert len(name.encode()) <= LONGEST_NAME


def test_a_result_never_stands_where_verdicts_do(own: Served) -> None:
    report = "工作总结\n一、情况\n举办培训班4期。\n".encode()
    own.upload(("甲.txt", report), ("甲.txt.review", report))
    rows = [row.text() for row in own.settled().page.css("tbody tr")]
    assert ["文件名不合规" in row for row in rows] == [False, True]
    assert own.verdicts("received/甲.txt") == ""


def test_a_draft_that_is_a_link_is_not_written_through(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    target = own.archive.parent / "target.json"
    (own.archive / f".{FIRST}.review.json.part").symlink_to(target)
    own.post("/verdict", file=FIRST, right=name)
    assert not target.exists()
    assert name in own.verdicts(FIRST)


def test_a_name_says_nothing_in_a_header(own: Served) -> None:
    source = own.archive.parent / "reports"
    label = 'a\r\nX-Evil: 1"; filename=b.txt'
    (source / FIRST).rename(source / label)
    extract(source, "--out", own.archive)
    answer = own.get("/ledger/export", file=label, format="xlsx")
    assert answer.status == 200
    assert "x-evil" not in answer.headers
    assert answer.headers["content-disposition"].count("filename") == 2
    assert "%0D%0A" in answer.headers["content-disposition"]


def test_verdicts_of_two_windows_are_all_kept(own: Served) -> None:
    cards = own.get("/report", file=FIRST).page.css("[data-fingerprint]")[:24]
    names = {card.attributes["data-fingerprint"] for card in cards}
    with ThreadPoolExecutor(8) as windows:
        assert {a.status for a in windows.map(lambda name: own.post("/verdict", file=FIRST, right=name), names)} == {
            303
        }
    assert {one["fingerprint"] for one in json.loads(own.verdicts(FIRST))["verdicts"]} == names


HOSTILE = ["/", "/search?words={}", "/?words={}&year={}&kind={}&status={}&page={}", "/ledger?words={}&body={}&state={}&page={}",
           "/charts?body={}&year={}", "/compare?body={}", "/report?file={}", "/judge?file={}&fingerprint={}", "/{}", "/place?file={}"]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_what_is_asked_is_printed_as_text(served: Served, path: str) -> None:
    harmless(served.ask(path.replace("{}", quote(EVIL, safe=""))))


def test_hostile_reports_names_and_reasons_are_printed_as_text(own: Served) -> None:
    own.upload((EVIL_FILE.replace('"', "%22"), EVIL_TEXT.encode()))
    own.settled()
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


def test_hostile_rows_of_a_comparison_are_printed_as_text(own: Served) -> None:
    text = (SAMPLES / FIRST).read_text("utf-8").replace(BODY, OTHER).replace("物资", f"物资{SLY}")
    later = text.replace("2023", "2024").replace("2022", "2023").replace("2021", "2022")
    own.upload((f"{OTHER}2022.txt", text.encode()), (f"{OTHER}2023.txt", later.encode()))
    own.settled()
    page = own.get("/compare", body=OTHER)
    assert page.status == 200
    assert "&lt;svg/onload" in page.page.css_first("[data-kind=problem][data-fingerprint]").html  # type: ignore[union-attr,operator]
    harmless(page)
    harmless(own.get("/charts", body=OTHER))
    name = page.page.css_first("[data-judge]").attributes["data-judge"]  # type: ignore[union-attr]
    own.post("/verdict", body=OTHER, fingerprint=name, verdict="wrong", reason=EVIL, by=EVIL[:90])
    again = own.get("/compare", body=OTHER)
    assert "&lt;img src=x" in again.page.css_first(f"#is-{name}").html  # type: ignore[union-attr,operator]
    harmless(again)


def test_a_hostile_review_file_is_printed_as_text(own: Served) -> None:
    name = own.fingerprint(FIRST, "20个")
    said = {"kind": "quantities", "rule": EVIL, "text": EVIL, "quote": EVIL, "judged": {"value": EVIL}, "about": EVIL,
            "by": EVIL[:90], "at": EVIL[:40], "reason": EVIL}  # fmt: skip
    verdicts = [said | {"fingerprint": one, "verdict": "edited", "edits": {"unit": EVIL}} for one in (name, "0" * 16)]
    (own.archive / f"{FIRST}.review.json").write_text(json.dumps({"verdicts": verdicts}), "utf-8")
    for path in (f"/report?file={FIRST}", f"/judge?file={FIRST}&fingerprint={name}", "/", "/ledger"):
        answer = own.ask(path)
        assert answer.status == 200
        harmless(answer)
    verdicts[0]["fingerprint"] = '"><script>alert(1)</script>'
    (own.archive / f"{FIRST}.review.json").write_text(json.dumps({"verdicts": verdicts}), "utf-8")
    refused = own.get("/report", file=FIRST)
    assert refused.status == 409
    harmless(refused)


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


QUERIES = [
    '"',
    "*",
    'a" OR "',
    "NEAR(",
    "整*",
    "^",
    "(",
    "AND",
    "\0",
    "-",
    "'",
    "; DROP TABLE",
    "(a+)+$",
    "«",
    "整 " * 3000,
]


@pytest.mark.parametrize("words", QUERIES)
def test_words_are_only_words(served: Served, words: str) -> None:
    for path in ("/search", "/", "/ledger"):
        assert served.get(path, words=words).status == 200


def zipped(write: Callable[[zipfile.ZipFile], object]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        write(book)
    return buffer.getvalue()


BOMBS: dict[str, Callable[[zipfile.ZipFile], object]] = {
    "大.zip": lambda book: book.writestr("a.txt", bytes(64 << 20)),
    "多.zip": lambda book: [book.writestr(f"{i}.txt", b"x") for i in range(5001)],
    "套.zip": lambda book: book.writestr("b.zip", zipped(lambda inner: inner.writestr("a.txt", b"x"))),
    "外.zip": lambda book: book.writestr("../../evil.txt", b"x"),
    "绝.zip": lambda book: book.writestr("/evil.txt", b"x"),
    "大.docx": lambda book: book.writestr("word/document.xml", bytes(300 << 20)),
}


def test_files_that_grow_or_leave_are_named_and_not_read(own: Served) -> None:
    own.upload(*((name, zipped(write)) for name, write in BOMBS.items()))
    rows = [row.text() for row in own.settled().page.css("tbody tr")]
    assert len(rows) == len(BOMBS)
    assert all("未读出" in row for row in rows)
    assert not list(own.archive.parent.rglob("evil*"))
    assert own.get("/").status == 200


def test_bodies_are_bounded(served: Served) -> None:
    assert served.ask("/upload", {"Content-Length": str(600 << 20)}, "POST").status == 413
    many = "&".join(f"f{i}=1" for i in range(100)).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert served.ask("/verdict", form, "POST", many).status == 400
    files = [(f"{i}.txt", b"x") for i in range(201)]
    many_files = served.upload(*files)
    assert many_files.status == 400
    assert "200 份" in many_files.text
    assert (
        served.post(
            "/verdict", file=FIRST, fingerprint=served.fingerprint(FIRST, "20个"), verdict="wrong", reason="长" * 3000
        ).status
        == 400
    )
    assert not (served.archive / "uploads").exists()


def answered(archive: Path, receive: Callable[[], Any]) -> int:
    """The status of a request of our own page whose body comes from `receive`."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "method": "POST", "path": "/verdict", "raw_path": b"/verdict", "query_string": b"", "scheme": "http",
        "headers": [
            (b"host", b"127.0.0.1:1"), (b"cookie", b"extractor_1=token"), (b"origin", b"http://127.0.0.1:1"),
            (b"transfer-encoding", b"chunked"), (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }  # fmt: skip

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(application(Desk(archive, Settings()), "token", 1)(scope, receive, send))
    return int(sent[0]["status"])


def test_a_body_of_untold_length_is_bounded_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"a=" + b"x" * 400, "more_body": True}

    assert answered(tmp_path, receive) == 413


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guard, "STALLED", 0.01)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    assert answered(tmp_path, receive) == 408


def test_an_unfinished_request_does_not_keep_it_from_ending(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path / "archive") as one:
        open_one = socket.create_connection(("127.0.0.1", one.port))
        head = "".join(f"{name}: {value}\r\n" for name, value in one.own.items())
        form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
        open_one.sendall(f"POST /verdict HTTP/1.1\r\n{head}{form}\r\na=".encode())
        assert one.get("/").status == 200
    open_one.close()


def test_errors_are_pages(served: Served) -> None:
    for path in ("/nothing", "/report", "/compare?body=x", "/judge?file=x"):
        answer = served.ask(path)
        assert answer.status == 404
        assert answer.page.css_first("h1")
        assert "Traceback" not in answer.text
