"""Series: documents of one body and one kind, one a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.comparison import records
from extractor.comparison.library import Library
from extractor.records import Issue
from extractor.rules import Rules


class Listed(NamedTuple):
    """A line of a user's list: the file is of this series and year, whatever its title says."""

    file: str
    series: str
    year: int


class Unread(NamedTuple):
    """A file that gave no report: its path and why."""

    file: str
    code: str
    message: str


class Found(NamedTuple):
    series: tuple[records.Series, ...]
    issues: tuple[Issue, ...]


def find(library: Library, listed: Sequence[Listed], rules: Rules) -> Found:
    return Found((), ())
