"""`extractor serve` in a process of its own, and a plain client that sends what it is told to send."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from extractor.cli import app

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
REPORTS = (
    "rectification-lanxi-water-2021.txt", "rectification-lanxi-water-2022.txt", "rectification-lanxi-water-2023.docx",
    "feedback-lanxi-water-2022.txt",
)  # fmt: skip
FIRST = REPORTS[1]
BODY = "岚溪县水务局"


def extract(*arguments: object) -> None:
    result = CliRunner().invoke(app, ["extract", *map(str, arguments)])
    assert result.exit_code == 0, result.output


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.text)


class Served(NamedTuple):
    archive: Path
    address: str

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def port(self) -> int:
        port = urlsplit(self.base).port
        assert port
        return port

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]

    @property
    def own(self) -> dict[str, str]:
        """What a browser sends with a form of our own page."""
        return {
            "Host": f"127.0.0.1:{self.port}", "Cookie": f"extractor_{self.port}={self.token}", "Origin": "null",
            "Sec-Fetch-Site": "same-origin",
        }  # fmt: skip

    def ask(self, path: str, headers: Mapping[str, str | None] = {}, method: str = "GET", body: bytes = b"") -> Answer:
        """`headers` over `own`; None leaves one out."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in (self.own | {"Content-Length": str(len(body))} | dict(headers)).items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def get(self, path: str, **query: object) -> Answer:
        """A page that says how far it is asks again by itself."""
        while (answer := self.ask(f"{path}?{urlencode(query)}" if query else path)).status == 202:
            time.sleep(0.1)
        return answer

    def post(self, path: str, headers: Mapping[str, str | None] = {}, **fields: object) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, form | dict(headers), "POST", urlencode(fields).encode())

    def upload(self, *files: tuple[str, bytes], headers: Mapping[str, str | None] = {}) -> Answer:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"
            for name, data in files
        ]
        body = b"".join(parts) + b"--x--\r\n"
        return self.ask("/upload", {"Content-Type": "multipart/form-data; boundary=x"} | dict(headers), "POST", body)

    def fingerprint(self, label: str, text: str) -> str:
        """Of the first record of a report whose card has these words."""
        for card in self.get("/report", file=label).page.css(".record[data-fingerprint]"):
            if text in card.text():
                return card.attributes["data-fingerprint"] or ""
        raise AssertionError(f"no record of {label} says {text}")

    def settled(self) -> Answer:
        """The page of the files that were dropped in, when all are read."""
        for _ in range(600):
            answer = self.get("/uploads")
            if "正在读" not in answer.text:
                return answer
            time.sleep(0.1)
        raise AssertionError("the files were not read in a minute")

    def verdicts(self, label: str) -> str:
        file = self.archive / f"{label}.review.json"
        return file.read_text("utf-8") if file.is_file() else ""


@contextmanager
def serving(archive: Path) -> Iterator[Served]:
    command = [sys.executable, "-m", "extractor", "serve", str(archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{30,}", address), address
        try:
            yield Served(archive, address)
        finally:
            process.terminate()
            process.wait(30)
