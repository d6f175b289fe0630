"""The year and the series that a report is of."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.library import Library
from extractor.comparison.records import Series


class Years:
    """Those of a report's members of series, else the year of its first document and no series."""

    def __init__(self, library: Library, series: Sequence[Series]) -> None:
        self._members = {member.report: (one.id, member.year) for one in series for member in one.members}
        self._library = library

    def of(self, report: int) -> int:
        known = self._members.get(report)
        documents = self._library.reports[report].documents
        return known[1] if known else (documents[0].year or 0) if documents else 0

    def series(self, report: int) -> str:
        return self._members.get(report, ("", 0))[0]
