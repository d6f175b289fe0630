"""Conversion by LibreOffice, where it is installed: for formats that no reader of ours reads.

It counts dates that fields fill in anew, as of the day of the conversion, and the text says so in a warning.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import regex

from extractor.readers import docx
from extractor.readers.raw import Raw
from extractor.source import Source, Warn

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_DATE_FIELD = regex.compile(rb"<w:instrText[^>]*+>\s*+(?:DATE|TIME)\b|w:instr=\"\s*+(?:DATE|TIME)\b")
# no macros, no links to other files or the web
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def read(raw: Raw, what: str, suffix: str) -> Source:
    """The file as LibreOffice hands it on as .docx. Raises ReadError, also where there is no LibreOffice."""
    office = program()
    if office is None:
        raise raw.error("unsupported", f"the file is {what}; install LibreOffice to read it, or save it as .docx")
    data = convert(raw, office, suffix)
    source = docx.read(Raw(raw.name, data))
    warnings = source.warnings
    if _DATE_FIELD.search(_document(data)):
        warned = "dates that fields fill in (DATE, TIME) show the day of the conversion, not of the document"
        warnings += (Warn("converted", f"the file is {what} and was read through LibreOffice; {warned}"),)
    return replace(source, format=suffix, sha256=raw.sha256, size=len(raw.data), warnings=warnings)


def convert(raw: Raw, office: str, suffix: str) -> bytes:
    """A .docx of the file. Raises ReadError.

    Each call has a profile of its own: of two calls that share one, one writes nothing and reports no error.
    """
    with tempfile.TemporaryDirectory(prefix="extractor-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        (folder / f"in.{suffix}").write_bytes(raw.data)
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / f"in.{suffix}"),
        ]  # fmt: skip
        _run(raw, command)
        made = folder / "out" / "in.docx"
        if not made.is_file() or not made.stat().st_size:
            raise raw.error("damaged", "LibreOffice could not read the file; save it as .docx and try again")
        return made.read_bytes()


def _run(raw: Raw, command: list[str]) -> None:
    """Its launcher starts the program as a child: after the time limit the whole group is ended."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            _end(process)
            raise raw.error("damaged", f"LibreOffice did not convert the file within {_SECONDS} s") from None
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _document(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")
