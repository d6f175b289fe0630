"""The archive's gaps: body × year × kind."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.comparison.library import Library
from extractor.comparison.records import Gap
from extractor.comparison.series import Found, Unread
from extractor.rules import Rules


def find(library: Library, found: Found, unread: Sequence[Unread], rules: Rules) -> tuple[Gap, ...]:
    return ()
