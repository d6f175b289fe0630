"""Files that are dropped in: named, bounded, put beside the archive's results, and read as `extract` reads them.

They are kept in `ARCHIVE/uploads/received/`, and their results are those of a run over the folder `ARCHIVE/uploads`:
`received/NAME.json` and a row each in the manifest. A run over other folders leaves them alone, and
`extractor extract ARCHIVE/uploads --out ARCHIVE` does the same again.
"""

from __future__ import annotations

import os
from threading import Lock, Thread
from unicodedata import normalize

import regex
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractor import archive
from extractor.errors import ExtractorError
from extractor.web.desk import Desk, Intake
from extractor.web.pages import Refused, page
from extractor.web.words import CODE, READ
from extractor.writers.files import write_whole

HOME, FOLDER = "uploads", "received"
MOST_FILES, LARGEST = 200, 100 << 20  # at a time; bytes of one file
LONGEST_NAME = 120  # bytes, so that `.review.json` and the like fit behind it
_UNWANTED = regex.compile(r'[\p{C}<>:"|?*]')
_RESERVED = regex.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # names of devices on Windows
_one_at_a_time = Lock()


def safe_name(given: str) -> str:
    """The last part of what a browser sends as a name, as every file system takes it; never empty, hidden or a path."""
    name = normalize("NFC", regex.split(r"[/\\]", given)[-1])
    name = _UNWANTED.sub("_", name).strip().lstrip(".~$ ").rstrip(". ") or "未命名"
    name = f"_{name}" if _RESERVED.match(name) else name
    stem, suffix = os.path.splitext(name)
    suffix = suffix if len(suffix.encode()) <= 20 else ""
    room = LONGEST_NAME - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + suffix


async def receive(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    try:
        async with request.form(max_files=MOST_FILES, max_fields=10) as form:
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
            await run_in_threadpool(_accept, desk, files)
    except HTTPException as error:
        if isinstance(error, Refused):
            raise
        raise Refused(error.status_code, f"送来的不完整，或超过 {MOST_FILES} 份；请分几次放入。") from None
    return RedirectResponse("/uploads", 303)


def _accept(desk: Desk, files: list[UploadFile]) -> None:
    """Keep the files and begin to read them. Raises Refused while others are being read."""
    if not files:
        raise Refused(400, "没有选文件。")
    with _one_at_a_time:
        if desk.intake.running:
            raise Refused(409, "上一批还在读，请等它读完。")
        intake = desk.intake = Intake(running=True)
    try:
        for one in files:
            _keep(desk, intake, one)
    except BaseException:
        intake.running = False
        raise
    if intake.labels:
        Thread(target=_read, args=(desk, intake), daemon=True).start()
    else:
        intake.running = False


def _keep(desk: Desk, intake: Intake, file: UploadFile) -> None:
    name = safe_name(file.filename or "")
    if not file.size:
        intake.refused.append((name, "是空文件"))
    elif file.size > LARGEST:
        intake.refused.append((name, f"超过 {LARGEST >> 20} MB"))
    else:
        try:
            intake.labels.append(f"{FOLDER}/{_put(desk, name, file.file.read())}")
        except OSError as error:
            intake.refused.append((name, f"存不下：{error.strerror}"))
        except Refused as error:
            intake.refused.append((name, f"存不下：{error.detail}"))


def _put(desk: Desk, name: str, content: bytes) -> str:
    """The name that it has among the files kept: its own, or `NAME (2)` where that is another file's."""
    folder = desk.within(desk.archive / HOME / FOLDER)
    stem, suffix = os.path.splitext(name)
    for number in range(1, 10_000):
        own = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        if not os.path.lexists(own):
            write_whole(own, content)
            return own.name
        if own.is_file() and not own.is_symlink() and own.read_bytes() == content:
            return own.name
    raise OSError(0, "同名文件太多")


def _read(desk: Desk, intake: Intake) -> None:
    """In a thread: each file in a child with limits of time and memory."""
    try:
        home = desk.archive / HOME
        with archive.prepared([home], desk.archive, desk.settings, archive.Limits(), archive.default_jobs()) as run:
            intake.rows.update(run.rows)
            for row in run:
                intake.rows[row.path] = row
    except ExtractorError as error:
        intake.problem = str(error)
    except Exception as error:
        intake.problem = f"程序出错（{type(error).__name__}：{error}）"
    finally:
        intake.running = False


def progress(request: Request) -> Response:
    """What was taken in, file by file; as long as it is read, the page asks again by itself."""
    desk: Desk = request.app.state.desk
    now = desk.intake
    rows = [(label, [row for name, row in sorted(now.rows.items()) if _of(name, label)]) for label in now.labels]
    return page(
        "web/uploads.html", scripts=(), here="/", intake=now, rows=rows, statuses=READ, codes=CODE,
        done=sum(bool(found) for _, found in rows) + len(now.refused), total=len(rows) + len(now.refused),
    )  # fmt: skip


def _of(name: str, label: str) -> bool:
    """The file itself, or a member of the .zip."""
    return name == label or name.startswith(f"{label}/")
