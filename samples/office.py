"""Conversions by LibreOffice, and a scan of what it prints."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from masters import WRITTEN

_FILTERS = {"pdf": "pdf", "doc": "doc:MS Word 97"}
_DPI, _QUALITY = 120, 22  # of a scan: a cheap device of an office
_LEAN = (0.6, -0.4, 0.9, -0.8, 0.3)  # degrees by which the pages lie askew
_PAPER, _INK, _GRAIN = 232, 40, 9.0


def installed() -> bool:
    return shutil.which("soffice") is not None


def converted(docx: bytes, suffix: str) -> bytes:
    """The .pdf or .doc that LibreOffice makes; its version decides about the bytes."""
    return converted_all([docx], suffix)[0]


def converted_all(files: Sequence[bytes], suffix: str) -> list[bytes]:
    """As `converted`, with one start of LibreOffice for all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{i}.docx" for i in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
        subprocess.run(
            [*command, _FILTERS[suffix], "--outdir", name, *map(str, paths)], check=True, capture_output=True
        )
        made = [path.with_suffix(f".{suffix}").read_bytes() for path in paths]
    return [_undated(data) if suffix == "pdf" else data for data in made]


def _undated(pdf: bytes) -> bytes:
    """A PDF with a fixed date and identity, in as many bytes."""
    date = WRITTEN.strftime("D:%Y%m%d%H%M%S").encode()
    pdf = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(" + date, pdf)
    return re.sub(rb"(?<=[</])([0-9A-F]{32})(?=[>\n/])", b"0" * 32, pdf)


def scanned(pdf: bytes) -> bytes:
    """A PDF of pictures of the pages: grey, askew, with grain. One version of Pillow gives one file."""
    pages = list(_pictures(pdf))
    stream = io.BytesIO()
    pages[0].save(
        stream, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, quality=_QUALITY,
        creationDate=WRITTEN.timetuple(), modDate=WRITTEN.timetuple(),
    )  # fmt: skip
    return stream.getvalue()


def _pictures(pdf: bytes) -> Iterator[Any]:
    import pypdfium2
    from PIL import Image, ImageChops, ImageFilter

    grain = random.Random(20231110)
    for i, page in enumerate(pypdfium2.PdfDocument(pdf)):
        sheet = page.render(scale=_DPI / 72, grayscale=True).to_pil().convert("L")
        sheet = sheet.rotate(_LEAN[i % len(_LEAN)], Image.Resampling.BICUBIC, fillcolor=255)
        sheet = sheet.filter(ImageFilter.GaussianBlur(0.5)).point(lambda v: _INK + v * (_PAPER - _INK) // 255)
        noise = bytes(min(255, max(0, round(grain.gauss(128, _GRAIN)))) for _ in range(sheet.width * sheet.height))
        yield ImageChops.add(sheet, Image.frombytes("L", sheet.size, noise), offset=-128)
