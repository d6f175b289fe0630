"""A user's list of files: CSV with the columns file, series and year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.comparison.series import Listed
from extractor.errors import ReadError
from extractor.readers.encoding import decode
from extractor.readers.raw import Raw

COLUMNS = {"file": ("file", "文件"), "series": ("series", "系列"), "year": ("year", "年度", "年份")}


def read(path: Path, files: Sequence[str]) -> tuple[Listed, ...]:
    """The lines of a list of some of `files`. Raises ReadError with the number of the line that is wrong."""
    try:
        text = decode(Raw(path.name, path.read_bytes())).text
    except OSError as error:
        raise ReadError(str(path), "missing", f"the list cannot be read: {error.strerror}") from None
    found: dict[str, tuple[int, Listed]] = {}
    for number, row in _rows(path, text):
        file = _file(path, number, row["file"], files)
        if file in found:
            raise _wrong(path, number, f"{file} stands in line {found[file][0]} already; keep one of the two")
        if not row["series"]:
            raise _wrong(path, number, "the series is empty; write body/kind, as 临溪县财政局/部门决算")
        if not (row["year"].isascii() and row["year"].isdigit() and len(row["year"]) == 4):
            raise _wrong(path, number, f"{row['year']!r} is no year; write four digits, as 2024")
        found[file] = (number, Listed(file, row["series"], int(row["year"])))
    return tuple(line for _, line in found.values())


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    head = [name.strip().lower() for name in next(reader, [])]
    places = {
        column: next((head.index(name) for name in names if name in head), -1) for column, names in COLUMNS.items()
    }
    missing = [column for column, place in places.items() if place < 0]
    if missing:
        raise _wrong(path, 1, f"no column {', '.join(missing)}; the first line must be file,series,year")
    for row in reader:
        if any(cell.strip() for cell in row):
            cells = [*map(str.strip, row), *[""] * len(head)]
            yield reader.line_num, {column: cells[place] for column, place in places.items()}


def _file(path: Path, number: int, name: str, files: Sequence[str]) -> str:
    """The file that is called so: by its whole path, or by as much of its end as no other file has."""
    if name in files:
        return name
    wanted = f"/{name.replace(chr(92), '/')}"
    fits = [file for file in files if name and f"/{file}".replace("\\", "/").endswith(wanted)]
    if len(fits) > 1:
        raise _wrong(path, number, f"{name} may be {' or '.join(fits)}; write more of its path")
    if not fits:
        raise _wrong(path, number, f"no file that is compared is called {name!r}")
    return fits[0]


def _wrong(path: Path, number: int, words: str) -> ReadError:
    return ReadError(str(path), "list", f"line {number}: {words}")
