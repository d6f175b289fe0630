"""The texts that all samples are made from: one paragraph a line, markers typed, table rows with `|`."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
MARKERS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d+\.", r"（\d+）")  # levels 1 to 4
WRITTEN = datetime.datetime(2023, 11, 10, 9, 0, 0)  # the date that every generated file says it was saved
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def paragraphs(name: str) -> list[str]:
    """The paragraphs of a master."""
    return (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()


def level(paragraph: str) -> tuple[int, str]:
    """The level that a paragraph's marker has (0: none) and the paragraph without its marker."""
    for i, marker in enumerate(MARKERS, 1):
        if match := re.match(marker, paragraph):
            return i, paragraph[match.end() :]
    return 0, paragraph


def lead(words: str) -> tuple[str, str]:
    """The words of a numbered paragraph cut into its title and the body that follows on the same line."""
    match = re.match(r"“.+?”问题(?:整改情况：)?|[^。]+。(?=.)", words)
    return (words[: match.end()], words[match.end() :]) if match else (words, "")


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members in their order, with one fixed date, so that a second run gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return stream.getvalue()
